import type { MentorCredential, MentorProfile, MentorVouch, Prisma } from '../../db/generated/client.js';
import { isVerified } from './credentials.js';
import type { PairingSettings } from './settings.js';
import { RECOVERIES, type Recovery } from './vocabulary.js';

/** Everything that decides whether somebody may be offered as a mentor at all. Whether they have a place is another question. */
export interface Standing extends Pick<MentorProfile, 'pausedUntil' | 'lapsedAt' | 'heldAt' | 'endedAt'> {
  /** As they say. */
  readonly recovery?: Recovery;
  /** Somebody of the community saw a training or certificate of theirs, which has not expired. */
  readonly isTrained: boolean;
  /** Different people who speak for them. */
  readonly vouches: number;
  readonly ageBand: string | null;
  /** They are not in the community any more. */
  readonly hasLeft?: boolean;
  /** A facilitator keeps them from it. */
  readonly restrictedUntil?: Date | undefined;
}

/** What is missing to the least that a community asks of a mentor. */
export type Lack =
  | { readonly what: 'recovery'; readonly needs: Recovery }
  | { readonly what: 'training' }
  | { readonly what: 'vouches'; readonly needs: number; readonly has: number };

/** Why somebody is offered to nobody at the moment, whatever they have. */
export type Rest = 'left' | 'ended' | 'restricted' | 'held' | 'lapsed' | 'paused';

type Minimum = PairingSettings['minimum'];

/** Whether a time in recovery is at least that long; the shortest one asks for nothing. */
export const isLong = (recovery: Recovery | undefined, least: Recovery) =>
  RECOVERIES.indexOf(least) === 0 || (recovery !== undefined && RECOVERIES.indexOf(recovery) >= RECOVERIES.indexOf(least));

/** Empty: the minimum is met. */
export const lacksOf = (
  minimum: Minimum,
  { recovery, isTrained, vouches }: Pick<Standing, 'recovery' | 'isTrained' | 'vouches'>,
): readonly Lack[] => [
  ...(isLong(recovery, minimum.recovery) ? [] : [{ what: 'recovery' as const, needs: minimum.recovery }]),
  ...(minimum.training && !isTrained ? [{ what: 'training' as const }] : []),
  ...(vouches < minimum.vouches ? [{ what: 'vouches' as const, needs: minimum.vouches, has: vouches }] : []),
];

export function restOf(
  profile: Pick<Standing, 'pausedUntil' | 'lapsedAt' | 'heldAt' | 'endedAt' | 'restrictedUntil' | 'hasLeft'>,
  now: Date,
): Rest | undefined {
  if (profile.hasLeft) return 'left';
  if (profile.endedAt) return 'ended';
  if (profile.restrictedUntil && profile.restrictedUntil > now) return 'restricted';
  if (profile.heldAt) return 'held';
  if (profile.lapsedAt) return 'lapsed';
  return profile.pausedUntil && profile.pausedUntil > now ? 'paused' : undefined;
}

/** Two people of one band. Where the community marks bands, an unknown one, or one that is not among them, goes with nobody. */
export const goTogether = ({ ageBands }: Pick<PairingSettings, 'ageBands'>, one: string | null, other: string | null): boolean =>
  ageBands.length === 0 || (one !== null && one === other && ageBands.includes(one));

/** Whether a mentor may be offered to this asker now, as far as their profile and the community's rules say. */
export const isOfferable = (
  mentor: Standing,
  asker: { readonly ageBand: string | null },
  settings: PairingSettings,
  now: Date,
): boolean =>
  restOf(mentor, now) === undefined &&
  lacksOf(settings.minimum, mentor).length === 0 &&
  goTogether(settings, mentor.ageBand, asker.ageBand);

/** What a row is read with to know its standing. */
export const STANDING = {
  member: { select: { ageBand: true, leftAt: true, restrictions: { where: { kind: 'volunteer' }, select: { until: true } } } },
  credentials: true,
  vouches: true,
} satisfies Prisma.MentorProfileInclude;

type StandingRow = MentorProfile & {
  readonly member: {
    readonly ageBand: string | null;
    readonly leftAt: Date | null;
    readonly restrictions: readonly { readonly until: Date }[];
  };
  readonly credentials: readonly Pick<MentorCredential, 'verifiedAt' | 'expiresOn'>[];
  readonly vouches: readonly Pick<MentorVouch, 'kind' | 'byId'>[];
};

/** @param today local to the community, ISO */
export const standingOf = (
  { pausedUntil, lapsedAt, heldAt, endedAt, member, credentials, vouches }: StandingRow,
  recovery: Recovery | undefined,
  today: string,
): Standing => ({
  ...{ pausedUntil, lapsedAt, heldAt, endedAt },
  ...(recovery && { recovery }),
  isTrained: credentials.some((one) => isVerified(one, today)),
  vouches: new Set(vouches.filter(({ kind }) => kind === 'vouched').map(({ byId }) => byId)).size,
  ageBand: member.ageBand,
  restrictedUntil: member.restrictions[0]?.until,
  hasLeft: member.leftAt !== null,
});
