import { randomUUID } from 'node:crypto';
import { type AnyCommand, askedParams, type Input, type Path, pathName } from '../../src/chat/index.js';
import { publishTemplate, saveTemplate } from '../../src/core/checkins/templates/own.js';
import { saveScript } from '../../src/core/live/own-scripts.js';
import { grant } from '../../src/core/members/grant.js';
import type { PlatformName, RoleName } from '../../src/core/names.js';
import { sealCredential } from '../../src/core/pairing/credentials.js';
import { reportResource } from '../../src/core/resources/care/report.js';
import type { Scope } from '../../src/core/scope.js';
import { factsSchema } from '../../src/core/support/local/line.js';
import { saveLine } from '../../src/core/support/local/save.js';
import { ownedModels, type TenantDb } from '../../src/db/tenant.js';
import type { Actor, Direct, KeptTap } from './direct.js';
import { volunteer } from './mentors.js';
import { bringServices } from './services.js';

/** The groups whose holders have a role of ours. */
export const GROUPS: Readonly<Record<RoleName, string>> = { coordinator: 'Rcoord', facilitator: 'Rfac', mentor: 'Rment' };

/** A community in which people live: sessions, requests, reports, goals; with every button that it ever showed. */
export interface Inhabited {
  readonly name: string;
  readonly space: string;
  readonly platform: PlatformName;
  readonly communityId: string;
  /** By name: olga (coordinator), finn (facilitator), marta (mentor), ana and ben (members). */
  readonly people: Readonly<Record<string, Actor>>;
  /** The first button that was found for each command. */
  readonly taps: ReadonlyMap<string, KeptTap & { readonly by: string }>;
}

const DAY = 24 * 3_600_000;

const lineFacts = (mark: string) =>
  factsSchema.parse({ topic: 'information', name: `Line ${mark}`, phone: '555 0100', languages: ['en'], source: `Said ${mark}` });

type Step = readonly [who: string, path: Path, input: Input];

/** What people there do, one after the other. `mark` is in everything that they write. */
const life = (mark: string, suffix: string): readonly Step[] => [
  ['olga', ['session', 'create'], { title: `Circle ${mark}`, when: 'every Tuesday 19:00', description: `About ${mark}` }],
  ['finn', ['session', 'create'], { title: `Steps ${mark}`, when: 'every Sunday 10:00' }],
  ['finn', ['checkin', 'group'], { question: `How is ${mark}?`, when: 'every day 9:00' }],
  ['finn', ['checkin', 'group'], { question: `And now ${mark}?` }],
  ['finn', ['checkin', 'group'], {}],
  ['olga', ['checkin', 'template'], {}],
  ['ana', ['checkin', 'template'], {}],
  ['ana', ['checkin', 'now'], { mood: '4', note: `Note ${mark}` }],
  ['ana', ['checkin', 'schedule'], { when: 'every day 9:00' }],
  ['ana', ['checkin', 'list'], {}],
  ['ana', ['checkin', 'pause'], { until: 'tomorrow' }],
  ['ana', ['checkin', 'history'], {}],
  ['ana', ['checkin', 'plan'], {}],
  ['ana', ['goal', 'add'], { words: `Goal ${mark}`, remind: 'tomorrow 9:00' }],
  ['ana', ['goal', 'step'], { words: `Step ${mark}` }],
  ['ana', ['goal', 'list'], {}],
  ['ana', ['goal', 'done'], {}],
  ['ana', ['milestone', 'set'], { date: '2020-01-01', label: `Label ${mark}` }],
  ['ana', ['milestone', 'show'], {}],
  ['ana', ['milestone', 'share'], { words: `Ten ${mark}` }],
  ['ana', ['milestone', 'return'], {}],
  ['ana', ['sponsor', 'request'], { urgency: 'week', words: `Wish ${mark}` }],
  ['ana', ['sponsor', 'status'], {}],
  ['ana', ['sponsor', 'withdraw'], {}],
  ['ana', ['sponsor', 'end'], {}],
  ['ana', ['sponsor', 'avoid'], { who: `ben${suffix}` }],
  ['ana', ['sponsor', 'avoid'], {}],
  ['ana', ['sponsor', 'report'], { who: `ben${suffix}`, words: `Report ${mark}` }],
  ['ana', ['sponsor', 'shares'], {}],
  ['ana', ['sponsor', 'pace'], {}],
  ['marta', ['mentor', 'volunteer'], {}],
  ['marta', ['mentor', 'mentees'], {}],
  ['marta', ['mentor', 'offers'], {}],
  ['marta', ['mentor', 'pause'], {}],
  ['marta', ['mentor', 'resume'], {}],
  ['marta', ['support', 'oncall'], { days: 'daily', from: '09:00', to: '17:00' }],
  ['marta', ['support', 'oncall'], {}],
  ['olga', ['support', 'roster'], {}],
  ['ana', ['support', 'now'], {}],
  ['olga', ['pairing', 'queue'], {}],
  ['olga', ['pairing', 'propose'], {}],
  ['olga', ['pairing', 'propose'], { who: 'all' }],
  ['olga', ['pairing', 'propose'], { member: `ana${suffix}` }],
  ['olga', ['pairing', 'verify'], { member: `marta${suffix}` }],
  ['olga', ['pairing', 'apart'], { one: `ana${suffix}`, other: `ben${suffix}` }],
  ['olga', ['pairing', 'apart'], {}],
  ['olga', ['pairing', 'restrict'], { who: `zoe${suffix}`, what: 'ask', until: 'in 30 days', why: 'Asked four of us at once' }],
  ['olga', ['pairing', 'reports'], {}],
  ['olga', ['pairing', 'overview'], {}],
  ['olga', ['community', 'settings'], {}],
  ['olga', ['community', 'report'], {}],
  ['olga', ['community', 'link'], {}],
  ['olga', ['community', 'crisis'], { country: 'Ireland' }],
  ['olga', ['session', 'list'], {}],
  // Of one that is not about to begin: what is on cannot be altered by anybody.
  ['olga', ['session', 'show'], { session: 'steps' }],
  ['olga', ['session', 'edit'], { session: 'steps' }],
  ['olga', ['session', 'move'], { session: 'steps', when: 'Sunday 11:00' }],
  ['olga', ['session', 'skip'], { session: 'steps' }],
  ['olga', ['session', 'cancel'], { session: 'steps' }],
  ['olga', ['live', 'scripts'], {}],
  ['ana', ['resource', 'find'], { what: 'housing' }],
  ['ana', ['resource', 'suggest'], { name: `Kitchen ${mark}`, what: 'Meals', contact: '860-555-0101', town: 'Hartford' }],
  ['olga', ['resource', 'review'], {}],
  ['olga', ['session', 'events'], { session: 'circle' }],
  ['olga', ['session', 'quiet'], { session: 'circle' }],
  ['olga', ['session', 'feed'], {}],
  ['olga', ['session', 'start'], {}],
  ['ana', ['session', 'feed'], {}],
  ['ana', ['session', 'slip'], {}],
  ['ana', ['session', 'rsvp'], { session: 'circle', answer: 'going' }],
  ['ana', ['session', 'rsvp'], { session: 'steps', answer: 'going' }],
  ['ana', ['session', 'list'], {}],
  ['ana', ['session', 'show'], { session: 'circle' }],
  ['ana', ['privacy', 'show'], {}],
  ['ana', ['privacy', 'consent'], {}],
  ['ana', ['privacy', 'export'], {}],
  ['ana', ['help'], {}],
];

/** Buttons whose press makes something that others act on: each is pressed once. */
const PRESSED = [
  ...['session.save', 'group.start', 'sponsor.ask', 'checkin.save', 'support.begin'],
  ...['resource.save', 'resource.wrong', 'resource.wrong-what', 'resource.tell', 'resource.hand-in'],
];

async function buttonsSince(
  direct: Direct,
  communityId: string,
  known: Set<string>,
): Promise<(KeptTap & { reader: string | null })[]> {
  const rows = await direct.world.prisma.tap.findMany({ where: { communityId, id: { notIn: [...known] } } });
  for (const { id } of rows) known.add(id);
  return rows.map(({ id, path, input, memberId }) => ({
    path,
    reader: memberId,
    input: JSON.parse(direct.world.cipher.open(input, `Tap.input:${id}`)) as Input,
  }));
}

/**
 * Makes a community and has people live in it.
 * @param mark in everything that is written there
 * @param suffix of everybody's account there
 * @param deep also presses every button that is found, which is undone, to find those of its answer
 */
export async function inhabit(
  direct: Direct,
  {
    platform,
    space,
    mark,
    suffix = '',
    deep = false,
  }: { platform: PlatformName; space: string; mark: string; suffix?: string; deep?: boolean },
): Promise<Inhabited> {
  const at = (id: string, more: Partial<Actor> = {}): Actor => ({ platform, space, id: `${id}${suffix}`, ...more });
  const people: Record<string, Actor> = {
    olga: at('olga', { roles: [GROUPS.coordinator] }),
    finn: at('finn', { roles: [GROUPS.facilitator] }),
    marta: at('marta', { roles: [GROUPS.mentor] }),
    ana: at('ana'),
    ben: at('ben'),
  };
  const admin = await direct.scopeOf(at('founder', { admin: true }));
  for (const role of ['facilitator', 'mentor', 'coordinator'] as const)
    await grant(admin, role, { people: [], groups: [GROUPS[role]] });
  const scopes: Record<string, Scope> = {};
  for (const [name, actor] of Object.entries(people)) scopes[name] = await direct.scopeOf(actor);
  const { db, community } = scopes.olga as Scope;
  const nameOf = new Map(Object.entries(scopes).map(([name, { member }]) => [member.id, name]));
  const now = (scopes.olga as Scope).now;
  const marta = (scopes.marta as Scope).member.id;
  const [service = ''] = await bringServices(
    db,
    [{ id: 'one', name: `Housing ${mark}`, description: 'Housing', city: 'Hartford' }],
    now,
  );
  await reportResource(scopes.ana as Scope, service, { what: 'closed', words: `Wrong ${mark}`, attempt: mark });
  await saveScript(scopes.olga as Scope, randomUUID(), `Script ${mark}`, 'Welcome | 5');
  const own = await saveTemplate(scopes.olga as Scope, { title: `Own ${mark}`, questions: 'How?' });
  await publishTemplate(scopes.olga as Scope, own);
  await db.checkInTemplate.delete({ where: { id: own } });
  await saveLine(scopes.olga as Scope, { country: 'IE', facts: lineFacts(mark) });
  await volunteer(direct.world, { communityId: community.id, memberId: marta, now }, { talk: `Story ${mark}` } as never);
  const known = new Set<string>();
  const taps = new Map<string, KeptTap & { by: string }>();
  const gather = (found: readonly (KeptTap & { reader?: string | null })[], by: string) => {
    for (const tap of found) {
      if (!taps.has(tap.path))
        taps.set(tap.path, { path: tap.path, input: tap.input, by: (tap.reader && nameOf.get(tap.reader)) || by });
    }
  };
  const pressed = new Set<string>();
  for (const [who, path, input] of life(mark, suffix)) {
    await direct.run(people[who] as Actor, { kind: 'call', path, input });
    const found = await buttonsSince(direct, community.id, known);
    gather(found, who);
    const again = found.filter((tap) => tap.path === 'session.save' && pressed.has(tap.path)).map((tap) => ({ ...tap, by: who }));
    const first = [...taps.values()].filter((tap) => PRESSED.includes(tap.path) && !pressed.has(tap.path));
    for (const { by, ...tap } of [...first, ...again]) {
      pressed.add(tap.path);
      const id = await direct.buttonFor(scopes[by] as Scope, tap);
      await direct.run(people[by] as Actor, { kind: 'press', id });
      gather(await buttonsSince(direct, community.id, known), by);
    }
  }
  await others(db, scopes, now);
  const date = await db.occurrence.findFirst({ where: {}, orderBy: { startsAt: 'asc' } });
  const begin = { path: 'live.begin', input: { occurrence: date?.id, script: 'open', minutes: '3' } };
  await direct.run(people.olga as Actor, { kind: 'press', id: await direct.buttonFor(scopes.olga as Scope, begin) });
  direct.settle();
  if (deep) await crawl(direct, people, scopes, taps, gather);
  return { name: mark, space, platform, communityId: community.id, people, taps };
}

async function crawl(
  direct: Direct,
  people: Readonly<Record<string, Actor>>,
  scopes: Readonly<Record<string, Scope>>,
  taps: ReadonlyMap<string, KeptTap & { readonly by: string }>,
  gather: (found: readonly KeptTap[], by: string) => void,
): Promise<void> {
  const done = new Set<string>();
  for (let next = [...taps.values()]; next.length > 0; next = [...taps.values()].filter(({ path }) => !done.has(path)))
    for (const tap of next) {
      done.add(tap.path);
      const id = await direct.buttonFor(scopes[tap.by] as Scope, tap);
      const { taps: found } = await direct.attempt(people[tap.by] as Actor, { kind: 'press', id });
      gather(found, tap.by);
    }
}

/** What takes days and several people to come about. */
async function others(db: TenantDb, scopes: Readonly<Record<string, Scope>>, now: Date): Promise<void> {
  const { communityId } = db;
  const profile = await db.mentorProfile.findFirstOrThrow({ where: {} });
  const credential = randomUUID();
  const details = sealCredential((scopes.olga as Scope).cipher, credential, { name: 'Training' });
  await db.mentorCredential.create({ data: { id: credential, communityId, profileId: profile.id, code: 'OTHER', details } });
  const idOf = (name: string) => (scopes[name] as Scope).member.id;
  const later = new Date(now.getTime() + DAY);
  await db.pairing.create({
    data: { communityId, menteeId: idOf('ana'), mentorId: idOf('marta'), state: 'active', introBy: later, startedAt: now },
  });
  await db.relay.create({ data: { communityId, aId: idOf('ana'), bId: idOf('marta'), purpose: 'pairing', openedAt: now } });
  const group = await db.groupCheckIn.findFirst({ where: {} });
  if (group) await db.groupRound.create({ data: { communityId, groupId: group.id, local: '1', opensAt: now, closesAt: later } });
}

/** Which table the id in a param of that name leads to, where its name does not say so. */
const TABLES: Readonly<Record<string, string>> = {
  live: 'LiveSession',
  line: 'LocalLine',
  round: 'GroupRound',
  request: 'PairingRequest',
  offer: 'PairingOffer',
  ask: 'SupportAsk',
  credential: 'MentorCredential',
  template: 'CheckInTemplate',
  schedule: 'CheckInSchedule',
  prompt: 'CheckInPrompt',
  report: 'MemberReport',
  script: 'SessionScript',
  goal: 'Goal',
  who: 'Member',
};
/** Refs that name no row. */
const WORDS: ReadonlySet<string> = new Set([
  'on',
  'say',
  'what',
  'which',
  'pace',
  'as',
  'wanted',
  'sure',
  'days',
  'language',
  'titles',
  'band',
  'apart',
  'snooze',
  'answer',
  'channel',
  'code',
  'draft',
  'begin',
  'undo',
  'now',
  'skip',
  'minutes',
  'step',
  'seen',
  'left',
  'drop',
  'at',
  'stage',
]);
/** What people would type, where any words would be refused before it matters who they are. */
const TYPED: Readonly<Record<string, string>> = {
  ...{ from: '09:00', to: '17:00', when: 'Sunday 11:00', since: '2034-01-01', date: '2034-01-01', country: 'IE' },
  ...{ language: 'English', languages: 'English', phone: '860-555-0101', contact: '860-555-0101', session: 'circle' },
  ...{ schedule: 'Monday 9:00-17:00', steps: 'Welcome | 5', cost: 'free' },
};
/** The id of nothing. */
const NO_ROW = '00000000-0000-4000-8000-000000000000';
const OF_ROOT: Readonly<Record<string, string>> = {
  ...{
    session: 'Session',
    group: 'GroupCheckIn',
    milestone: 'Milestone',
    live: 'SessionScript',
    resource: 'Resource',
    meeting: 'Meeting',
  },
};

/**
 * For a button that was not found: one that refers to rows of that community by the names of its params.
 * @param ids of the community's rows, by table
 */
export function madeUp(command: AnyCommand, ids: Readonly<Record<string, string>>): KeptTap {
  const [root] = command.path;
  const guess = (name: string, param: AnyCommand['params'][string]): unknown => {
    if (param.kind === 'int') return param.min ?? 1;
    const { options } = (param.schema as { out?: { options?: readonly string[] } }).out ?? {};
    if (param.kind === 'ref' && options) return options[0];
    if (param.values) return param.kind === 'choices' ? [param.values[0]] : param.values[0];
    if (param.kind === 'text' || param.kind === 'long') return TYPED[name] ?? 'Some words';
    if (param.kind === 'roles') return [GROUPS.mentor];
    if (param.kind === 'bool') return 'yes';
    if (param.kind === 'zone') return 'UTC';
    if (param.kind === 'when') return TYPED[name] ?? 'tomorrow';
    if (param.kind === 'member' || param.kind === 'members') return name === 'one' ? 'marta' : 'ben';
    if (name === 'request' && root === 'support') return ids.SupportRequest;
    if (name === 'id') return ids[OF_ROOT[root] ?? ''];
    if (name === 'local') return ids.local;
    if (name === 'until') return ids.until;
    return ids[TABLES[name] ?? name.charAt(0).toUpperCase() + name.slice(1)] ?? (WORDS.has(name) ? 'yes' : NO_ROW);
  };
  const input = Object.fromEntries(Object.entries(command.params).map(([name, param]) => [name, guess(name, param)]));
  return { path: pathName(command.path), input };
}

/** The same button with what its form asks for. */
export function filledIn(command: AnyCommand, tap: KeptTap, ids: Readonly<Record<string, string>>): KeptTap {
  const { input } = madeUp(command, ids);
  // A way to reach a line or a service is asked for by none of its fields alone.
  const asked = askedParams(command.params).filter(
    ([name, { required }]) => (required || name === 'phone') && tap.input[name] === undefined,
  );
  return { ...tap, input: { ...tap.input, ...Object.fromEntries(asked.map(([name]) => [name, input[name]])) } };
}

/** One id of each table, of this community. */
export async function idsOf(db: TenantDb): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const model of ownedModels) {
    const accessor = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
    const delegate = Reflect.get(db, accessor) as { findFirst(args: object): Promise<{ id: string } | null> };
    const row = await delegate.findFirst({ where: {}, orderBy: { id: 'asc' } });
    if (row) found[model] = row.id;
  }
  // A date of a session that is not on: nobody alters one that is.
  const dates = await db.occurrence.findMany({ where: {}, orderBy: { startsAt: 'asc' } });
  const isOn = dates.find(({ state }) => state === 'live')?.sessionId;
  const date = dates.find(({ sessionId }) => sessionId !== isOn) ?? dates[0];
  return { ...found, ...(date && { Session: date.sessionId, Occurrence: date.id, local: date.local }) };
}
