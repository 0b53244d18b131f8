import { z } from 'zod';
import type { NativeEvent } from '../../../chat/events.js';
import type { Cipher } from '../../../db/cipher.js';
import type { SealedAt } from '../../../db/sealed.js';

const foundSchema = z.object({
  title: z.string(),
  description: z.string().optional(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  where: z.union([
    z.object({ kind: z.literal(['voice', 'stage']), channel: z.string() }),
    z.object({ kind: z.literal('words'), text: z.string() }),
  ]),
});

const binding = (id: string): SealedAt => `SessionEvent.found:${id}`;

/** What stands in the calendar after somebody changed it. @param id of the row */
export const sealFound = (cipher: Cipher, id: string, event: NativeEvent): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(event), binding(id));

export const openFound = (cipher: Cipher, { id, found }: { id: string; found: Uint8Array | null }): NativeEvent | undefined => {
  if (!found) return undefined;
  const { description, ...event } = foundSchema.parse(JSON.parse(cipher.open(found, binding(id))));
  return { ...event, ...(description !== undefined && { description }) };
};
