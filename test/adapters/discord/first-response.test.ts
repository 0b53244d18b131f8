import { makeDiscordStage } from '../../support/discord/index.js';
import { button, openStage } from '../../support/discord/open.js';
import { asking, inPlace, privately, publicly, say, scriptedRouter } from '../../support/discord/script.js';

test('a private answer is seen by nobody else', async () => {
  await using stage = await openStage({ crisis: { first: privately, answer: () => say('Only for you.') } });
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/crisis');
  expect(ana.last()).toMatchObject({ text: 'Only for you.', onlyMe: true, where: 'channel' });
  expect(ben.sees()).toEqual([]);
  expect(stage.faults()).toEqual([]);
});
