import { randomUUID } from 'node:crypto';
import { enter } from '../../../src/core/members/enter.js';
import { mayBeCalled } from '../../../src/core/milestones/called.js';
import { addMilestone } from '../../../src/core/milestones/set.js';
import { shareMilestone, takeBack } from '../../../src/core/milestones/share.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const member = (userId: string, space = 'playground') =>
  enter(home.world, { platform: 'playground', userId, zone: 'UTC', space: { id: space } }, home.clock.now());

test('nobody goes by a name that only looks like another member’s, or that serves here; the same name is anybody’s', async () => {
  const [one, other, elsewhere] = [await member('one'), await member('other'), await member('three', 'elsewhere')];
  const { id } = await addMilestone(one, {});
  const consent = randomUUID();
  await shareMilestone(one, id, { consent, channel: 'C1', words: 'A month today', called: 'Sasha' });

  await expect(mayBeCalled(other, 'Ѕаѕһа')).rejects.toMatchObject({ key: 'milestone.share.names.taken' });
  await expect(mayBeCalled(other, 'Sаsha')).rejects.toMatchObject({ key: 'milestone.share.names.mixed' });
  await expect(mayBeCalled(other, 'Facilitat0r')).rejects.toMatchObject({ key: 'milestone.share.names.office' });
  for (const name of ['Sasha', 'sasha', 'Sara', 'Елена']) await mayBeCalled(other, name);
  // One's own, in another community, and of somebody who took it back.
  await mayBeCalled(one, 'Ѕаѕһа');
  await mayBeCalled(elsewhere, 'Ѕаѕһа');
  await takeBack(one, id, consent);
  await mayBeCalled(other, 'Ѕаѕһа');

  const mine = await addMilestone(other, {});
  const share = { consent: randomUUID(), channel: 'C1', words: 'Two weeks', called: 'Homegroup' };
  await expect(shareMilestone(other, mine.id, share)).rejects.toMatchObject({ key: 'milestone.share.names.office' });
});
