import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { layDatabase } from '../support/db.js';
import { makePlayer } from '../support/process/player.js';
import { homegroup, type Program } from '../support/process/program.js';
import type { Person } from '../support/stage.js';
import { temporaryFolder } from '../support/temporary.js';

/**
 * What the program promises while processes die under it. `KILLS=100 npm test -- test/process/crash` is the long form.
 */
const KILLS = Number(process.env.KILLS ?? 5);

const SAVED = 'Your check-in is saved.';
const home = temporaryFolder();
/** Three folders that have their database already; in others the program makes it. */
beforeAll(() => {
  for (const dataDir of ['killed', 'shared', 'stopped']) layDatabase(path.join(home, dataDir, 'db'));
});
const start = (dataDir: string, more: Readonly<Record<string, string>> = {}) =>
  homegroup(['start'], { PORT: '0', LOG_LEVEL: 'error', DATA_DIR: path.join(home, dataDir), ...more }, home);

const notesIn = (text: string): string[] => text.match(/note-\w+-\d+-\d+/gu) ?? [];
/** The notes of what this person was told is saved: whatever reached their screen. */
const toldTo = (person: Person): string[] => person.sees().flatMap(({ text }) => (text.includes(SAVED) ? notesIn(text) : []));

/** Checks in again and again until the program is gone. @returns every note that was sent */
async function write(person: Person, round: number): Promise<string[]> {
  const sent: string[] = [];
  try {
    for (;;) {
      sent.push(`note-${person.id}-${round}-${sent.length}`);
      await person.typeDirectly(`/checkin now mood:${sent.length % 11} note:${sent.at(-1)}`);
    }
  } catch {
    return sent;
  }
}

/** Every note in the history, page by page. */
async function historyOf(person: Person): Promise<string[]> {
  const notes: string[] = [];
  await person.typeDirectly('/checkin history');
  for (;;) {
    notes.push(...notesIn(person.last().text));
    if (!person.last().buttons.includes('Earlier ones')) return notes;
    await person.press('Earlier ones');
  }
}

const WRITERS = ['rosa', 'sam', 'theo'] as const;
const comeIn = (base: string) => Promise.all(WRITERS.map((persona) => makePlayer(base, persona)));

test('what a person was told is saved is there once, whenever the process is killed', async () => {
  const told: string[] = [];
  const sent: string[] = [];
  for (let round = 1; round <= KILLS; round += 1) {
    const program = start('killed');
    const people = await comeIn(await program.playground());
    const writing = Promise.all(people.map((person) => write(person, round)));
    await pause(randomInt(0, 800));
    await program.signal('SIGKILL');
    sent.push(...(await writing).flat());
    told.push(...people.flatMap(toldTo));
  }

  const program = start('killed');
  const base = await program.playground();
  const kept = (await Promise.all((await comeIn(base)).map(historyOf))).flat();
  const metrics = await (await fetch(new URL('/metrics', base))).text();
  await program.signal('SIGTERM');

  process.stderr.write(`${KILLS} kills: ${sent.length} sent, ${told.length} told that it is saved, ${kept.length} kept.\n`);
  expect(metrics).toContain('process_resident_memory_bytes');
  expect(metrics).not.toMatch(/note-|rosa|sam\b|theo/iu);
  expect(told.length).toBeGreaterThan(KILLS / 3);
  expect(kept).toHaveLength(new Set(kept).size);
  expect(told.filter((note) => !kept.includes(note))).toEqual([]);
  expect(kept.filter((note) => !sent.includes(note))).toEqual([]);
}, 1_200_000);

test('a database that was being made when the process was killed is made again', async () => {
  for (const moment of [300, 1500, 4000]) {
    const program = start('begun');
    await pause(moment);
    await program.signal('SIGKILL');
  }
  const program = start('begun');
  const person = await makePlayer(await program.playground(), 'sam');
  await person.typeDirectly('/checkin now mood:5');
  expect(person.last().text).toContain(SAVED);
  await program.signal('SIGTERM');
}, 1_200_000);

describe('beside another', () => {
  let first: Program;
  let base: string;
  beforeAll(async () => {
    first = start('shared');
    base = await first.playground();
  }, 1_200_000);
  afterAll(() => first.signal('SIGTERM'));

  test.each([
    [
      'on the same directory',
      () => start('shared'),
      /^\nThe database in .+ is in use by another Homegroup process\. Stop that one first, or set DATABASE_URL[^\n]+\n\n$/u,
    ],
    [
      'on the same port',
      () => start('begun', { PORT: new URL(base).port }),
      /^\nPort \d+ on 127\.0\.0\.1 is taken by another program\. Stop that program, or set PORT[^\n]+\n\n$/u,
    ],
  ])('a process %s is refused with a sentence, and the first goes on', async (_, second, sentence) => {
    const { code, out, err } = await second().ended;
    expect(err).toMatch(sentence);
    expect({ code, out }).toEqual({ code: 1, out: expect.not.stringContaining('Homegroup is running') });
    const person = await makePlayer(base, 'sam');
    await person.typeDirectly('/checkin now mood:5');
    expect(person.last().text).toContain(SAVED);
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it cleanly, whoever is connected, and keeps what was said',
  async (signal) => {
    // It would warn that it cut somebody off after a grace: then it was held back.
    const program = start('stopped', { LOG_LEVEL: 'warn' });
    const base = await program.playground();
    const person = await makePlayer(base, 'sam');
    await person.typeDirectly(`/checkin now note:before-${signal}`);
    expect(person.last().text).toContain(SAVED);
    const idle = net.connect(Number(new URL(base).port), '127.0.0.1');
    await once(idle, 'connect');

    // The idle connection, the person's event stream and their kept-alive connection stay open on this side.
    expect(await program.signal(signal)).toMatchObject({ code: 0, err: '' });
    idle.destroy();

    const next = start('stopped');
    const again = await makePlayer(await next.playground(), 'sam');
    await again.typeDirectly('/checkin history');
    expect(again.last().text).toContain(`before-${signal}`);
    await next.signal('SIGTERM');
  },
  600_000,
);

test('SIGTERM while it makes its database is waited for, so that nothing is left half made', async () => {
  const program = start('early', { LOG_LEVEL: 'info' });
  while (!program.err.includes('Making the embedded database')) await pause(10);
  expect(await program.signal('SIGTERM')).toMatchObject({ code: 0 });
  expect(program.err).toContain('Migrations were applied.');
}, 1_200_000);
