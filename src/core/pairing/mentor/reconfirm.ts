import type { MentorProfile, Prisma } from '../../../db/generated/client.js';
import { tenantDb } from '../../../db/tenant.js';
import { platformsOf } from '../../members/reach.js';
import { downBetween } from '../../uptime.js';
import { stir } from './stir.js';
import { CONFIRM_EVERY, CONFIRM_WITHIN } from './work.js';

type Asked = Pick<MentorProfile, 'confirmedAt' | 'askedAt' | 'lapsedAt' | 'endedAt' | 'pausedUntil'>;

/** What is due about a profile that is confirmed once a month, and when it is looked at next. */
export interface ConfirmStep {
  readonly does: 'ask' | 'lapse' | 'nothing';
  readonly next: Date | null;
}

const after = (time: Date, ms: number) => new Date(time.getTime() + ms);

/** @param down milliseconds since they were asked in which nobody could answer, because the bot was away */
export function confirmStep(
  { confirmedAt, askedAt, lapsedAt, endedAt, pausedUntil }: Asked,
  down: number,
  now: Date,
): ConfirmStep {
  if (endedAt || lapsedAt) return { does: 'nothing', next: null };
  // Who rests is left alone, and hears at the end of it that it goes on.
  if (pausedUntil && pausedUntil > now) return { does: 'nothing', next: after(pausedUntil, CONFIRM_WITHIN) };
  if (askedAt) {
    const until = after(askedAt, CONFIRM_WITHIN + down);
    return now < until ? { does: 'nothing', next: until } : { does: 'lapse', next: null };
  }
  const at = after(confirmedAt, CONFIRM_EVERY);
  return now < at ? { does: 'nothing', next: at } : { does: 'ask', next: after(now, CONFIRM_WITHIN) };
}

export interface Confirming {
  readonly profile: MentorProfile;
  readonly step: ConfirmStep;
}

/** Looks at profiles whose month, or whose time to answer, is over, and writes down what follows. */
export async function lookAtConfirming(
  tx: Prisma.TransactionClient,
  ids: readonly string[],
  now: Date,
): Promise<readonly Confirming[]> {
  const profiles = await tx.mentorProfile.findMany({ where: { id: { in: [...ids] } } });
  const platforms = await platformsOf(
    tx,
    profiles.map(({ memberId }) => memberId),
  );
  const looked: Confirming[] = [];
  for (const profile of profiles) {
    const { id, communityId, memberId, askedAt } = profile;
    const gaps = askedAt ? await downBetween(tx, askedAt, now, platforms.get(memberId)) : [];
    const down = gaps.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
    const step = confirmStep(profile, down, now);
    if (step.does === 'ask') await tx.mentorProfile.update({ where: { id }, data: { askedAt: now } });
    if (step.does === 'lapse') await stir(tenantDb(tx, communityId), memberId, now);
    if (step.does === 'lapse') await tx.mentorProfile.update({ where: { id }, data: { lapsedAt: now } });
    looked.push({ profile, step });
  }
  return looked;
}
