import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../../commands/index.js';
import { type AnyCommand, askedParams, type Input, type Message, pathName } from '../../src/chat/index.js';
import { grant } from '../../src/core/members/grant.js';
import type { Scope } from '../../src/core/scope.js';
import { fromRoot } from '../../src/root.js';
import { wordsFor } from '../../src/words/index.js';
import { type Actor, commandNamed, type Direct, type KeptTap, makeDirect, type Outcome, type Said } from '../support/direct.js';
import { answered, buttonsOf, sent } from '../support/drawn.js';
import { filledIn, GROUPS, type Inhabited, idsOf, inhabit, madeUp } from '../support/inhabited.js';
import { NOT_TOLD, TOLD } from '../support/reads.js';
import { MARTAS, type Theirs, whose } from '../support/whose.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/**
 * Every command and every button, for everybody who is not meant and everybody who is. What may be is generated from the commands, and
 * written down in `authorisation.txt`, so that a changed role shows in a diff. `UPDATE_MATRIX=1` writes that file anew: read what
 * changed in it.
 */

const FILE = fromRoot('test', 'security', 'authorisation.txt');
// A Tuesday, ten minutes before the circle: the clock runs, and on a slow machine all of it takes more than five.
const START = '2035-03-13T18:50:00Z';

let home: TestWorld;
let direct: Direct;
let place: Inhabited;
let other: Inhabited;
let ids: Readonly<Record<string, string>>;
let theirs: ReadonlyMap<string, Theirs>;

/** Nobody of them made anything that is pressed. */
const WHO = {
  nobody: { platform: 'slack', space: 'T1', id: 'new' },
  member: { platform: 'slack', space: 'T1', id: 'mia' },
  mentor: { platform: 'slack', space: 'T1', id: 'mo', roles: [GROUPS.mentor] },
  facilitator: { platform: 'slack', space: 'T1', id: 'fay', roles: [GROUPS.facilitator] },
  coordinator: { platform: 'slack', space: 'T1', id: 'cora', roles: [GROUPS.coordinator] },
  // Coordinators are named here.
  admin: { platform: 'slack', space: 'T1', id: 'adam', admin: true },
  // Was all of it, by role and by name, until a moment ago.
  lapsed: { platform: 'slack', space: 'T1', id: 'lars' },
  // The same person elsewhere in the same community, where the role of the same id is nobody's.
  otherPlatform: { platform: 'discord', space: 'G1', id: 'cora', roles: [GROUPS.coordinator] },
  // Coordinates another community.
  stranger: { platform: 'slack', space: 'T2', id: 'cora', roles: [GROUPS.coordinator] },
} as const satisfies Record<string, Actor>;
/** Has every role, by group and by name: the latter are known without asking the platform. */
const NAMED: Actor = { platform: 'slack', space: 'T1', id: 'nan', roles: Object.values(GROUPS) };
type Name = keyof typeof WHO;
const NAMES = Object.keys(WHO) as Name[];
const scopes = {} as Record<Name, Scope>;
let named: Scope;
const met = NAMES.filter((name) => name !== 'nobody');

beforeAll(async () => {
  home = await makeTestWorld([], START);
  direct = makeDirect(home);
  place = await inhabit(direct, { platform: 'slack', space: 'T1', mark: 'here', deep: true });
  other = await inhabit(direct, { platform: 'slack', space: 'T2', mark: 'elsewhere' });
  const { communityId } = place;
  await home.database.prisma.space.create({ data: { communityId, platform: 'discord', externalId: 'G1' } });
  for (const name of met) scopes[name] = await direct.scopeOf(WHO[name]);
  const asCoordinator = { ...WHO.lapsed, roles: [GROUPS.coordinator, GROUPS.facilitator] };
  await grant(await direct.scopeOf(asCoordinator), 'facilitator', { people: ['lars'], groups: [GROUPS.facilitator] });
  for (const role of ['mentor', 'facilitator', 'coordinator'] as const)
    await grant(await direct.scopeOf(asCoordinator), role, { people: ['nan', 'noa'], groups: [GROUPS[role]] });
  named = await direct.scopeOf(NAMED);
  // Whoever is named is asked for help, by the other one too.
  await direct.scopeOf({ ...NAMED, id: 'noa' });
  ids = { ...(await idsOf(scopes.member.db)), until: new Date(home.clock.now().getTime() + 3_600_000).toISOString() };
  theirs = await whose(home, direct, place, other);
  direct.settle();
}, 600_000);
afterAll(() => home.close());

const words = wordsFor('en');
const textIn = ({ summary }: Message) => summary;
const REFUSALS = Object.fromEntries(
  (['mentor', 'facilitator', 'coordinator', 'admin'] as const).map((role) => [
    role,
    (command: AnyCommand) => words.t(`chat.roles.${role}`, { command: `/${command.path.filter(Boolean).join(' ')}` }),
  ]),
);
const isRefused = (command: AnyCommand, { message }: Outcome) => textIn(message) === REFUSALS[command.role]?.(command);

/** Said here and now, whoever may: their own community is meant, wherever they are. */
const MAY: Readonly<Record<AnyCommand['role'], readonly Name[]>> = {
  anyone: NAMES,
  mentor: ['mentor'],
  facilitator: ['facilitator', 'coordinator', 'stranger'],
  coordinator: ['coordinator', 'stranger'],
  admin: ['coordinator', 'admin', 'stranger'],
};

const sayOf = (command: AnyCommand) =>
  command.hidden
    ? direct.buttonFor(scopes.member, { path: pathName(command.path), input: {} }).then((id) => ({ kind: 'press' as const, id }))
    : Promise.resolve({ kind: 'call' as const, path: command.path, input: {} });

test('every command answers whom it is for, and tells everybody else kindly, without an effect', async () => {
  for (const command of commands) {
    const said = await sayOf(command);
    for (const name of NAMES) {
      if (command.role === 'anyone') continue;
      const outcome = await direct.attempt(WHO[name], said);
      const cell = { command: pathName(command.path), name, refused: isRefused(command, outcome) };
      expect(cell).toEqual({ ...cell, refused: !MAY[command.role].includes(name) });
      if (cell.refused) expect({ ...cell, writes: outcome.writes }).toEqual({ ...cell, writes: [] });
    }
  }
}, 600_000);

test('who administers is coordinator while nobody is named, and only there', async () => {
  const admin: Actor = { platform: 'slack', space: 'T3', id: 'adam', admin: true };
  const mere: Actor = { platform: 'slack', space: 'T3', id: 'mia' };
  for (const command of commands.filter(({ role }) => role !== 'anyone' && role !== 'mentor')) {
    const said = await sayOf(command);
    expect([pathName(command.path), isRefused(command, await direct.attempt(admin, said))]).toEqual([
      pathName(command.path),
      false,
    ]);
    expect([pathName(command.path), isRefused(command, await direct.attempt(mere, said))]).toEqual([
      pathName(command.path),
      true,
    ]);
  }
}, 600_000);

/** As it was found, or one like it. */
function tapOf(command: AnyCommand): KeptTap {
  const path = pathName(command.path);
  const [found, known] = [place.taps.get(path), theirs.get(path)];
  return known ? { path, input: known.input } : found ? filledIn(command, found, ids) : madeUp(command, ids);
}

/** What a button does for somebody: `no`, refused; `says`, an answer and nothing else; or what is written. */
async function cellOf(actor: Actor, scope: Scope, tap: KeptTap): Promise<string> {
  const id = await direct.buttonFor(scope, tap);
  const outcome = await direct.attempt(actor, { kind: 'press', id });
  if (outcome.failed) return 'fails';
  if (outcome.writes.length > 0) return outcome.writes.join('+');
  return outcome.message.aside ? 'no' : 'says';
}

/** Those who have the powers of a member where a button is: whatever they were, or are elsewhere. */
const LIKE_MEMBERS = ['lapsed', 'admin', 'otherPlatform'] as const;
const WRITTEN = ['member', 'mentor', 'facilitator', 'coordinator'] as const;
const likeMembers = ({ role }: AnyCommand) =>
  LIKE_MEMBERS.filter((name) => !((name === 'admin' && role === 'admin') || (name === 'otherPlatform' && role === 'admin')));

/** What a button does for each of {@link WRITTEN}, and what it must not do for {@link LIKE_MEMBERS}. */
async function cellsOf(command: AnyCommand, tap: KeptTap): Promise<readonly string[]> {
  const { at } = theirs.get(tap.path) ?? {};
  const cell = async (name: Name) =>
    at
      ? cellOf({ ...WHO[name], ...at }, await direct.scopeOf({ ...WHO[name], ...at }), tap)
      : cellOf(WHO[name], scopes[name], tap);
  const member = await cell('member');
  if (!asks(command)) {
    // With somebody goes that they were named.
    const whoever = tap.path === 'privacy.erase-now' ? 'RoleGrant' : member;
    expect([tap.path, await cellOf(NAMED, named, tap)]).toEqual([tap.path, whoever]);
    return WRITTEN.map(() => member);
  }
  const [mentor, coordinator] = [await cell('mentor'), await cell('coordinator')];
  // Who coordinates may all that a facilitator may.
  const facilitator = member === coordinator ? member : await cell('facilitator');
  const cells = [member, mentor, facilitator, coordinator];
  // Where no role makes a difference, having lost one makes none.
  if (new Set(cells).size > 1)
    for (const name of likeMembers(command)) expect([tap.path, name, await cell(name)]).toEqual([tap.path, name, cells[0]]);
  return cells;
}

/** Buttons that do nothing for anybody as they are tried, and why. */
const NOBODYS: ReadonlyMap<string, string> = new Map([]);

/** The one whose own it is, where nobody else may. */
async function owned(tap: KeptTap): Promise<{ readonly by: string; readonly cell: string }> {
  const by = theirs.get(tap.path)?.by ?? place.taps.get(tap.path)?.by ?? (MARTAS.has(tap.path) ? 'marta' : 'ana');
  const actor = place.people[by] as Actor;
  return { by, cell: await cellOf(actor, await direct.scopeOf(actor), tap) };
}

test('every button that somebody else was shown does for each what their role at this moment allows', async () => {
  const lines: string[] = [];
  const nobodys: string[] = [];
  for (const command of commands) {
    const path = pathName(command.path);
    const tap = tapOf(command);
    if (command.offline || Object.keys(tap.input).length === 0) continue;
    const cells = await cellsOf(command, tap);
    const isSame = new Set(cells).size === 1;
    const own = isSame && cells[0] === 'no' ? await owned(tap) : undefined;
    if (own?.cell === 'no') nobodys.push(path);
    const told = isSame
      ? [`all ${cells[0]}`, ...(own ? [`${own.by} ${own.cell}`] : [])]
      : WRITTEN.map((name, i) => `${name} ${cells[i]}`);
    lines.push(`${path} (${command.role}): ${told.join(', ')}`);
  }
  const table = `${lines.join('\n')}\n`;
  if (process.env.UPDATE_MATRIX || !existsSync(FILE)) writeFileSync(FILE, table);
  expect(table.split('\n')).toEqual(readFileSync(FILE, 'utf8').split('\n'));
  expect(nobodys).toEqual([...NOBODYS.keys()]);
}, 600_000);

/** What is said to look, where a button does not say it. */
const LOOKS: Readonly<Record<string, Input>> = {
  'pairing.propose': { member: 'ben' },
  'pairing.verify': { member: 'marta' },
  'pairing.more': { from: '0' },
};

test('what is read of one member by role is told to them, or it is said why not', async () => {
  const wrong: string[] = [];
  const byRole = commands.filter(({ role, asksRoles }) => role !== 'anyone' || asksRoles);
  for (const command of byRole) {
    const path = pathName(command.path);
    const tap = { path, input: LOOKS[path] ?? tapOf(command).input };
    const said: Said = command.hidden
      ? { kind: 'press', id: await direct.buttonFor(scopes.coordinator, tap) }
      : { kind: 'call', path: command.path, input: LOOKS[path] ?? {} };
    const { read } = await direct.attempt(WHO.coordinator, said);
    const isDecided = path in TOLD || NOT_TOLD.some(([beginning]) => beginning.test(path));
    if (!isDecided || String(read) !== String(TOLD[path] ?? [])) wrong.push(`${path}: ${isDecided ? read : 'not decided'}`);
  }
  expect(wrong).toEqual([]);
}, 600_000);

test('a button of another community, or in a private answer to somebody else, does nothing for anybody', async () => {
  const unknown = words.t('chat.errors.unknownTap');
  const rows = await home.database.prisma.tap.findMany({
    where: { communityId: place.communityId, memberId: { not: null } },
    orderBy: { id: 'asc' },
  });
  const firstOf = new Map(rows.map((row) => [row.path, row]));
  expect(firstOf.size).toBeGreaterThan(60);
  for (const { id: token, path, memberId } of firstOf.values()) {
    if (commandNamed(path).offline) continue;
    const id = (await direct.buttonFor(scopes.member, { path, input: {} })).replace(/\.$/u, `.${token}`);
    for (const name of ['coordinator', 'lapsed', 'stranger', 'otherPlatform'] as const) {
      if (memberId === scopes[name].member.id) continue;
      const outcome = await direct.attempt(WHO[name], { kind: 'press', id });
      const cell = { path, name };
      expect({ ...cell, text: textIn(outcome.message), writes: outcome.writes }).toEqual({
        ...cell,
        text: unknown,
        writes: [],
      });
    }
  }
  expect(other.taps.size).toBeGreaterThan(30);
}, 600_000);

/** Lars a moment ago, in a group that holds enough for it. */
const holding = ({ role }: AnyCommand): Actor => ({
  ...WHO.lapsed,
  roles: [role === 'mentor' ? GROUPS.mentor : GROUPS.coordinator],
});
/** What depends on a role, and is not one of its own commands. */
const asks = ({ role, asksRoles = false, offline }: AnyCommand) => !offline && (role !== 'anyone' || asksRoles);

test('a form that was opened with a role is refused when it is sent without', async () => {
  const withheld: string[] = [];
  for (const command of commands.filter((one) => asks(one) && askedParams(one.params).length > 0)) {
    const path = pathName(command.path);
    const { input } = tapOf(command);
    const asked = new Set(askedParams(command.params).map(([name]) => name));
    const part = (isAsked: boolean) => Object.fromEntries(Object.entries(input).filter(([name]) => asked.has(name) === isAsked));
    const opens = await direct.buttonFor(scopes.lapsed, { path, input: part(false) }, 'form');
    const first = direct.plan(holding(command), { kind: 'press', id: opens });
    if (first.first !== 'form') throw new Error(`${path} opens no form.`);
    const sent = { kind: 'submit', id: first.form.id, input: part(true) } as const;
    const before = await direct.attempt(holding(command), sent);
    const after = await direct.attempt(WHO.lapsed, sent);
    if (command.role !== 'anyone') {
      const both = { path, before: isRefused(command, before), after: isRefused(command, after), writes: after.writes };
      expect(both).toEqual({ path, before: false, after: true, writes: [] });
    } else if (!before.message.aside && after.message.aside) {
      expect({ path, writes: after.writes }).toEqual({ path, writes: [] });
      withheld.push(path);
    }
  }
  expect(withheld).toEqual([
    ...['support.oncall', 'session.edit', 'session.move', 'session.skip', 'session.cancel', 'live.hand', 'session.change'],
    ...['session.change-date', 'session.cancel-words'],
    ...['support.oncall-add', 'support.oncall-pause', 'support.oncall-languages'],
  ]);
}, 600_000);

/** What is said to be shown something by role. */
const saysOf = (command: AnyCommand): Said => {
  const { path, params } = command;
  return { kind: 'call', path, input: LOOKS[pathName(path)] ?? ('session' in params ? { session: 'steps' } : {}) };
};

test('what was really drawn for a role does nothing by that role for who lost it', async () => {
  const held: Actor = { ...WHO.lapsed, roles: [GROUPS.coordinator, GROUPS.mentor] };
  const shown = (await sent(home)).flatMap(({ to, message }) => {
    if (to.space !== held.space || to.kind === 'thread' || (to.kind === 'direct' && to.user !== held.id)) return [];
    return buttonsOf(message, to.kind);
  });
  const lead = shown.find(({ path }) => path === 'live.panel');
  if (!lead) throw new Error('No card of a live session was sent.');
  const says = commands.filter((one) => asks(one) && !one.hidden).map(saysOf);
  const drawn = [...shown, ...(await answered(direct, held, [lead.press, ...says]))];
  direct.settle();

  const withheld = new Set<string>();
  const stays = new Set<string>();
  for (const { path, press, on } of drawn.filter((one) => asks(commandNamed(one.path)))) {
    const command = commandNamed(path);
    const { input } = tapOf(command);
    const asked = Object.fromEntries(askedParams(command.params).map(([name]) => [name, input[name]]));
    const does = (actor: Actor) => {
      const { space: _, ...alone } = actor;
      const who = on === 'direct' ? alone : actor;
      const first = direct.plan(who, press);
      return direct.attempt(who, first.first === 'form' ? { kind: 'submit', id: first.form.id, input: asked } : press);
    };
    const lost = await does(WHO.lapsed);
    const said = { path, said: textIn(lost.message), writes: lost.writes };
    if (on === 'channel') {
      const mere = await does(WHO.member);
      expect(said).toEqual({ path, said: textIn(mere.message), writes: mere.writes });
    }
    if (command.role !== 'anyone') expect(said).toEqual({ path, said: REFUSALS[command.role]?.(command), writes: [] });
    if (!lost.message.aside) stays.add(`${on}: ${path}`);
    else if (!(await does(held)).message.aside) {
      expect(said).toEqual({ ...said, writes: [] });
      withheld.add(`${on}: ${path}`);
    }
  }
  expect([...withheld]).toEqual(
    expect.arrayContaining([
      ...[
        'channel: live.panel',
        'answer: live.next',
        'answer: live.hand',
        'answer: live.take',
        'answer: live.ending',
        'answer: live.end',
      ],
      ...['answer: session.edit', 'answer: session.change', 'answer: session.cancel-now', 'answer: group.end'],
      ...['answer: pairing.report-close', 'answer: pairing.yes', 'answer: community.roles', 'answer: support.off'],
    ]),
  );
  // What everybody may look at or suggest, and a draft that is saved by role.
  expect([...stays]).toEqual(
    ['session.show', 'session.list', 'session.more', 'resource.suggest'].map((path) => `answer: ${path}`),
  );
}, 600_000);
