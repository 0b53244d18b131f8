import type { Pairing } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { dateOf, instant, quietOf } from '../checkins/schedules/kept.js';
import { zoneOf } from '../members/zone.js';
import { cancelAll, plan } from '../work/plan.js';
import { agreedPace } from './pace.js';
import { CHECK_DAYS, checkAt, kindHourAfter, nextNudge, type Place } from './rhythm-times.js';
import type { Side } from './work.js';

/** Kinds of work, for each of the two; the subject is the pairing. A nudge to be in touch: */
export const RHYTHM = { mentee: 'pairing.rhythm.mentee', mentor: 'pairing.rhythm.mentor' } as const;
/** How it goes, asked in private: */
export const CHECK_BACK = { mentee: 'pairing.check.mentee', mentor: 'pairing.check.mentor' } as const;

/** To one of them: the other said something else about how often they talk. */
export const PACED = { mentee: 'pairing.paced.mentee', mentor: 'pairing.paced.mentor' } as const;
/** To the mentee: a plan of theirs tells the mentor nothing any more, because the pairing ended. */
export const UNPLANNED = 'pairing.unplanned';

export const SIDES = ['mentee', 'mentor'] as const;

export const idOf = (pairing: Pick<Pairing, 'menteeId' | 'mentorId'>, side: Side): string => pairing[`${side}Id`];
export const wantsNudges = (pairing: Pick<Pairing, 'menteeNudged' | 'mentorNudged'>, side: Side): boolean =>
  pairing[`${side}Nudged`];

/** Where a member is, and when they want quiet. */
export async function placeOf(tx: TenantDb, memberId: string): Promise<Place> {
  const member = await tx.member.findUniqueOrThrow({
    where: { id: memberId },
    include: { community: { select: { zone: true } } },
  });
  return { zone: zoneOf(member, member.community), quiet: quietOf(member) };
}

/** Plans the next nudge of each who wants one, and forgets those that nobody wants. */
export async function planNudges(tx: TenantDb, pairing: Pairing, now: Date): Promise<void> {
  const pace = agreedPace(pairing);
  for (const side of SIDES) {
    const work = { kind: RHYTHM[side], subjectId: pairing.id };
    const from = pairing.nudgeAt;
    if (!pace || !from || !wantsNudges(pairing, side)) {
      await cancelAll(tx, [work]);
      continue;
    }
    const place = await placeOf(tx, idOf(pairing, side));
    await plan(tx, work, dateOf(nextNudge(instant(from), pace, instant(now), place)));
  }
}

/** A pairing became active: the rhythm counts from now on, and each is asked later how it goes. Pass its transaction. */
export async function pairingBegan(tx: TenantDb, pairingId: string, now: Date): Promise<void> {
  const begun = await tx.pairing.update({ where: { id: pairingId }, data: { nudgeAt: now } });
  await planNudges(tx, begun, now);
  for (const side of SIDES) {
    const at = checkAt(instant(now), CHECK_DAYS[0], await placeOf(tx, idOf(begun, side)));
    await plan(tx, { kind: CHECK_BACK[side], subjectId: pairingId }, dateOf(at));
  }
}

/** A pairing is over: nobody is nudged or asked any more. Pass its transaction. */
export const pairingEnded = (tx: TenantDb, pairingId: string): Promise<void> =>
  cancelAll(
    tx,
    SIDES.flatMap((side) => [RHYTHM[side], CHECK_BACK[side], PACED[side]].map((kind) => ({ kind, subjectId: pairingId }))),
  );

/** Something is told about a pairing, when the next kind hour of whom it is told comes. */
export async function planKindly(tx: TenantDb, kind: string, pairingId: string, memberId: string, now: Date): Promise<void> {
  const at = kindHourAfter(instant(now), await placeOf(tx, memberId));
  await plan(tx, { kind, subjectId: pairingId }, dateOf(at));
}
