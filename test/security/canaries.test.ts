import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { register } from 'prom-client';
import { commands } from '../../commands/index.js';
import { discordFields } from '../../src/adapters/discord/trouble.js';
import { slackFields } from '../../src/adapters/slack/errors.js';
import { boltLogger } from '../../src/adapters/slack/log.js';
import { makeApp, makeSealer } from '../../src/app.js';
import { type Adapter, type AnyCommand, type Input, type Invocation, pathName } from '../../src/chat/index.js';
import { newCode, writeCode } from '../../src/core/code.js';
import { answerPulse } from '../../src/core/live/pulse.js';
import { sealedIn } from '../../src/core/privacy/declare.js';
import { PERSONAL_TABLES, tableOf } from '../../src/core/privacy/tables.js';
import { sendResource } from '../../src/core/saved/send.js';
import type { Scope, World } from '../../src/core/scope.js';
import { newAddress } from '../../src/core/secret-address.js';
import { exportSite } from '../../src/export-site.js';
import { makeFeeds } from '../../src/feeds.js';
import { feedRoutes } from '../../src/http/feeds.js';
import { makeMetrics } from '../../src/http/metrics.js';
import { makeServer } from '../../src/http/server.js';
import { errorFields } from '../../src/log/errors.js';
import { makeNotices } from '../../src/notices/index.js';
import { fromRoot } from '../../src/root.js';
import { makeEngine } from '../../src/schedule/engine.js';
import type { Kind, Kinds } from '../../src/schedule/kinds.js';
import { settled } from '../../src/schedule/pass.js';
import { slipSite } from '../../src/slip-site.js';
import { until } from '../schedule/support/world.js';
import { behindForms } from '../support/behind-forms.js';
import { drawnFor } from '../support/carried.js';
import { type Actor, CAN, type Direct, type KeptTap, makeDirect, type Said } from '../support/direct.js';
import { dump } from '../support/dump.js';
import { makeExportCheck } from '../support/exported.js';
import { type Inhabited, idsOf, inhabit, madeUp } from '../support/inhabited.js';
import { logTo } from '../support/log.js';
import { isPublic } from '../support/public-tables.js';
import { carried, fresh, halfSaid, opened, sayThrough } from '../support/say-through.js';
import { canariesIn, canary, FREE, type FreeText, inputFor, isAsked } from '../support/typed.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/**
 * Something of its own is typed into every free text of every command and every form, goes through what really runs, and is then looked
 * for wherever it may not be. `typed.txt` says where each is kept, sealed; `UPDATE_MATRIX=1` writes it anew. What a platform carries
 * about is looked at by the scenarios (test/support/canary.ts).
 */

const FILE = fromRoot('test', 'security', 'typed.txt');
const START = '2035-03-13T18:55:00Z';

/** What the form itself refuses, before anything runs. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['meeting.find.day', 'only a day that is understood is looked for'],
  ['meeting.find.time', 'only a time that is understood is looked for'],
  ['community.crisis-write.languages', 'only languages that are known are kept, by their codes'],
]);

/** Free text that is neither looked up nor kept sealed. */
const NOT_SEALED: ReadonlyMap<string, string> = new Map([
  ['session.sign.name', 'printed on a slip, and forgotten'],
  ['session.sign.group', 'printed on a slip, and forgotten'],
  ['community.rules.bands', 'in clear in Setting: a community’s names for ages, to which rows of members refer'],
]);

/** What people type to be reached by is in an address: where they write or call. */
const IN_ADDRESSES: ReadonlySet<string> = new Set([
  ...['community.crisis-write.chat', 'community.crisis-write.web', 'resource.suggest.contact'],
]);

let home: TestWorld;
let direct: Direct;
let place: Inhabited;
let known: ReadonlyMap<string, KeptTap>;
let ids: Readonly<Record<string, string>>;
const scopes: Record<string, Scope> = {};
/** What is typed by everybody before it begins. */
const LIFE = 900;
/** Canaries that a command was really run with. */
const ran = new Set<number>();
/** What the log was given, and what it wrote of it. */
const told: unknown[] = [];
const lines: string[] = [];
/** In place of what a command does. */
let instead: ((args: Input) => never) | undefined;

const heard = commands.map(
  (command): AnyCommand => ({
    ...command,
    async run(args, context) {
      for (const [name, value] of Object.entries(args)) {
        const index = FREE.findIndex((one) => one.at === `${pathName(command.path)}.${name}`);
        if (index >= 0 && canariesIn(JSON.stringify(value ?? '')).has(index)) ran.add(index);
      }
      return instead ? instead(args) : command.run(args, context);
    },
  }),
);

const exported = makeExportCheck();

const real = logTo((line) => lines.push(line));
const note =
  (level: 'info' | 'warn' | 'error') =>
  (fields: object, message: string): void => {
    told.push(fields);
    (real[level] as (fields: object, message: string) => void)(fields, message);
  };
const log = { info: note('info'), warn: note('warn'), error: note('error') };
const inLog = () => [...canariesIn(lines.join('\n')), ...canariesIn(JSON.stringify(told))];

beforeAll(async () => {
  home = await makeTestWorld([], START);
  direct = makeDirect(home, { commands: heard, log });
  place = await inhabit(direct, { platform: 'slack', space: 'T1', mark: canary(LIFE) });
  for (const [name, actor] of Object.entries(place.people)) scopes[name] = await direct.scopeOf(actor);
  known = await behindForms(direct, place, scopes);
  ids = await idsOf((scopes.olga as Scope).db);
  direct.settle();
}, 600_000);
afterAll(() => home.close());

/** Who says it, where that is not told by its button or its role. */
const BY: Readonly<Record<string, string>> = {
  ...{ 'sponsor.request': 'ben', 'sponsor.basics': 'ben', 'support.oncall': 'marta' },
  ...{ 'support.oncall-add': 'marta', 'support.oncall-languages': 'marta' },
  ...{ 'session.change-date': 'olga', 'session.cancel-words': 'olga', 'session.more': 'olga' },
};

async function saidOf(command: AnyCommand, input: Input): Promise<{ readonly actor: Actor; readonly said: Said }> {
  const path = pathName(command.path);
  const found = place.taps.get(path);
  const tap = known.get(path) ?? found ?? madeUp(command, ids);
  const who = BY[path] ?? ((!known.has(path) && found?.by) || (command.role === 'anyone' ? 'ana' : 'olga'));
  const actor = place.people[who] as Actor;
  if (!command.hidden) return { actor, said: { kind: 'call', path: command.path, input } };
  return { actor, said: { kind: 'submit', id: await direct.buttonFor(scopes[who] as Scope, tap, 'submit'), input } };
}

const withFreeText = commands.filter((command) => FREE.some((one) => one.command === command));

/** A metric of our own has to be thought about first: what its labels can be. */
const OF_THE_PROCESS = /^(?:process|nodejs)_/u;

test('what is typed into each free text is kept sealed or not at all, and is in nothing that others carry or read', async () => {
  const kept = FREE.map(() => new Set<string>());
  const found = new Set<string>();
  const addresses = new Map<string, string>();
  const unlike: object[] = [];
  for (const command of withFreeText) {
    const asked = FREE.filter((one) => one.command === command && isAsked(one));
    const foolish = [asked.filter(({ at }) => !REFUSED.has(at)), asked.filter(({ at }) => REFUSED.has(at))];
    for (const some of [[], ...foolish.filter(({ length }) => length > 0)]) {
      const input = inputFor(command, some);
      const { actor, said } = await saidOf(command, input);
      await direct.undone(async (tx) => {
        const shown = await sayThrough(direct, actor, command, said, input);
        const look = (text: string, where: string) => {
          for (const index of canariesIn(text))
            if (!NOT_SEALED.has(FREE[index]?.at ?? ''))
              found.add(`${FREE[index]?.at ?? 'life'} is in ${where} after ${pathName(command.path)}`);
        };
        for (const one of carried(shown)) look(one, `what is carried: ${one}`);
        const drawn = drawnFor([...shown, ...halfSaid(direct, actor, command, input)]);
        for (const one of drawn.carried) look(one, `what is drawn: ${one}`);
        for (const one of drawn.addresses) for (const index of canariesIn(one)) addresses.set(FREE[index]?.at ?? 'life', one);
        const written = await fresh(tx);
        const tables = PERSONAL_TABLES.filter((name) => written.some(({ table }) => table === name));
        for (const wrong of await exported.wrongFor(await direct.scopeOf(actor), tables))
          unlike.push({ after: pathName(command.path), ...wrong });
        for (const row of written) {
          if (isPublic(row.table)) for (const index of canariesIn(JSON.stringify(row.row))) kept[index]?.add(row.table);
          else look(JSON.stringify(row.row), row.table);
          for (const { at, text } of opened(home.world.cipher, row))
            if (at !== 'Tap.input') for (const index of canariesIn(text)) kept[index]?.add(at);
        }
      });
    }
  }
  expect([...found]).toEqual([]);
  expect(new Set(addresses.keys())).toEqual(IN_ADDRESSES);
  expect(unlike).toEqual([]);
  expect(inLog()).toEqual([]);
  // Each went into what really runs; those that a form refuses went no further.
  expect(FREE.filter((_, index) => !ran.has(index)).map(({ at }) => at)).toEqual([...REFUSED.keys()]);
  const placeOf = (free: FreeText, index: number) => {
    const places = [...(kept[index] as Set<string>)].sort().join(' ');
    return places || NOT_SEALED.get(free.at) || (isAsked(free) ? 'looked up and forgotten' : undefined);
  };
  expect(FREE.filter((free, index) => placeOf(free, index) === undefined).map(({ at }) => at)).toEqual([]);
  const table = FREE.map((free, index) => `${free.at}: ${placeOf(free, index)}`);
  if (process.env.UPDATE_MATRIX || !existsSync(FILE)) writeFileSync(FILE, `${table.join('\n')}\n`);
  expect(table).toEqual(readFileSync(FILE, 'utf8').trim().split('\n'));
}, 600_000);

/** Every part of a JSON Schema, from this one down. */
function* partsOf(part: unknown): Iterable<Readonly<Record<string, unknown>>> {
  if (typeof part !== 'object' || part === null) return;
  if (!Array.isArray(part)) yield part as Record<string, unknown>;
  for (const value of Object.values(part)) yield* partsOf(value);
}

test('what is exported is what its schema says, which leaves nothing open and knows all that is sealed', async () => {
  const isSaid = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  const left = [...partsOf(exported.schema)].filter(
    ({ type, additionalProperties: more, items }) =>
      (type === 'object' && more !== false && !isSaid(more)) || (type === 'array' && !isSaid(items)),
  );
  expect(left).toEqual([]);
  await direct.undone(async () => {
    const inside = await Promise.all(
      Object.entries(place.people).map(async ([name, actor]) => [name, await direct.scopeOf(actor)] as const),
    );
    const { ana, marta } = Object.fromEntries(inside) as Record<'ana' | 'marta', Scope>;
    // What is sealed and nobody types.
    const { id } = await marta.db.pairing.findFirstOrThrow({ where: { state: 'active' } });
    await sendResource(marta, id, (await marta.db.resource.findFirstOrThrow({ where: {} })).id);
    await marta.db.liveSession.updateMany({ where: {}, data: { endedAt: marta.now } });
    await answerPulse(ana, (await ana.db.liveSession.findFirstOrThrow({ where: {} })).id, { good: 'yes', safe: 'some' });
    for (const [, scope] of inside) expect(await exported.wrongFor(scope)).toEqual([]);
  });
  const sealed = PERSONAL_TABLES.flatMap((table) =>
    Object.entries(tableOf(table).columns).flatMap(([column, kind]) => (sealedIn(kind) ? [`${table}.${column}`] : [])),
  );
  expect(sealed.filter((at) => !exported.filled.has(at))).toEqual([]);
}, 120_000);

/** Errors as drivers and libraries make them: they quote what they were given, in every place that there is. */
const quoting: readonly ((words: string) => unknown)[] = [
  (words) =>
    Object.assign(new Error(`Invalid \`prisma.goal.create()\` invocation: { words: "${words}" }`, { cause: new Error(words) }), {
      ...{ name: words, code: words, meta: { target: words }, detail: `Failing row contains (${words}).`, stack: `at ${words}` },
      ...{ requestBody: { json: { content: words } }, url: `https://chat.example/hooks?words=${encodeURIComponent(words)}` },
    }),
  (words) => new AggregateError([new Error(words)], words),
  (words) => words,
  (words) => ({ message: words, toJSON: () => words, toString: () => words }),
];

test('an error that quotes what was typed is told to nobody, and is not in the log', async () => {
  const before = lines.length;
  for (const [at, command] of withFreeText.entries()) {
    const free = FREE.filter((one) => one.command === command && !REFUSED.has(one.at));
    const input = inputFor(command, free.filter(isAsked));
    const { actor, said } = await saidOf(command, input);
    instead = (args) => {
      throw (quoting[at % quoting.length] as (words: string) => unknown)(JSON.stringify(args));
    };
    const shown = await direct
      .undone(() => sayThrough(direct, actor, command, said, input))
      .finally(() => {
        instead = undefined;
      });
    const answer = JSON.stringify(shown.at(-1));
    // Shown again to who typed it, field by field and as it was typed: that is no quoting.
    const typed = new Set(Object.values(input).map(String));
    const aside = JSON.stringify(shown.at(-1), (key, value) => (key === 'value' && typed.has(value) ? '' : value));
    expect({ at: pathName(command.path), answer, quoted: [...canariesIn(aside)] }).toEqual({
      at: pathName(command.path),
      answer: expect.stringContaining('Something went wrong on my side'),
      quoted: [],
    });
  }
  expect(lines.length - before).toBe(withFreeText.length);
  expect(inLog()).toEqual([]);
}, 600_000);

/** A database that answers nothing but such an error. */
function brokenBy(make: (...said: unknown[]) => unknown): World['prisma'] {
  const fail = (...said: unknown[]) => Promise.reject(make(...said));
  return new Proxy({}, { get: () => new Proxy(fail, { get: () => fail }) }) as World['prisma'];
}

test('while the database is away, what was typed is shown to who typed it and is nowhere else', async () => {
  const refuse = (...said: unknown[]) =>
    Object.assign(new Error(`connect ECONNREFUSED ${JSON.stringify(said)}`), { code: 'ECONNREFUSED' });
  const gone = brokenBy(refuse);
  const router = makeApp({ world: { ...home.world, prisma: gone }, commands: heard, clock: home.clock, log });
  const summaries: string[] = [];
  for (const command of withFreeText.filter(({ hidden, offline }) => !hidden && !offline)) {
    const input = inputFor(command);
    const call: Invocation = {
      ...{ platform: 'slack' as const, said: { kind: 'call' as const, path: command.path, input }, user: { id: 'ana' } },
      ...{ space: { id: 'T1' }, standing: async () => ({ admin: false, roles: [] }) },
    };
    const message = await router.run(call, CAN);
    summaries.push(message.summary);
    expect(message.aside).toBe(true);
    expect([pathName(command.path), [...canariesIn(JSON.stringify(message.blocks))]]).toEqual([
      pathName(command.path),
      [...canariesIn(JSON.stringify(input))],
    ]);
    expect([...canariesIn([...carried(message)].join(' '))]).toEqual([]);
  }
  expect([...canariesIn(summaries.join(' '))]).toEqual([]);
  expect(inLog()).toEqual([]);
});

/** Does what it does, and then fails with all that it made. */
const failing = <A extends readonly unknown[], R>(work: ((...given: A) => Promise<R>) | undefined) =>
  work &&
  (async (...given: A): Promise<R> => {
    const made = await work(...given).catch((error: unknown) => error);
    throw new Error(`Could not do it: ${JSON.stringify([made, canary(LIFE)])}`, { cause: made });
  });

test('what fails while it is due, made or sent leaves none of it in the queue, the database or the log', async () => {
  const { database, world, clock } = home;
  const kinds: Kinds = Object.fromEntries(
    Object.entries(makeNotices(world)).map(([name, kind], at): [string, Kind] => {
      const { due, errand, render, ...rest } = kind;
      // Some fail when they are due, others when they are made; those of the rest when they are sent.
      const broken = { due: at % 3 === 0 ? failing(due) : due, render: at % 3 === 1 ? failing(render) : render };
      const all = { ...rest, ...broken, errand: failing(errand) };
      return [name, Object.fromEntries(Object.entries(all).filter(([, does]) => does !== undefined)) as Kind];
    }),
  );
  const found: string[] = [];
  const send: Adapter['send'] = async (to, message) => {
    const { carried, addresses } = drawnFor([message]);
    found.push(...[...carried, ...addresses].filter((one) => canariesIn(one).size > 0));
    throw new Error(`Could not send ${JSON.stringify([to, message])}`);
  };
  const adapter = { platform: 'slack', can: CAN, send } as Adapter;
  const seal = makeSealer({ world, commands, clock });
  const engine = makeEngine({ database, clock, adapters: [adapter], kinds, seal, log, ticks: 'when-told' });
  const before = lines.length;
  await engine.start();
  for (let hours = 0; hours < 36; hours += 12) {
    clock.advance(12 * 3_600_000);
    await engine.tick();
    await engine.idle();
    await settled({ prisma: database.prisma, clock, patience: 300 });
  }
  // How often each is tried by then is up to the machine.
  const failed = () => lines.slice(before).map((line) => JSON.parse(line).msg);
  await until(() => failed().includes('A message could not be sent and will be tried again.'), 60_000);
  await engine.stop();
  expect(failed()).toContain('Work that fell due failed.');
  expect(found).toEqual([]);
  expect(inLog()).toEqual([]);
  for (const [table, rows] of await dump(database.pool))
    if (!isPublic(table.replace('public.', ''))) expect([table, [...canariesIn(rows.join('\n'))]]).toEqual([table, []]);
}, 600_000);

test('what adapters report of an error, and of what their libraries say, is never its words', () => {
  const words = canary(LIFE);
  for (const make of quoting)
    for (const report of [errorFields, slackFields, discordFields])
      expect([...canariesIn(JSON.stringify(report(make(words))))]).toEqual([]);
  const bolt = boltLogger(log);
  for (const said of ['stale', 'not acknowledged', 'verify', '']) bolt.error(`${said} ${words}`, { body: words });
  expect(inLog()).toEqual([]);
});

test('a page that breaks repeats nothing of what it was asked for, and metrics after all of it are of the process alone', async () => {
  const words = canary(LIFE);
  const world = { ...home.world, prisma: brokenBy(() => Object.assign(new Error(words), { code: words, meta: { words } })) };
  const server = makeServer({ host: '127.0.0.1', port: 0, log, metrics: makeMetrics() });
  server.route('/verify', slipSite({ world, log }));
  server.route('/feeds', feedRoutes({ feeds: makeFeeds(world, home.clock), isUnavailable: () => false }));
  server.route('/export', exportSite({ world, clock: home.clock, log }));
  const { url } = await server.start();
  try {
    const token = newAddress().token;
    const body = new URLSearchParams({ code: writeCode(newCode()), name: words, group: words });
    const asked = [
      ...[[`feeds/${token}.ics`], [`feeds/${randomUUID()}/meetings.json`], [`export/${token}`]],
      ...[[`export/${token}`, { method: 'POST', body }] as const, ['verify', { method: 'POST', body }] as const],
    ] as readonly (readonly [path: string, init?: RequestInit])[];
    for (const [path, init] of asked) {
      const response = await fetch(`${url}/${path}?words=${encodeURIComponent(words)}`, { redirect: 'manual', ...init });
      const told = `${await response.text()} ${JSON.stringify([...response.headers])}`;
      expect({ path, broke: response.status >= 500, told: [...canariesIn(told)] }).toEqual({ path, broke: true, told: [] });
    }
    expect(inLog()).toEqual([]);
    // Those of the process, and any that somebody made beside them.
    const metrics = `${await (await fetch(`${url}/metrics`)).text()}\n${await register.metrics()}`;
    expect([...canariesIn(metrics)]).toEqual([]);
    expect(
      [...metrics.matchAll(/^# TYPE (\S+)/gmu)].map(([, name = '']) => name).filter((name) => !OF_THE_PROCESS.test(name)),
    ).toEqual([]);
    expect(metrics).toContain('process_cpu_seconds_total');
  } finally {
    await server.stop();
  }
}, 60_000);
