import { enter } from '../../../src/core/members/enter.js';
import { grant, holdersOf } from '../../../src/core/members/grant.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

test('of several who name holders at once, one is right, and nobody is told of a fault', async () => {
  const caller = { platform: 'slack' as const, userId: 'U1', space: { id: 'T1' } };
  const scope = await enter(home.world, caller, home.clock.now());
  const wishes = [['U1'], ['U2', 'U1'], ['U3'], ['U1', 'U3']];
  for (let round = 0; round < 5; round++) {
    await Promise.all(wishes.map((people) => grant(scope, 'facilitator', { people, groups: ['S1'] })));
    const { people, groups } = await holdersOf(scope, 'facilitator');
    expect(wishes.map((wish) => [...wish].sort())).toContainEqual([...people].sort());
    expect(groups).toEqual(['S1']);
  }
});
