import type { Message } from '../../../src/chat/index.js';
import { TEAM } from '../../support/slack/world.js';
import { say } from '../../support/tiny-router.js';
import { closeStages, stageWith } from './stages.js';

/** The bot takes its own messages back. */

afterEach(async () => {
  expect(await closeStages()).toEqual([]);
});

async function sent(message: Message = say('Hello.')) {
  const { stage, slack, ana } = await stageWith();
  const said = await stage.adapter.send({ kind: 'direct', space: TEAM.id, user: ana.id }, message, 'once');
  return { slack, ana, stage, ref: said.ok ? said.ref : '', remover: stage.adapter.remover };
}

test('a long one goes with all of its parts', async () => {
  const blocks = Array.from({ length: 120 }, (_, at) => ({ kind: 'text' as const, text: `Line ${at}` }));
  const { ana, ref, remover } = await sent({ summary: 'Long.', blocks });
  expect(ana.sees().length).toBeGreaterThan(1);
  expect(await remover.remove(ref)).toEqual({ ok: true });
  expect(ana.sees()).toEqual([]);
  expect(await remover.remove(ref)).toEqual({ ok: false, why: 'gone' });
});

test('also from somebody who takes no more messages', async () => {
  const { slack, ana, ref, remover } = await sent();
  slack.closeDm(ana.id);
  expect(await remover.remove(ref)).toEqual({ ok: true });
  expect(ana.sees()).toEqual([]);
});

test.each([429, 500, 503] as const)('where Slack answers %s it is tried again', async (status) => {
  const { slack, ana, ref, remover } = await sent();
  slack.fail(9, status, 'chat.delete');
  expect(await remover.remove(ref)).toMatchObject({
    ok: false,
    why: 'busy',
    ...(status === 429 && { after: expect.any(Number) }),
  });
  expect(ana.sees()).toHaveLength(1);
  slack.fail(0);
  expect(await remover.remove(ref)).toEqual({ ok: true });
  expect(ana.sees()).toEqual([]);
});

test('where the app was removed it is refused, and what a reference names is not there', async () => {
  const { slack, stage, ref, remover } = await sent();
  expect(await remover.remove('D0GONE:1.2')).toEqual({ ok: false, why: 'gone' });
  expect(await remover.remove('')).toEqual({ ok: false, why: 'gone' });
  await slack.uninstall();
  expect(await remover.remove(ref)).toEqual({ ok: false, why: 'refused' });
  expect(stage.logged.join()).not.toContain(ref);
});
