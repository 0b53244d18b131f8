import { setTimeout as pause } from 'node:timers/promises';
import { type PostgresServer, serverExists, startPostgres } from '../support/postgres-server.js';
import { freeze } from '../support/process/freeze.js';
import { discordPlatform, type Platform, slackPlatform } from '../support/process/platforms.js';
import { homegroup, type Program } from '../support/process/program.js';
import type { Person } from '../support/stage.js';
import { temporaryFolder } from '../support/temporary.js';
import { TEST_KEY } from '../support/world.js';

/** What people see while PostgreSQL is stopped, or hangs, under the real program on Discord and Slack. */

const SAVED = 'Your check-in is saved.';
const AWAY = "I can't save or look up anything right now. Nothing was lost and nothing was sent.";
/** Milliseconds until a person has their answer, a hanging database included. */
const PATIENCE = 40_000;

const home = temporaryFolder();
const times = (person: Person, words: string) => person.sees().filter(({ text }) => text.includes(words)).length;

async function until(holds: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Not in time: ${what()}`);
    await pause(20);
  }
}

/** Does it, and waits for one more message with these words. */
async function answered(person: Person, act: () => Promise<void>, words: string): Promise<void> {
  const before = times(person, words);
  await act();
  await until(
    () => times(person, words) > before,
    () =>
      `${person.name} sees no further "${words}", but:\n${person
        .sees()
        .map(({ text }) => text)
        .join('\n---\n')}`,
  );
}

async function formOpens(person: Person): Promise<void> {
  await person.type('/checkin now');
  await until(
    () => person.form() !== undefined,
    () => `${person.name} has no form open.`,
  );
}

const required = process.env.CI === 'true';
if (!serverExists && !required)
  console.warn('No PostgreSQL server is installed here: what people see while it is away is not tested.');

(serverExists || required ? describe : describe.skip)('while PostgreSQL', () => {
  let server: PostgresServer;
  let program: Program;
  const platforms = new Map<string, Platform>();

  beforeAll(async () => {
    server = await startPostgres();
    platforms.set('Discord', await discordPlatform()).set('Slack', await slackPlatform());
    const settings = Object.assign({}, ...[...platforms.values()].map((platform) => platform.settings), {
      PORT: '0',
      LOG_LEVEL: 'warn',
      DATABASE_URL: server.url,
      ENCRYPTION_KEY: TEST_KEY,
    }) as Record<string, string>;
    await homegroup(['register'], settings, home).ended;
    program = homegroup(['start'], settings, home);
    await program.says(/Homegroup is connected to Discord and Slack/u);
  }, 180_000);
  afterAll(async () => {
    const { code, err } = await program.signal('SIGTERM');
    for (const platform of platforms.values()) await platform.close();
    server.remove();
    expect(code).toBe(0);
    expect(err).not.toContain('what I wrote');
  });

  interface Place {
    readonly platform: Platform;
    readonly ana: Person;
    readonly ben: Person;
  }
  const places: Place[] = [];
  /** On both platforms at once: a hanging database is waited for once. */
  const everywhere = (act: (place: Place) => Promise<void>) => Promise.all(places.map(act));

  beforeAll(async () => {
    for (const platform of platforms.values())
      places.push({ platform, ana: platform.person('Ana', { admin: true }), ben: platform.person('Ben') });
    await everywhere(async ({ ana }) => {
      await answered(ana, () => ana.type('/community setup zone:Europe/Lisbon language:en country:PT'), 'Portugal');
      for (let number = 1; number <= 8; number += 1)
        await answered(ana, () => ana.type(`/checkin now note:earlier-${number}`), `earlier-${number}`);
      await answered(ana, () => ana.type('/checkin history'), 'earlier-8');
    });
  }, 180_000);

  /** Everything that can be done without a database, and what becomes of the rest. */
  const goesOn = (note: string) =>
    everywhere(async ({ ana, ben }) => {
      const lines = times(ben, '112');
      await ben.type('/crisis');
      await until(
        () => times(ben, '112') > lines,
        () => `Ben sees no crisis line of Portugal: ${ben.last().text}`,
      );
      // A person here cannot be asked now; that is said, and the lines are named again.
      await answered(ben, () => ben.press('Ask a person here'), AWAY);
      await answered(ben, () => ben.type('/help'), '/checkin');
      await formOpens(ana);
      await answered(ana, () => ana.fill({ mood: '7', note }), AWAY);
      const answer = ana.last();
      expect(answer.text).toContain(note);
      expect(answer.onlyMe).toBe(true);
      expect(answer.buttons).toContain('Try again');
      await answered(ana, () => ana.press('Try again'), AWAY);
      await answered(ana, () => ana.press('Earlier ones'), AWAY);
      expect(times(ben, note)).toBe(0);
    });

  const worksAgain = (note: string) =>
    everywhere(async ({ ana }) => {
      await answered(ana, () => ana.press('Try again'), SAVED);
      await answered(ana, () => ana.press('Earlier ones'), 'earlier-1');
      await answered(ana, () => ana.type('/checkin history'), note);
      expect(ana.last().text.split(note)).toHaveLength(2);
      expect(program.process.exitCode).toBeNull();
    });

  test('is stopped, help is there, nothing that was written is lost, and all works again when it is back', async () => {
    server.stop();
    try {
      await goesOn('what I wrote while it was stopped');
    } finally {
      server.start();
    }
    await worksAgain('what I wrote while it was stopped');
  }, 300_000);

  test('hangs, first responses come in time, and all works again when it goes on', async () => {
    const thaw = await freeze(server.url);
    try {
      await goesOn('what I wrote while it hung');
    } finally {
      thaw();
    }
    await worksAgain('what I wrote while it hung');
  }, 180_000);

  test('broke no rule of the platforms', () => {
    expect(places.flatMap(({ platform }) => platform.faults())).toEqual([]);
  });

  test('is away when the program starts: it starts all the same, helps, and saves once the server is there', async () => {
    const discord = await discordPlatform();
    const settings = { ...discord.settings, PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: server.url, ENCRYPTION_KEY: TEST_KEY };
    await homegroup(['register'], settings, home).ended;
    server.stop();
    let away = true;
    const late = homegroup(['start'], settings, home);
    try {
      await late.says(/Homegroup is connected to Discord/u);
      const cara = discord.person('Cara');
      await answered(cara, () => cara.type('/crisis country:PT'), '112');
      await answered(cara, () => cara.type('/checkin now mood:5 note:early'), AWAY);
      server.start();
      away = false;
      for (let tries = 0; times(cara, SAVED) === 0 && tries < 40; tries++) {
        await pause(500);
        if (cara.last().buttons.includes('Try again')) await cara.press('Try again');
      }
      await answered(cara, () => cara.type('/checkin history'), 'early');
      expect(cara.last().text.split('early')).toHaveLength(2);
    } finally {
      if (away) server.start();
      const { code, err } = await late.signal('SIGTERM');
      await discord.close();
      expect({ code, said: /cannot be used \(.*Until the database is there, \/crisis and \/help answer/u.test(err) }).toEqual({
        code: 0,
        said: true,
      });
    }
  }, 180_000);
});
