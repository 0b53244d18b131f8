import { Temporal } from 'temporal-polyfill';
import type { Session } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { dayOf } from '../../time/local.js';
import { partsOf, WEEKDAYS, type Weekday } from '../../time/rule.js';
import { nextDay } from '../../time/rule-days.js';
import { note } from '../audit/note.js';
import type { Scope, World } from '../scope.js';
import type { SessionDetails } from '../sessions/details.js';
import type { SessionFormat } from '../sessions/kinds.js';
import { withoutLinks } from './sessions.js';

/** A meeting as the Meeting Guide format has it (github.com/code4recovery/spec). */
export interface GuideMeeting {
  readonly name: string;
  readonly slug: string;
  /** 0 is Sunday. */
  readonly day: number | readonly number[];
  readonly time: string;
  readonly end_time: string;
  readonly timezone: string;
  readonly types: readonly string[];
  readonly notes?: string;
  readonly formatted_address?: string;
  readonly conference_url?: string;
  /** UTC, as `2026-11-25 14:17:00`. */
  readonly updated: string;
}

/** Why a session is not in the list. The format knows weekly meetings only. */
export type LeftOut = 'hidden' | 'over' | 'not-weekly';

type Listed = Pick<
  Session,
  'id' | 'rrule' | 'start' | 'time' | 'zone' | 'minutes' | 'format' | 'place' | 'language' | 'isClosed' | 'visibility' | 'state'
> &
  Pick<Session, 'sharesLink' | 'updatedAt'>;

const NAME = 255;
const TYPES: Readonly<Record<SessionFormat, readonly string[]>> = {
  open: ['D'],
  speaker: ['SP'],
  study: ['D'],
  round: ['D'],
  skills: ['XT'],
  newcomer: ['BE'],
  meditation: ['MED'],
  own: [],
};
/** Codes of languages that are not the ISO code in capitals. */
const LANGUAGES: Readonly<Record<string, string>> = {
  es: 'S',
  it: 'ITA',
  ko: 'KOR',
  pl: 'POL',
  pt: 'POR',
  pa: 'PUN',
  ru: 'RUS',
  tr: 'TUR',
};
const PLAIN_LANGUAGES = 'af am ar bg da de el en fa fi fr he hi hr hu is ja ka lt ml mt ne nl no sk sl sv th tl uk';

function languageType(tag: string): string[] {
  const code = tag.toLowerCase().split('-')[0] ?? '';
  const type = LANGUAGES[code] ?? (PLAIN_LANGUAGES.split(' ').includes(code) ? code.toUpperCase() : undefined);
  return type === undefined ? [] : [type];
}

/** Sunday is 0 there, Monday here. */
const dayNumber = (day: Weekday) => (WEEKDAYS.indexOf(day) + 1) % 7;

/** The days of a rule that is the same every week; undefined of any other. */
function weekly({ rrule, start }: Pick<Listed, 'rrule' | 'start'>): number[] | undefined {
  if (rrule === null) return undefined;
  const { FREQ, BYDAY, UNTIL: _until, COUNT: _count, WKST: _week, ...rest } = Object.fromEntries(partsOf(rrule));
  if (Object.keys(rest).length > 0) return undefined;
  const named = BYDAY?.split(',').map((day) => dayNumber(day as Weekday));
  if (FREQ === 'DAILY') return named ?? [0, 1, 2, 3, 4, 5, 6];
  if (FREQ === 'WEEKLY') return (named ?? [Temporal.PlainDate.from(start).dayOfWeek % 7]).sort((a, b) => a - b);
  return undefined;
}

const isOver = ({ rrule, start, zone }: Listed, now: Date) =>
  rrule !== null && nextDay(rrule, Temporal.PlainDate.from(start), dayOf(now, zone)) === undefined;

const endOf = (time: string, minutes: number) =>
  Temporal.PlainTime.from(time).add({ minutes }).toString({ smallestUnit: 'minute' });

/**
 * One session for the public list, or why it is not in it. A link is told only where somebody said so for this session, and
 * never of a closed one.
 * @param language of the community
 */
export function guideMeeting(
  session: Listed,
  details: SessionDetails,
  language: string,
  now: Date,
): { readonly meeting: GuideMeeting } | { readonly leftOut: LeftOut } {
  if (session.visibility !== 'public') return { leftOut: 'hidden' };
  if (session.state !== 'active' || isOver(session, now)) return { leftOut: 'over' };
  const days = weekly(session);
  if (!days) return { leftOut: 'not-weekly' };
  const isOnline = session.place !== 'person';
  const tellsLink = session.place === 'link' && session.sharesLink && !session.isClosed && details.link !== undefined;
  const notes = withoutLinks(details.description);
  const address = isOnline || session.isClosed ? undefined : withoutLinks(details.address);
  const types = [
    session.isClosed ? 'C' : 'O',
    ...(TYPES[session.format as SessionFormat] ?? []),
    ...languageType(session.language ?? language),
  ];
  return {
    meeting: {
      name: details.title.slice(0, NAME),
      slug: session.id,
      day: days.length === 1 ? (days[0] as number) : days,
      time: session.time,
      end_time: endOf(session.time, session.minutes),
      timezone: session.zone,
      types,
      ...(notes !== undefined && { notes }),
      ...(address !== undefined && { formatted_address: address }),
      ...(tellsLink && { conference_url: details.link as string }),
      updated: session.updatedAt.toISOString().slice(0, 19).replace('T', ' '),
    },
  };
}

/** The address part of the community's public list; undefined while it publishes none. */
export async function publicList({ db }: { readonly db: TenantDb }): Promise<string | undefined> {
  return (await db.publicList.findFirst({ where: {} }))?.id;
}

/** Publishes the list, or takes it down. Twice is once. */
export async function setPublicList(scope: Scope, isOn: boolean): Promise<void> {
  await scope.db.transact(async (tx) => {
    const { communityId } = tx;
    if (isOn) await tx.publicList.upsert({ where: { communityId }, create: { communityId }, update: {} });
    else await tx.publicList.deleteMany({ where: {} });
    await note(tx, scope, isOn ? 'feed.publish' : 'feed.unpublish');
  });
}

/** Whether the public list tells the link of one session. */
export async function setSharesLink(scope: Scope, id: string, sharesLink: boolean): Promise<void> {
  await scope.db.transact(async (tx) => {
    await tx.session.updateMany({ where: { id }, data: { sharesLink } });
    await note(tx, scope, 'feed.link');
  });
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** Which community's list is at an address. */
export async function communityOfList({ prisma }: Pick<World, 'prisma'>, id: string) {
  if (!UUID.test(id)) return undefined;
  const row = await prisma.publicList.findUnique({ where: { id }, include: { community: { select: { language: true } } } });
  return row ? { communityId: row.communityId, language: row.community.language } : undefined;
}
