import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { ResourceDetails } from '../resources/resource.js';
import { REACHED } from './kinds.js';

/** Characters of a note to oneself. */
export const MOST_NOTE = 500;

const time = z.iso.datetime();

/** All that is kept of what somebody saved, sealed as a whole. Times are instants. */
const schema = z.object({
  /** The service, by id. */
  resource: z.uuid(),
  /** As it was shown when it was saved, to tell what changed, and what it was when its list is gone. */
  as: z.object({
    name: z.string(),
    phones: z.array(z.string()).readonly(),
    address: z.optional(z.string()),
    area: z.optional(z.string()),
  }),
  savedAt: time,
  note: z.optional(z.string()),
  /** When they want to be reminded, or were. */
  remindAt: z.optional(time),
  /** When they were asked whether they reached it; absent: not yet. */
  askedAt: z.optional(time),
  /** They chose to be asked again, then. */
  againAt: z.optional(time),
  said: z.optional(z.enum(REACHED)),
  /** The mentor who sent it, by id. */
  from: z.optional(z.uuid()),
  /** Mentors for whose eyes it is, by id, while a consent holds. */
  shownTo: z.array(z.uuid()).default([]),
});
export type SavedDetails = z.infer<typeof schema>;

const binding = (id: string) => `SavedResource.details:${id}` as const;

export const sealSaved = (cipher: Cipher, id: string, details: SavedDetails): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(details), binding(id));
export const openSaved = (cipher: Cipher, { id, details }: { readonly id: string; readonly details: Uint8Array }): SavedDetails =>
  schema.parse(JSON.parse(cipher.open(details, binding(id))));

/** What of a service is compared later. */
export const asShown = ({ name, phones, address, area }: ResourceDetails): SavedDetails['as'] => ({
  name,
  phones,
  ...(address !== undefined && { address }),
  ...(area !== undefined && { area }),
});
