import type { Platform, Router } from '../../src/chat/index.js';
import { makeDiscordStage } from './discord/stage.js';
import { makePlaygroundStage } from './playground/stage.js';
import { makeSlackStage } from './slack/stage.js';
import type { Person, Stage } from './stage.js';

/** Every adapter, each on a platform of its own that it reaches over real sockets. */
export const stages: readonly { readonly name: string; readonly platform: Platform; readonly make: () => Promise<Stage> }[] = [
  { name: 'discord', platform: 'discord', make: () => makeDiscordStage() },
  { name: 'slack, socket mode', platform: 'slack', make: () => makeSlackStage('socket') },
  { name: 'slack, signed http', platform: 'slack', make: () => makeSlackStage('http') },
  { name: 'playground', platform: 'playground', make: () => makePlaygroundStage() },
];

/** Runs a suite once for each adapter, connected to what `open` gives; ends each with the platform having no complaint. */
export function onEveryStage(
  open: () => Promise<{ readonly router: Router; close(): Promise<void> }>,
  suite: (stage: () => Stage, platform: Platform) => void,
): void {
  describe.each(stages)('$name', ({ make, platform }) => {
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
