import { readFileSync } from 'node:fs';
import { TABLES_ABOUT_MEMBERS } from '../../../src/core/privacy/kept.js';
import { fromRoot } from '../../../src/root.js';

/** Tables in which a row can be about one member: those that refer to one, and grants, which name an account. */
function tablesAboutMembers(schema: string): string[] {
  const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gmu)];
  return models
    .filter(([, name, body]) => name === 'Member' || name === 'RoleGrant' || /\bMember\??\s+@relation/u.test(body ?? ''))
    .map(([, name]) => name ?? '');
}

test('no table that can be about a member is forgotten by /privacy show', () => {
  const found = tablesAboutMembers(readFileSync(fromRoot('prisma', 'schema.prisma'), 'utf8'));
  expect(found.length).toBeGreaterThan(5);
  expect([...TABLES_ABOUT_MEMBERS].sort()).toEqual(found.sort());
});
