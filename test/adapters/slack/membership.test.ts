import type { Banned, BotMoved } from '../../../src/chat/index.js';
import { until } from '../../schedule/support/world.js';
import { closeStages, stageWith } from './stages.js';

/** Who is still in a Slack workspace, asked one at a time. */

afterEach(async () => {
  expect(await closeStages()).toEqual([]);
});

async function asked(mode: 'socket' | 'http') {
  const { stage, slack, ana } = await stageWith({}, mode);
  const { membership } = stage.adapter;
  if (!membership) throw new Error('Slack tells who is there.');
  return { slack, membership, space: stage.space, ana: ana.id };
}

test('somebody is there until their account is closed', async () => {
  const { slack, membership, space, ana } = await asked('socket');
  expect(await membership.isMember(space, ana)).toEqual({ ok: true, isMember: true });
  slack.disable(ana);
  expect(await membership.isMember(space, ana)).toEqual({ ok: true, isMember: false });
  expect(await membership.isMember(space, 'U0NOBODY')).toEqual({ ok: true, isMember: false });
});

test('nothing is said of anybody while Slack fails or has no time, nor of whom it does not show us', async () => {
  const { slack, membership, space, ana } = await asked('socket');
  slack.world.hidden.add(ana);
  expect(await membership.isMember(space, ana)).toEqual({ ok: false, why: 'hidden' });
  slack.world.hidden.delete(ana);
  slack.fail(1, 503, 'users.info');
  expect(await membership.isMember(space, ana)).toEqual({ ok: false, why: 'busy' });
  slack.fail(1, 429, 'users.info');
  expect(await membership.isMember(space, ana)).toEqual({ ok: false, why: 'busy', after: 1000 });
});

test.each(['socket', 'http'] as const)('that the app is removed is heard at once, by %s', async (mode) => {
  const { slack, membership, space, ana } = await asked(mode);
  const moves: (Banned | BotMoved)[] = [];
  membership.watch((moved) => moves.push(moved));
  await slack.uninstall();
  await until(() => moves.length > 0);
  expect(moves).toEqual([{ space, isThere: false }]);
  expect(await membership.isMember(space, ana)).toEqual({ ok: false, why: 'removed' });
});
