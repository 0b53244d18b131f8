import { UserError } from '../../chat/errors.js';
import type { Pairing } from '../../db/generated/client.js';
import { note } from '../audit/note.js';
import { lookBack } from '../checkins/look-back.js';
import { type Band, moodTrend, TREND_WEEKS } from '../checkins/mood-trend.js';
import { type Goal, goalsOf } from '../goals/mine.js';
import { isShownTo as isGoalShownTo } from '../goals/show.js';
import { todayOf } from '../members/day.js';
import { partsOf } from '../members/parts.js';
import { type Milestone, milestonesOf } from '../milestones/mine.js';
import { isShownTo as isMilestoneShownTo } from '../milestones/show.js';
import { type SavedService, savedOf, serviceOf } from '../saved/mine.js';
import { isShownTo as isSavedShownTo } from '../saved/show.js';
import type { Scope } from '../scope.js';
import { holdMine } from './keep-rhythm.js';
import { GIVEN, type Given, givenTo, LOOKED } from './shares.js';

/** What somebody is shown of a mentee, as it is at this moment. What was not shared is not there. */
export interface Shown {
  readonly milestones?: readonly Milestone[];
  readonly goals?: readonly Goal[];
  /** Without what is the member's own of them, such as their note. */
  readonly services?: readonly SavedService[];
  /** By week, the oldest first. */
  readonly mood?: readonly (Band | undefined)[];
}

/** All that there is of one kind, for its owner to choose from. */
export async function allOf(scope: Scope, what: Given): Promise<Shown> {
  if (what === 'milestones') return { milestones: await milestonesOf(scope) };
  if (what === 'goals') return { goals: await goalsOf(scope) };
  if (what === 'services') return { services: (await savedOf(scope)).map(serviceOf) };
  const { days } = await lookBack(scope, TREND_WEEKS * 7);
  return { mood: moodTrend(days, todayOf(scope)) };
}

/** The same as its mentor sees it: of milestones, goals and services, those that are for their eyes. */
export async function shownOf(scope: Scope, what: Given, mentorId: string): Promise<Shown> {
  if (what === 'services')
    return { services: (await savedOf(scope)).filter((one) => isSavedShownTo(one, mentorId)).map(serviceOf) };
  const { milestones, goals, mood } = await allOf(scope, what);
  return {
    ...(milestones && { milestones: milestones.filter((one) => isMilestoneShownTo(one, mentorId)) }),
    ...(goals && { goals: goals.filter((one) => isGoalShownTo(one, mentorId)) }),
    ...(mood && { mood }),
  };
}

export interface Mentee {
  readonly pairing: Pairing;
  readonly shares: readonly Given[];
}

/** Those whom the member is a mentor of now, and what each shows them. */
export async function menteesOf({ db, member }: Scope): Promise<Mentee[]> {
  const pairings = await db.pairing.findMany({
    where: { mentorId: member.id, state: 'active' },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  return Promise.all(
    pairings.map(async (pairing) => {
      const since = await givenTo(db, pairing.menteeId, member.id);
      return { pairing, shares: GIVEN.filter((what) => since[what] !== undefined) };
    }),
  );
}

/**
 * A mentor looks at what one mentee shows them. Their consents are asked at this moment, one after the other with taking them
 * back, and that there was a look is written down for the mentee.
 * @throws UserError when the pairing is over, or the member is not its mentor
 */
export async function lookAt(scope: Scope, pairingId: string): Promise<{ readonly pairing: Pairing; readonly shown: Shown }> {
  const { db, member } = scope;
  return db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, pairingId);
    if (side !== 'mentor') throw new UserError('rhythm.problems.over');
    const row = await tx.member.findUniqueOrThrow({ where: { id: pairing.menteeId }, include: { community: true } });
    const theirs: Scope = { ...scope, db: tx, ...partsOf(row.community, row) };
    const since = await givenTo(tx, row.id, member.id);
    let shown: Shown = {};
    for (const what of GIVEN) if (since[what]) shown = { ...shown, ...(await shownOf(theirs, what, member.id)) };
    if (Object.keys(shown).length > 0) await note(tx, scope, LOOKED, { about: row.id });
    return { pairing, shown };
  });
}
