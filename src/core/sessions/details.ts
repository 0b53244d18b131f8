import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';

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

const changesSchema = detailsSchema.partial();

/** What one occurrence says otherwise than its session. */
export type OccurrenceChanges = z.infer<typeof changesSchema>;

const sessionBinding = (id: string) => `Session.details:${id}`;
const occurrenceBinding = (id: string) => `Occurrence.changes:${id}`;

export const sealDetails = (cipher: Cipher, id: string, details: SessionDetails): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(details), sessionBinding(id));

export const openDetails = (cipher: Cipher, { id, details }: { id: string; details: Uint8Array }): SessionDetails =>
  detailsSchema.parse(JSON.parse(cipher.open(details, sessionBinding(id))));

export const sealChanges = (cipher: Cipher, id: string, changes: OccurrenceChanges): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(changes), occurrenceBinding(id));

/** What is said of one occurrence: the session's details with the occurrence's own in their place. */
export function detailsOf(
  cipher: Cipher,
  session: { id: string; details: Uint8Array },
  occurrence?: { id: string; changes: Uint8Array | null },
): SessionDetails {
  const details = openDetails(cipher, session);
  if (!occurrence?.changes) return details;
  return { ...details, ...changesSchema.parse(JSON.parse(cipher.open(occurrence.changes, occurrenceBinding(occurrence.id)))) };
}
