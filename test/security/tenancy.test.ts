import { commands } from '../../commands/index.js';
import { codeOf, writeId } from '../../src/chat/ids.js';
import type { AnyCommand, Input } from '../../src/chat/index.js';
import type { Scope } from '../../src/core/scope.js';
import { ownedModels, tenantDb } from '../../src/db/tenant.js';
import { type Actor, type Direct, makeDirect, type Said } from '../support/direct.js';
import { type Inhabited, inhabit, madeUp } from '../support/inhabited.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/**
 * Three communities, and people of each who press the buttons of the others, with the ids of the others in everything that they send.
 * `FUZZ_CALLS` says how often (10,000 is the long form), `FUZZ_SEED` begins where a failure was: it is in its message.
 */

const CALLS = Number(process.env.FUZZ_CALLS ?? 600);
const SEED = Number(process.env.FUZZ_SEED ?? 20_270_101);
const START = '2035-03-13T18:55:00Z';

/** Numbers from 0 up to 1, the same each time for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Place extends Inhabited {
  /** Ids of its rows, by table. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly all: ReadonlySet<string>;
  readonly tokens: readonly { readonly id: string; readonly path: string }[];
  readonly scopes: Readonly<Record<string, Scope>>;
}

let home: TestWorld;
let direct: Direct;
let places: readonly Place[];

async function look(place: Inhabited): Promise<Place> {
  const db = tenantDb(home.database.prisma, place.communityId);
  const ids: Record<string, string[]> = {};
  for (const model of ownedModels) {
    const delegate = Reflect.get(db, `${model.charAt(0).toLowerCase()}${model.slice(1)}`);
    const rows = (await delegate.findMany({ where: {}, take: 20 })) as { id: string }[];
    if (rows.length > 0 && model !== 'Tap') ids[model] = rows.map(({ id }) => id);
  }
  const tokens = await db.tap.findMany({ where: {}, select: { id: true, path: true }, orderBy: { id: 'asc' } });
  const scopes: Record<string, Scope> = {};
  for (const [name, actor] of Object.entries(place.people)) scopes[name] = await direct.scopeOf(actor);
  return { ...place, ids, all: new Set(Object.values(ids).flat()), tokens, scopes };
}

beforeAll(async () => {
  home = await makeTestWorld([], START);
  direct = makeDirect(home);
  const made = [
    await inhabit(direct, { platform: 'slack', space: 'T1', mark: 'canaryaa', suffix: '-a' }),
    await inhabit(direct, { platform: 'slack', space: 'T2', mark: 'canarybb', suffix: '-b' }),
    await inhabit(direct, { platform: 'discord', space: 'G3', mark: 'canarycc', suffix: '-c' }),
  ];
  const looked: Place[] = [];
  for (const place of made) looked.push(await look(place));
  places = looked;
  direct.settle();
}, 600_000);
afterAll(() => home.close());

const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gu;

test(`${CALLS} calls with what is others' neither show nor change anything of theirs`, async () => {
  const next = chance(SEED);
  const one = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
  const typeable = commands.filter(({ hidden, offline }) => !hidden && !offline);

  /** Ids of a place in everything that leads to a row. */
  const withIdsOf = (input: Input, theirs: Place): Input =>
    JSON.parse(JSON.stringify(input).replace(UUID, () => one(one(Object.values(theirs.ids))))) as Input;
  const firstIds = (theirs: Place) => Object.fromEntries(Object.entries(theirs.ids).map(([table, ids]) => [table, one(ids)]));

  async function saidBy(who: string, mine: Place, theirs: Place): Promise<Said> {
    const kind = Math.floor(next() * 5);
    const scope = mine.scopes[who] as Scope;
    if (kind === 0) {
      const { id: token, path } = one(theirs.tokens);
      return {
        kind: 'press',
        id: writeId({ code: codeOf(path.split('.') as never), mode: one(['r', 'e'] as const), n: 0, token }),
      };
    }
    if (kind === 1) {
      const { id: token, path } = one(theirs.tokens);
      const id = writeId({ code: codeOf(path.split('.') as never), mode: 'm', n: 0, token });
      return { kind: 'submit', id, input: { words: 'some words', title: 'a title', when: 'tomorrow' } };
    }
    if (kind === 2) {
      const tap = one([...mine.taps.values()]);
      return { kind: 'press', id: await direct.buttonFor(scope, { path: tap.path, input: withIdsOf(tap.input, theirs) }) };
    }
    if (kind === 3) {
      const command = one(commands.filter(({ offline }) => !offline)) as AnyCommand;
      return { kind: 'press', id: await direct.buttonFor(scope, madeUp(command, firstIds(theirs))) };
    }
    const command = one(typeable);
    const typed = Object.keys(command.params).map((name) => [
      name,
      one([one(one(Object.values(theirs.ids))), 'circle', 'tomorrow', 'ben', '1', 'yes']),
    ]);
    return { kind: 'call', path: command.path, input: Object.fromEntries(typed) };
  }

  let shown = 0;
  for (let call = 0; call < CALLS; call += 1) {
    const mine = one(places);
    const theirs = one(places.filter((place) => place !== mine));
    const who = one(Object.keys(mine.people));
    const { space, ...alone } = mine.people[who] as Actor;
    // In a direct message no place is told.
    const actor: Actor = next() < 0.8 ? { ...alone, space: mine.space } : alone;
    const said = await saidBy(who, mine, theirs);
    const { message, reached } = await direct.attempt(actor, said, mine.communityId);
    const answer = JSON.stringify(message);
    const sent = JSON.stringify(said);
    const others = places.filter((place) => place !== mine);
    const leaks = others.flatMap(({ name, all }) => [
      ...(answer.includes(name) ? [name] : []),
      ...[...answer.matchAll(UUID)].map(([id]) => id).filter((id) => all.has(id) && said.kind !== 'press' && !sent.includes(id)),
    ]);
    if (!message.aside) shown += 1;
    const where = { seed: SEED, call, who, from: mine.name, to: theirs.name, said: said.kind === 'call' ? said : sent };
    expect({ ...where, leaks, reached }).toEqual({ ...where, leaks: [], reached: [] });
  }
  // Not everything was refused, or little would have been tried.
  expect(shown).toBeGreaterThan(CALLS / 20);
}, 3_600_000);

test('a leak would be seen: what is one’s own is shown, and changed where it should not be', async () => {
  const [mine, theirs] = places as [Place, Place];
  const press = async (path: string, outside?: string) => {
    const tap = mine.taps.get(path);
    if (!tap) throw new Error(`${path} was not found.`);
    const id = await direct.buttonFor(mine.scopes.ana as Scope, tap);
    return direct.attempt(mine.people.ana as Actor, { kind: 'press', id }, outside);
  };
  expect(JSON.stringify((await press('goal.add')).message)).toContain(mine.name);
  expect((await press('goal.done', theirs.communityId)).reached).toContain('Goal');
});
