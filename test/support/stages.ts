import type { Platform, Router } from '../../src/chat/index.js';
import { makeDiscordStage } from './discord/stage.js';
import { listenPastTheLog } from './past-the-log.js';
import { makePlaygroundStage } from './playground/stage.js';
import { makeSlackStage } from './slack/stage.js';
import type { Person, Stage } from './stage.js';

interface Way {
  readonly name: string;
  readonly platform: Platform;
  /** @param strict at the platform's own pace, with its rate limits */
  readonly make: (strict: boolean) => Promise<Stage>;
}

/**
 * Sends as quickly as the platform answers. Days pass within a second in a scenario, and turns are in real time: at one
 * message a second in each channel it would mostly wait.
 */
export function unpaced<S extends Stage>(stage: S): S {
  const { send: _, ...can } = stage.adapter.can;
  const { gap: __, ...remover } = stage.adapter.remover;
  return { ...stage, adapter: { ...stage.adapter, can, remover } };
}

const ways: readonly Way[] = [
  { name: 'discord', platform: 'discord', make: () => makeDiscordStage(undefined, { voice: true }) },
  { name: 'slack, socket mode', platform: 'slack', make: (strict) => makeSlackStage('socket', { rates: strict }) },
  { name: 'slack, signed http', platform: 'slack', make: (strict) => makeSlackStage('http', { rates: strict }) },
  { name: 'playground', platform: 'playground', make: () => makePlaygroundStage() },
];

/**
 * `every-adapter`, the same `at-its-pace`, or also every way in that one has, at its pace: Slack's two differ in how a request
 * arrives and is acknowledged, and in nothing that comes after. TEST_STAGE names one way alone.
 */
type Which = 'every-adapter' | 'at-its-pace' | 'every-way-in';

/** TEST_PACE=real has every suite at its platform's pace. */
async function stageOf({ make }: Way, which: Which): Promise<Stage> {
  const strict = which !== 'every-adapter' || process.env.TEST_PACE === 'real';
  return strict ? make(true) : unpaced(await make(false));
}

function chosen(which: Which): readonly Way[] {
  const name = process.env.TEST_STAGE;
  if (name) {
    const named = ways.filter((way) => way.name === name);
    if (named.length === 0) throw new Error(`TEST_STAGE is none of: ${ways.map((way) => way.name).join('; ')}.`);
    return named;
  }
  return which === 'every-way-in' ? ways : ways.filter(({ name }) => name !== 'slack, signed http');
}

interface Behind {
  readonly router: Router;
  /** As `TestWorld` has it. */
  leaks?(wire: readonly string[]): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Runs a suite once for each adapter, on a platform of its own that it reaches over real sockets and connected to what
 * `open` gives; ends each with the platform having no complaint.
 */
export function onEveryStage(
  open: () => Promise<Behind>,
  suite: (stage: () => Stage, platform: Platform) => void,
  which: Which = 'every-adapter',
): void {
  describe.each(chosen(which))('$name', (way) => {
    let stage: Stage;
    let behind: Behind;
    let past: ReturnType<typeof listenPastTheLog>;
    beforeAll(async () => {
      past = listenPastTheLog();
      [stage, behind] = await Promise.all([stageOf(way, which), open()]);
      await stage.open(behind.router);
    });
    afterAll(async () => {
      await stage?.close();
      await behind?.close();
      past.stop();
    });
    suite(() => stage, way.platform);
    test('broke no rule of the platform', () => expect(stage.faults()).toEqual([]));
    test('had no library write past the log', () => expect(past.heard).toEqual([]));
    test('left nothing that people typed where others can read it', async () => {
      expect(await (behind.leaks?.(stage.wire()) ?? [])).toEqual([]);
    });
  });
}

/** The same with the platform's pace and limits. */
export const onEveryStageAtItsPace: typeof onEveryStage = (open, suite) => onEveryStage(open, suite, 'at-its-pace');

/**
 * The ids of what these people can press, without what is random in them: once in some hundred runs a short word stands there by chance.
 */
export const plainIds = (...people: readonly Person[]): readonly string[] =>
  people.flatMap((person) => person.rawIds().map((id) => id.replace(/(?<=[.~])(?:[\w-]{16}|[\w-]{22})(?=~|$)/gu, '')));

/** All words that a person can see now. */
export const screenOf = (person: Person): string =>
  person
    .sees()
    .map(({ text, buttons, options }) => [text, ...buttons, ...options].join('\n'))
    .join('\n---\n');
