import { makeDiscord } from '../../../src/adapters/discord/index.js';
import type { PrivateThread } from '../../../src/chat/index.js';
import { openStage } from '../../support/discord/open.js';
import { say } from '../../support/discord/script.js';
import type { DiscordStage } from '../../support/discord/stage.js';

/** Private threads, as Discord has them: one for each person, found again whatever happened in between. */

const hello = say('Hello.');
const silent = { info() {}, warn() {}, error() {} };

const threadFor = ({ space, channel }: DiscordStage, user: string, more: Partial<PrivateThread> = {}): PrivateThread => ({
  kind: 'thread',
  space,
  channel,
  user,
  title: 'Note',
  mark: '0a1b2c3d',
  ...more,
});
const threadsOf = ({ discord }: DiscordStage, user: string) =>
  [...discord.world.threads.values()].filter(({ members }) => members.has(user));

async function opened() {
  const stage = await openStage();
  const ana = await stage.person('Ana', { closedDirect: true });
  return { stage, ana, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

test('a process that died after opening it, or after writing in it, leaves one thread and one message', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  stage.discord.fail(10, 502, /thread-members/u);
  await expect(stage.adapter.send(threadFor(stage, ana.id), hello, 'x')).rejects.toThrow();
  expect(stage.discord.world.threads.size).toBe(1);
  stage.discord.rest.heal();
  const first = await stage.adapter.send(threadFor(stage, ana.id), hello, 'x');
  const again = await stage.adapter.send(threadFor(stage, ana.id), hello, 'x');
  expect(again).toEqual(first);
  expect(stage.discord.world.threads.size).toBe(1);
  expect(ana.sees()).toHaveLength(1);
  expect(stage.faults()).toEqual([]);
});

test('several messages at once, from two processes, meet in one thread', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  const { token, appId, apiUrl } = stage.discord;
  const other = makeDiscord({ token, appId, apiUrl, log: silent });
  const both = [stage.adapter, other, stage.adapter, other];
  const sent = await Promise.all(both.map((adapter, i) => adapter.send(threadFor(stage, ana.id), hello, `m${i}`)));
  expect(new Set(sent.map((one) => one.ok && one.thread)).size).toBe(1);
  expect(threadsOf(stage, ana.id)).toHaveLength(1);
  expect(ana.sees()).toHaveLength(4);
  await other.stop();
});

test('nobody can slip a thread of their own under it', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  const { world } = stage.discord;
  const trap = {
    id: world.snowflake(),
    parent: stage.channel,
    name: 'Note 0a1b2c3d',
    invitable: true,
    archived: false,
    locked: false,
  };
  world.threads.set(trap.id, { ...trap, owner: 'mallory', members: new Set([world.botId, 'mallory']) });
  const sent = await stage.adapter.send(threadFor(stage, ana.id), hello, 'x');
  expect(sent).toMatchObject({ ok: true, thread: expect.not.stringMatching(trap.id) });
  expect(ana.sees()).toHaveLength(1);
});

test('the member is called, so that it reaches their phone, and the preview says no more than the summary', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  await stage.adapter.send(threadFor(stage, ana.id), say('A nudge.', [{ kind: 'text', text: 'Secret.' }]), 'x');
  const [message] = stage.discord.world.messages.values();
  expect(message?.pinged).toEqual([ana.id]);
  expect(ana.last().preview).toBe('@Ana A nudge.');
});

test('an archived thread is woken up to be written in, changed and joined; a locked one is not', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  const sent = await stage.adapter.send(threadFor(stage, ana.id), hello, 'x');
  if (!sent.ok || sent.thread === undefined) throw new Error('It was not sent.');
  const [thread] = threadsOf(stage, ana.id);
  const known = threadFor(stage, ana.id, { known: sent.thread });
  for (const work of [
    () => stage.adapter.edit(sent.ref, known, say('Changed.')),
    () => stage.adapter.send(known, hello, 'y'),
    () => stage.adapter.send(threadFor(stage, ana.id), hello, 'z'),
  ]) {
    Object.assign(thread ?? {}, { archived: true });
    expect(await work()).toMatchObject({ ok: true });
    expect(thread?.archived).toBe(false);
  }
  Object.assign(thread ?? {}, { archived: true, locked: true });
  expect(await stage.adapter.edit(sent.ref, known, say('Again.'))).toEqual({ ok: false, why: 'forbidden' });
  expect(await stage.adapter.send(known, hello, 'l')).toEqual({ ok: false, why: 'forbidden' });
  expect(stage.discord.world.threads.size).toBe(1);
  expect(stage.faults()).toEqual([]);
});

test('without the permission to look into the archive, another thread is opened rather than nothing sent', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  const { world } = stage.discord;
  await stage.adapter.send(threadFor(stage, ana.id), hello, 'x');
  const [old] = threadsOf(stage, ana.id);
  Object.assign(old ?? {}, { archived: true });
  world.botMay &= ~(1n << 16n);
  const sent = await stage.adapter.send(threadFor(stage, ana.id), hello, 'y');
  expect(sent).toMatchObject({ ok: true });
  expect(sent.ok && sent.thread).not.toBe(old?.id);
});

test('who left it stays out, unless it is asked for anew', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  const sent = await stage.adapter.send(threadFor(stage, ana.id), hello, 'x');
  const [thread] = threadsOf(stage, ana.id);
  thread?.members.delete(ana.id);
  const known = threadFor(stage, ana.id, { known: thread?.id ?? '' });
  expect(await stage.adapter.send(known, hello, 'y')).toEqual({ ok: false, why: 'left' });
  expect(thread?.members.has(ana.id)).toBe(false);
  expect(await stage.adapter.send(threadFor(stage, ana.id), hello, 'z')).toMatchObject({
    ok: true,
    thread: sent.ok && sent.thread,
  });
  expect(thread?.members.has(ana.id)).toBe(true);
});

test('what cannot be is said, and nothing is said anywhere else', async () => {
  await using set = await opened();
  const { stage, ana } = set;
  const { world } = stage.discord;
  const ben = await stage.person('Ben');
  const send = (to: PrivateThread) => stage.adapter.send(to, hello, 'x');
  expect(await send(threadFor(stage, '99999999999999999'))).toEqual({ ok: false, why: 'gone' });
  expect(await send(threadFor(stage, ana.id, { channel: '99999999999999999', mark: 'ffff' }))).toEqual({
    ok: false,
    why: 'gone',
  });
  const might = world.botMay;
  world.botMay = 1n << 10n;
  expect(await send(threadFor(stage, ana.id, { mark: 'eeee' }))).toEqual({ ok: false, why: 'forbidden' });
  world.botMay = might;
  const sent = await send(threadFor(stage, ana.id));
  world.textChannels.delete(stage.channel);
  expect(await send(threadFor(stage, ana.id, { known: (sent.ok && sent.thread) || '' }))).toEqual({ ok: false, why: 'gone' });
  expect([...ana.sees(), ...ben.sees()]).toEqual([]);
});
