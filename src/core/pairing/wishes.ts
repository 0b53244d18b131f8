import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import { EXPERIENCES, GENDERS, PACES, PATHWAYS, RECOVERIES, SLOTS, TONES, TOPICS, WAYS } from './vocabulary.js';

/** What can matter to somebody who asks, and out of which values. Within one wish any of its values will do. */
export const WISHES = {
  pathway: PATHWAYS,
  language: undefined,
  gender: GENDERS,
  hours: SLOTS,
  way: WAYS,
  pace: PACES,
  tone: TONES,
  experience: EXPERIENCES,
  recovery: RECOVERIES,
  topic: TOPICS,
  medication: ['yes'],
} as const;
export type WishName = keyof typeof WISHES;
export const WISH_NAMES = Object.keys(WISHES) as [WishName, ...WishName[]];

/** Characters of what the asker adds in their own words. */
export const MOST_ASKING = 600;

const wishSchema = z
  .object({
    what: z.enum(WISH_NAMES),
    values: z
      .array(z.string().max(40))
      .min(1)
      .max(40)
      .describe("`language`: ISO 639. `hours`: in the asker's zone. `recovery`: at least that long"),
    must: z.boolean().describe('Nobody else will do; otherwise it only counts in favour'),
  })
  .refine(({ what, values }) => {
    const allowed: readonly string[] | undefined = WISHES[what];
    return values.every((value) => (allowed ? allowed.includes(value) : /^[a-z]{2,3}$/u.test(value)));
  });

/** What an asker wants, and what of themselves they let count. All of it optional. */
export const wishesSchema = z.object({
  wishes: z.array(wishSchema).max(WISH_NAMES.length),
  zone: z.string().describe('IANA, of the hours'),
  gender: z.enum(GENDERS).optional().describe("The asker's own, told so that mentors who help only some can be asked"),
  words: z.string().max(MOST_ASKING).optional().describe('In their own words; whoever is asked reads it'),
});
export type Wish = z.infer<typeof wishSchema>;
export type Wishes = z.infer<typeof wishesSchema>;

const binding = (id: string): SealedAt => `PairingRequest.details:${id}`;

export const sealWishes = (cipher: Cipher, id: string, wishes: Wishes): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(wishesSchema.parse(wishes)), binding(id));

export const openWishes = (cipher: Cipher, { id, details }: { id: string; details: Uint8Array }): Wishes =>
  wishesSchema.parse(JSON.parse(cipher.open(details, binding(id))));
