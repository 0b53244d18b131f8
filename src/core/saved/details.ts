import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import { IS_SHOWN } from '../privacy/declare.js';
import type { ResourceDetails } from '../resources/resource.js';
import { REACHED } from './kinds.js';

/** Characters of a note to oneself. */
export const MOST_NOTE = 500;

const time = z.iso.datetime();

/** All that is kept of what somebody saved, sealed as a whole. Times are instants. */
const schema = z.object({
  resource: z.uuid().describe('the service'),
  /** To tell what changed, and what it was when its list is gone. */
  as: z
    .object({
      name: z.string(),
      phones: z.array(z.string()).readonly(),
      address: z.optional(z.string()),
      area: z.optional(z.string()),
    })
    .describe('as it was shown when it was saved'),
  savedAt: time,
  note: z.optional(z.string()),
  remindAt: z.optional(time).describe('when they want to be reminded, or were'),
  askedAt: z.optional(time).describe('when they were asked whether they reached it; absent: not yet'),
  againAt: z.optional(time).describe('when they chose to be asked again'),
  said: z.optional(z.enum(REACHED)).describe('whether they reached it'),
  /** The mentor who sent it, by id. */
  from: z.optional(z.uuid()),
  /** Mentors for whose eyes it is, by id, while a consent holds. */
  shownTo: z.array(z.uuid()).default([]),
});
/** What an export tells of it. */
export const savedShown = schema.omit({ from: true, shownTo: true }).extend({
  isFromMentor: z.literal(true).optional().describe('a mentor sent it'),
  isShown: IS_SHOWN,
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
