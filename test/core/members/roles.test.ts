import fc from 'fast-check';
import { type Grant, rolesHeld } from '../../../src/core/members/roles.js';

const grant = (role: Grant['role'], kind: Grant['kind'], externalId: string): Grant => ({ role, kind, externalId });
const held = (grants: readonly Grant[], holder: Partial<Parameters<typeof rolesHeld>[1]>) =>
  [...rolesHeld(grants, { userId: 'u', isAdmin: false, roles: [], ...holder })].sort();

test.each<[string, readonly Grant[], Partial<Parameters<typeof rolesHeld>[1]>, string[]]>([
  ['nobody is anything by default', [], {}, []],
  ['an admin coordinates while nobody is named', [], { isAdmin: true }, ['coordinator', 'facilitator']],
  ['an admin no longer coordinates once somebody is named', [grant('coordinator', 'role', 'r')], { isAdmin: true }, []],
  ['other grants leave the admin coordinator', [grant('mentor', 'role', 'r')], { isAdmin: true }, ['coordinator', 'facilitator']],
  ['a role carries', [grant('facilitator', 'role', 'r')], { roles: ['r'] }, ['facilitator']],
  ['a person is named', [grant('mentor', 'member', 'u')], {}, ['mentor']],
  ['a role id is not a person id', [grant('mentor', 'role', 'u')], {}, []],
  ['a coordinator can facilitate', [grant('coordinator', 'member', 'u')], {}, ['coordinator', 'facilitator']],
])('%s', (_, grants, holder, expected) => expect(held(grants, holder)).toEqual(expected));

test('an admin of one place does not coordinate a community that named somebody in another', () => {
  const admin = { userId: 'u', isAdmin: true, roles: [] };
  expect([...rolesHeld([], admin, [{ role: 'coordinator' }])]).toEqual([]);
  expect([...rolesHeld([], admin, [{ role: 'facilitator' }])]).toEqual(['coordinator', 'facilitator']);
});

test('who lost every role and is named nowhere has no power', () => {
  const anyGrant = fc.record({
    role: fc.constantFrom('mentor' as const, 'facilitator' as const, 'coordinator' as const),
    kind: fc.constantFrom('role' as const, 'member' as const),
    externalId: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(fc.property(fc.array(anyGrant), (grants) => held(grants, { userId: 'somebody-else', roles: ['z'] }).length === 0));
});
