import { commands } from '../../commands/index.js';
import { makeSealer } from '../../src/app.js';
import { codeOf, readId } from '../../src/chat/ids.js';
import { type Adapter, type Address, type Message, pathName } from '../../src/chat/index.js';
import { makeNotices } from '../../src/notices/index.js';
import { makeEngine } from '../../src/schedule/engine.js';
import { settled } from '../../src/schedule/pass.js';
import { type Actor, CAN, type Direct, type Said } from './direct.js';
import type { TestWorld } from './world.js';

/** A button or the first option of a menu, as somebody was really shown it. */
export interface Drawn {
  readonly path: string;
  readonly press: Said & { readonly kind: 'press' };
  /** Where it hangs: for everybody in a channel, in a direct message to its reader, or in an answer that only they see. */
  readonly on: 'channel' | 'direct' | 'answer';
}

const pathOf = new Map(commands.map(({ path }) => [codeOf(path), pathName(path)]));

/** Every button and menu of a message. */
export function buttonsOf({ blocks }: Message, on: Drawn['on']): Drawn[] {
  const acts = blocks.flatMap((block): Drawn['press'][] => {
    if (block.kind === 'buttons') return block.buttons.map(({ act }) => ({ kind: 'press', id: act }));
    if (block.kind !== 'select') return [];
    return [{ kind: 'press', id: block.act, values: block.options.slice(0, 1).map(({ value }) => value) }];
  });
  return acts.flatMap((press) => {
    const path = pathOf.get(readId(press.id)?.code ?? '');
    return path === undefined ? [] : [{ path, press, on }];
  });
}

/** Sends everything that is due now, for good. @returns what each message showed, with whom or where it went */
export async function sent(home: TestWorld): Promise<{ to: Address; message: Message }[]> {
  const { database, world, clock } = home;
  const all: { to: Address; message: Message }[] = [];
  const send: Adapter['send'] = async (to, message) => {
    all.push({ to, message });
    return { ok: true, ref: `m${all.length}` };
  };
  const edit: Adapter['edit'] = (_ref, to, message) => send(to, message, '');
  const adapter = { platform: 'slack', can: CAN, send, edit } as Adapter;
  const seal = makeSealer({ world, commands, clock });
  const log = { info: () => undefined, warn: () => undefined, error: (fields: object) => void home.logged.push(fields) };
  const engine = makeEngine({ database, clock, adapters: [adapter], kinds: makeNotices(world), seal, log, ticks: 'when-told' });
  await engine.start();
  await engine.tick();
  await engine.idle();
  await settled({ prisma: database.prisma, clock });
  await engine.stop();
  return all;
}

/**
 * What somebody is shown who says each of these, and who goes on from there where nothing is written by it.
 * @param says what they say at first
 */
export async function answered(direct: Direct, actor: Actor, says: readonly Said[]): Promise<Drawn[]> {
  const found = new Map<string, Drawn>();
  const gather = async (said: Said): Promise<void> => {
    for (const one of buttonsOf(await direct.run(actor, said), 'answer')) if (!found.has(one.path)) found.set(one.path, one);
  };
  for (const said of says) await gather(said);
  const done = new Set<string>();
  for (let next = [...found.values()]; next.length > 0; next = [...found.values()].filter(({ path }) => !done.has(path)))
    for (const { path, press } of next) {
      done.add(path);
      if (readId(press.id)?.mode !== 'f' && (await direct.attempt(actor, press)).writes.length === 0) await gather(press);
    }
  return [...found.values()];
}
