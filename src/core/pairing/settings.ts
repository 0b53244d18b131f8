import { z } from 'zod';
import type { TenantDb } from '../../db/tenant.js';
import { RECOVERIES } from './vocabulary.js';
import { WISH_NAMES } from './wishes.js';

const KEY = 'pairing';
const count = (least: number, most: number, otherwise: number) => z.int().min(least).max(most).default(otherwise);

/** How much a fulfilled wish counts, from 0 to 10. */
const weights = z.partialRecord(z.enum(WISH_NAMES), z.number().min(0).max(10));

/** How many there may be, and of how many characters. */
export const AGE_BANDS = { most: 6, length: 30 } as const;

/** How a community pairs. What it never said is as here. */
export const pairingSettingsSchema = z.object({
  /** Hours in which somebody who is asked may answer; a nudge comes at half time. */
  answerHours: count(1, 168, 24),
  /** Days in which the two say yes to being introduced. */
  introDays: count(1, 30, 7),
  /** A facilitator says yes before anybody is asked. */
  approval: z.boolean().default(false),
  /** What a mentor must have before they are offered. `recovery`: as they say; `vouches`: of different people. */
  minimum: z
    .object({
      recovery: z.enum(RECOVERIES).default('under1'),
      training: z.boolean().default(false),
      vouches: count(0, 5, 0),
    })
    .prefault({}),
  weights: weights.default({}),
  /** Age bands by name; empty: the community marks none. Nobody is paired across two, nor while either's is unknown. */
  ageBands: z.array(z.string().min(1).max(AGE_BANDS.length)).max(AGE_BANDS.most).default([]),
  /** Days in which two who ended a pairing are not offered to each other, and one who ended is not asked again. */
  coolingDays: count(0, 365, 30),
});
export type PairingSettings = z.infer<typeof pairingSettingsSchema>;

export async function pairingSettings(db: Pick<TenantDb, 'setting'>): Promise<PairingSettings> {
  const kept = await db.setting.findFirst({ where: { key: KEY } });
  return pairingSettingsSchema.parse(kept?.value ?? {});
}

/** Saves all of it. */
export async function savePairingSettings(tx: TenantDb, settings: PairingSettings): Promise<void> {
  const value = pairingSettingsSchema.parse(settings);
  await tx.setting.upsert({
    where: { communityId_key: { communityId: tx.communityId, key: KEY } },
    create: { communityId: tx.communityId, key: KEY, value },
    update: { value },
  });
}
