import { UserError } from '../../chat/errors.js';
import { checkInConsents } from '../checkins/consents.js';
import { exportConsents } from '../export/consents.js';
import { feedConsents } from '../feeds/consents.js';
import { groupConsents } from '../groups/consents.js';
import { liveConsents } from '../live/consents.js';
import { memberConsents } from '../members/consents.js';
import { milestoneConsents } from '../milestones/consents.js';
import { pairingConsents } from '../pairing/consents.js';
import { relayConsents } from '../relay/consents.js';
import { savedConsents } from '../saved/consents.js';
import type { Scope } from '../scope.js';
import { sessionConsents } from '../sessions/consents.js';
import { slipConsents } from '../slips/consents.js';
import { supportConsents } from '../support/consents.js';
import { type Audience, type ConsentKind, type Ended, endRow, type Held, REMEMBERED } from './consent.js';
import type { PersonalTable } from './tables.js';

/** Everything that a member can agree to: one more is one function in `consents.ts` of its folder. */
export const CONSENTS = {
  ...memberConsents,
  ...checkInConsents,
  ...milestoneConsents,
  ...pairingConsents,
  ...savedConsents,
  ...relayConsents,
  ...supportConsents,
  ...sessionConsents,
  ...liveConsents,
  ...groupConsents,
  ...slipConsents,
  ...feedConsents,
  ...exportConsents,
};
export type ConsentName = keyof typeof CONSENTS;

type Shared = (typeof CONSENTS)[ConsentName]['table'];
const ALONE = 'read by nobody but the member';
const BOT = 'how the bot knows them, and what it sent them';
const ROLE = 'what they do in a role that the group sees';
const GUARDS = 'keeps somebody safe: whoever is to know of it knows';

/** Tables in which nothing is shown to anybody by the member's own yes, and why. One that is new does not compile until it is here or above. */
export const NO_CONSENT = {
  ...{ Member: BOT, Identity: BOT, RoleGrant: BOT, DueWork: BOT, Delivery: BOT, Tap: BOT, AuditEvent: BOT },
  ...{ CheckIn: ALONE, CheckInSchedule: ALONE, CheckInPrompt: ALONE, CheckInTemplate: ALONE },
  MissedPlan: 'its steps are',
  MissedAsk: 'a yes to it is in the plan',
  Milestone: 'what is shown of one is a consent of its own',
  ...{ Goal: 'what is shown of one is a consent of its own', GoalStep: 'shown with its goal' },
  SavedResource: 'what is shown of one is a consent of its own',
  SentResource: 'goes with what a mentor may send',
  GroupCheckIn: ROLE,
  ...{ Session: ROLE, SessionBackup: ROLE, Occurrence: ROLE, ChairAsk: ROLE, SessionEvent: ROLE, LiveSession: ROLE },
  SessionMute: ALONE,
  ...{ Microphone: BOT, Hand: 'up for as long as they wait for their turn', PulseAnswer: 'counted, never read' },
  ...{ MentorCredential: 'goes with the profile', MentorVouch: ROLE },
  PairingOffer: 'a yes to it is a pairing',
  ...{ Separation: GUARDS, MemberReport: GUARDS, MemberBlock: GUARDS, Restriction: GUARDS, ActCount: BOT },
  ...{ ResourceReport: 'read without who it was', ResourceSuggestion: 'read without who it was' },
  RelayMessage: 'gone when it has arrived',
  ...{ OncallShift: 'goes with being on call', SupportAsk: 'a yes to it is a conversation' },
} satisfies Readonly<Record<Exclude<PersonalTable, Shared>, string>>;

/** One in the ledger. */
export interface Consent extends Held {
  readonly kind: ConsentName;
  readonly asksTwice: boolean;
}

const KINDS = Object.entries(CONSENTS) as [ConsentName, ConsentKind][];
/** Rows whose fact no kind knows, as after an older version: they are told all the same, and end as they are. */
const known = KINDS.flatMap(([, { facts }]) => facts ?? []);
const OTHER = 'other';

async function unknown({ db, member }: Scope): Promise<Held[]> {
  const rows = await db.consent.findMany({ where: { memberId: member.id, fact: { notIn: known }, revokedAt: null } });
  return rows.map(({ id, grantedAt }) => ({ id, what: OTHER, to: 'other', since: grantedAt }));
}

/** Everything that the member agreed to and that holds now, the longest first. */
export async function consentsOf(
  scope: Scope,
): Promise<(Consent | (Held & { readonly kind: 'other'; readonly asksTwice: false }))[]> {
  const each = await Promise.all(
    KINDS.map(async ([kind, { list, asksTwice = false }]) =>
      (await list(scope)).map((held) => ({ ...held, kind, asksTwice: asksTwice === true })),
    ),
  );
  const rest = (await unknown(scope)).map((held) => ({ ...held, kind: OTHER, asksTwice: false }) as const);
  return [...each.flat(), ...rest].sort((a, b) => a.since.getTime() - b.since.getTime() || a.id.localeCompare(b.id));
}

/** Whom one of those facts was told, in the table `Consent`. */
const AUDIENCE_OF: Readonly<Record<string, Audience>> = { member: 'named', moderators: 'moderators' };

/** What ended, the last first: what it was, to which role, from when till when. Nothing else of it is kept. */
export async function endedConsents(scope: Scope): Promise<Ended[]> {
  const { db, member } = scope;
  const rows = await db.consent.findMany({ where: { memberId: member.id, revokedAt: { not: null } } });
  const kept = rows.map(({ fact, recipient, grantedAt, revokedAt }): Ended => {
    const remembered: Audience | undefined = REMEMBERED[fact as keyof typeof REMEMBERED];
    const role = fact.startsWith('share.') ? 'mentor' : AUDIENCE_OF[recipient.split(':', 1)[0] ?? ''];
    const what = remembered || known.includes(fact) ? fact : OTHER;
    return { what, to: remembered ?? role ?? 'channel', since: grantedAt, until: revokedAt as Date };
  });
  const others = await Promise.all(KINDS.map(([, { past }]) => past?.(scope) ?? []));
  return [...kept, ...others.flat()].sort((a, b) => b.until.getTime() - a.until.getTime());
}

/**
 * Takes one of the member's own back, with effect on what is queued. Another's, or one that has ended, is left alone.
 * @returns what it was; undefined where nothing was there to take back
 */
export async function revokeConsent(scope: Scope, kind: string, id: string): Promise<Held | undefined> {
  const held = (await consentsOf(scope)).find((one) => one.kind === kind && one.id === id);
  if (!held) return undefined;
  try {
    await (held.kind === OTHER ? endRow(scope, held) : CONSENTS[held.kind].revoke(scope, held));
    return held;
  } catch (error) {
    // It ended by somebody else's hand meanwhile.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
