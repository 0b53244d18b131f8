import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import { SESSION_PLACES } from './kinds.js';

const detailsSchema = z.object({
  title: z.string(),
  description: z.string().optional(),
  /** What an `own` format is called. */
  format: z.string().optional(),
  /** Where, in words, for those who come together in person. */
  address: z.string().optional(),
  /** Shown on demand, and only to those who may have it. */
  link: z.string().optional(),
});

/** What facilitators write about a session, sealed as a whole. */
export type SessionDetails = z.infer<typeof detailsSchema>;

const changesSchema = detailsSchema.partial().extend({
  /** One of SESSION_PLACES, where it is elsewhere. */
  place: z.enum(SESSION_PLACES).optional(),
  /** What the facilitator wrote to those who come when it was called off. */
  apology: z.string().optional(),
});

/** What one occurrence says otherwise than its session. */
export type OccurrenceChanges = z.infer<typeof changesSchema>;

const sessionBinding = (id: string): SealedAt => `Session.details:${id}`;
const occurrenceBinding = (id: string): SealedAt => `Occurrence.changes:${id}`;

export const sealDetails = (cipher: Cipher, id: string, details: SessionDetails): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(details), sessionBinding(id));

export const openDetails = (cipher: Cipher, { id, details }: { id: string; details: Uint8Array }): SessionDetails =>
  detailsSchema.parse(JSON.parse(cipher.open(details, sessionBinding(id))));

export const sealChanges = (cipher: Cipher, id: string, changes: OccurrenceChanges): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(changes), occurrenceBinding(id));

/** What one occurrence says otherwise than its session; nothing where it says nothing. */
export const openChanges = (cipher: Cipher, { id, changes }: { id: string; changes: Uint8Array | null }): OccurrenceChanges =>
  changes ? changesSchema.parse(JSON.parse(cipher.open(changes, occurrenceBinding(id)))) : {};

/** What is said of one occurrence: the session's details with the occurrence's own in their place. */
export function detailsOf(
  cipher: Cipher,
  session: { id: string; details: Uint8Array },
  occurrence?: { id: string; changes: Uint8Array | null },
): SessionDetails & OccurrenceChanges {
  return { ...openDetails(cipher, session), ...(occurrence && openChanges(cipher, occurrence)) };
}
