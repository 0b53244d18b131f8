import type { Platform, Router } from '../../src/chat/index.js';
import { makeDiscordStage } from './discord/stage.js';
import { makePlaygroundStage } from './playground/stage.js';
import { makeSlackStage } from './slack/stage.js';
import type { Person, Stage } from './stage.js';

interface Way {
  readonly name: string;
  readonly platform: Platform;
  readonly make: () => Promise<Stage>;
}

const ways: readonly Way[] = [
  { name: 'discord', platform: 'discord', make: () => makeDiscordStage() },
  { name: 'slack, socket mode', platform: 'slack', make: () => makeSlackStage('socket') },
  { name: 'slack, signed http', platform: 'slack', make: () => makeSlackStage('http') },
  { name: 'playground', platform: 'playground', make: () => makePlaygroundStage() },
];

/**
 * `every-adapter`, or also every way in that one has: Slack's two differ in how a request arrives and is acknowledged, and
 * in nothing that comes after. TEST_STAGE names one way alone.
 */
type Which = 'every-adapter' | 'every-way-in';

function chosen(which: Which): readonly Way[] {
  const name = process.env.TEST_STAGE;
  if (name) {
    const named = ways.filter((way) => way.name === name);
    if (named.length === 0) throw new Error(`TEST_STAGE is none of: ${ways.map((way) => way.name).join('; ')}.`);
    return named;
  }
  return which === 'every-way-in' ? ways : ways.filter(({ name }) => name !== 'slack, signed http');
}

/**
 * Runs a suite once for each adapter, on a platform of its own that it reaches over real sockets and connected to what
 * `open` gives; ends each with the platform having no complaint.
 */
export function onEveryStage(
  open: () => Promise<{ readonly router: Router; close(): Promise<void> }>,
  suite: (stage: () => Stage, platform: Platform) => void,
  which: Which = 'every-adapter',
): void {
  describe.each(chosen(which))('$name', ({ make, platform }) => {
    let stage: Stage;
    let behind: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      [stage, behind] = await Promise.all([make(), open()]);
      await stage.open(behind.router);
    });
    afterAll(async () => {
      await stage?.close();
      await behind?.close();
    });
    suite(() => stage, platform);
    test('broke no rule of the platform', () => expect(stage.faults()).toEqual([]));
  });
}

/** All words that a person can see now. */
export const screenOf = (person: Person): string =>
  person
    .sees()
    .map(({ text, buttons, options }) => [text, ...buttons, ...options].join('\n'))
    .join('\n---\n');
