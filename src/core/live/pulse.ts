import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../../chat/errors.js';
import type { Cipher } from '../../db/cipher.js';
import type { TenantDb } from '../../db/tenant.js';
import type { Scope } from '../scope.js';
import { mayRun } from '../sessions/may-run.js';
import { PULSE_FEWEST, pulseBinding } from './kinds.js';

/** What each of the two questions can be answered with. */
export const PULSE = { good: ['yes', 'some', 'no'], safe: ['yes', 'some', 'no'] } as const;
export type PulseQuestion = keyof typeof PULSE;
export const PULSE_QUESTIONS = Object.keys(PULSE) as readonly PulseQuestion[];

export const pulseSchema = z.object({ good: z.enum(PULSE.good), safe: z.enum(PULSE.safe) });
export type PulseAnswers = z.infer<typeof pulseSchema>;

/** Answers the two questions; a second time in the place of the first. @throws UserError when they were counted */
export async function answerPulse({ db, cipher, community, member }: Scope, live: string, answers: PulseAnswers): Promise<void> {
  await db.transact(async (tx) => {
    const row = await tx.liveSession.findFirst({ where: { id: live } });
    if (!row?.endedAt || row.countedAt) throw new UserError('live.pulse.closed');
    await tx.pulseAnswer.deleteMany({ where: { liveId: live, memberId: member.id } });
    const id = randomUUID();
    const sealed = cipher.seal(JSON.stringify(pulseSchema.parse(answers)), pulseBinding(id));
    await tx.pulseAnswer.create({
      data: { id, communityId: community.id, liveId: live, memberId: member.id, answers: sealed },
    });
  });
}

/** How many gave each answer, question by question; empty when fewer answered than could hide anybody. */
export function tally(all: readonly PulseAnswers[]): number[] {
  if (all.length < PULSE_FEWEST) return [];
  return PULSE_QUESTIONS.flatMap((question) =>
    PULSE[question].map((value) => all.filter((answers) => answers[question] === value).length),
  );
}

/**
 * Counts the answers once and deletes them, with everything else that was kept until then. Once, so that nobody can tell one
 * answer by looking before and after it came.
 */
export async function countPulse({ db: tx, cipher }: { db: TenantDb; cipher: Cipher }, live: string, now: Date): Promise<void> {
  const rows = await tx.pulseAnswer.findMany({ where: { liveId: live } });
  const all = rows.map(({ id, answers }) => pulseSchema.parse(JSON.parse(cipher.open(answers, pulseBinding(id)))));
  await tx.liveSession.updateMany({ where: { id: live, countedAt: null }, data: { tally: tally(all), countedAt: now } });
  await tx.pulseAnswer.deleteMany({ where: { liveId: live } });
  await tx.share.deleteMany({ where: { liveId: live } });
  await tx.hand.deleteMany({ where: { liveId: live } });
}

export type PulseResult =
  | { readonly state: 'open' }
  | { readonly state: 'few' }
  | { readonly state: 'counted'; readonly tally: readonly number[] };

/** For those who run the session. @throws UserError for anybody else */
export async function pulseResult(scope: Scope, live: string): Promise<PulseResult> {
  const row = await scope.db.liveSession.findFirst({
    where: { id: live },
    include: { occurrence: { include: { session: true } } },
  });
  if (!row) throw new UserError('live.refused.over');
  if (row.chairId !== scope.member.id && !mayRun(scope, row.occurrence.session, row.occurrence))
    throw new UserError('live.pulse.notYours');
  if (!row.countedAt) return { state: 'open' };
  return row.tally.length === 0 ? { state: 'few' } : { state: 'counted', tally: row.tally };
}
