import { openStage } from '../../support/discord/open.js';
import { say } from '../../support/discord/script.js';

/** The bot takes its own messages back. */

const hello = say('Hello.');

async function sent(message = hello) {
  const stage = await openStage();
  const ana = await stage.person('Ana');
  const said = await stage.adapter.send({ kind: 'direct', space: stage.space, user: ana.id }, message, 'once');
  const ref = said.ok ? said.ref : '';
  const { remover } = stage.adapter;
  return { stage, ana, ref, remover, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

test('a long one goes with all of its parts, one after the other', async () => {
  await using set = await sent(say('Long', [{ kind: 'text', text: 'word '.repeat(3000) }]));
  const { stage, ana, ref, remover } = set;
  expect(ana.sees().length).toBeGreaterThan(2);
  expect(await remover.remove(ref)).toEqual({ ok: true });
  expect(ana.sees()).toEqual([]);
  expect(await remover.remove(ref)).toEqual({ ok: false, why: 'gone' });
  expect(stage.faults()).toEqual([]);
});

test('also from somebody who takes no more messages', async () => {
  await using set = await sent();
  const { stage, ana, ref, remover } = set;
  stage.discord.closeDm(ana.id);
  expect(await remover.remove(ref)).toEqual({ ok: true });
  expect(ana.sees()).toEqual([]);
});

test.each([
  [404, { ok: false, why: 'gone' }],
  [403, { ok: false, why: 'refused' }],
  [429, { ok: false, why: 'busy', after: expect.any(Number) }],
  [500, { ok: false, why: 'busy' }],
])('where Discord answers %s', async (status, said) => {
  await using set = await sent();
  const { stage, ana, ref, remover } = set;
  // The library asks again by itself after a 500.
  stage.discord.fail(status === 500 ? 10 : 1, status, /messages\/\d+$/u, 1.5);
  expect(await remover.remove(ref)).toEqual(said);
  expect(ana.sees()).toHaveLength(1);
  stage.discord.rest.heal();
  if (said.why !== 'busy') return;
  await new Promise((resolve) => setTimeout(resolve, status === 429 ? 1_600 : 0));
  expect(await remover.remove(ref)).toEqual({ ok: true });
  expect(ana.sees()).toEqual([]);
});

test('a thread that is archived is woken up for it; one that is locked keeps what it has', async () => {
  await using set = await sent();
  const { stage, ana, remover } = set;
  const to = {
    kind: 'thread',
    space: stage.space,
    channel: stage.channel,
    user: ana.id,
    title: 'Note',
    mark: '0a1b2c3d',
  } as const;
  const refs = [];
  for (const once of ['one', 'two']) {
    const said = await stage.adapter.send(to, hello, once);
    refs.push(said.ok ? said.ref : '');
  }
  const [thread] = [...stage.discord.world.threads.values()];
  Object.assign(thread ?? {}, { archived: true });
  expect(await remover.remove(refs[0] ?? '')).toEqual({ ok: true });
  Object.assign(thread ?? {}, { archived: true, locked: true });
  expect(await remover.remove(refs[1] ?? '')).toEqual({ ok: false, why: 'refused' });
  expect(ana.sees().filter(({ where }) => where === 'thread')).toHaveLength(1);
  expect(stage.faults()).toEqual([]);
});
