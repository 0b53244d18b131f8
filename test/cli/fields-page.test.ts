import { existsSync, readFileSync } from 'node:fs';
import { fieldsPage } from '../../src/cli/fields-page.js';
import { Prisma } from '../../src/db/generated/client.js';
import { SEALED_PLACES } from '../../src/db/sealed.js';
import { fromRoot } from '../../src/root.js';

test('docs/fields.md is what the schema and the folders say: homegroup fields > docs/fields.md', () => {
  expect(readFileSync(fromRoot('docs', 'fields.md'), 'utf8').replaceAll('\r\n', '\n')).toBe(fieldsPage());
});

test('it has a line for every column of the database, says of each whose it is, and of each table how long', () => {
  const page = fieldsPage();
  for (const table of Object.values(Prisma.ModelName)) {
    const [, section = ''] = new RegExp(`^## ${table}$([^]*?)(?=^## |$(?![^]))`, 'mu').exec(page) ?? [];
    expect(section).toMatch(/Kept: \w/u);
    const columns = Object.keys(Prisma[`${table}ScalarFieldEnum`]).filter((name) => name !== 'id' && name !== 'communityId');
    const lines = [...section.matchAll(/^\| `(\w+)` \| .* \| (.+) \| (sealed)?(?:: [^|]+)? ?\|$/gmu)];
    expect([table, lines.map(([, column]) => column)]).toEqual([table, columns]);
    expect(lines.flatMap(([, column, , sealed]) => (sealed ? [`${table}.${column}`] : []))).toEqual(
      SEALED_PLACES.filter((place) => place.startsWith(`${table}.`)).toSorted((a, b) => {
        const at = (place: string) => columns.indexOf(place.split('.')[1] ?? '');
        return at(a) - at(b);
      }),
    );
  }
});

describe('docs/privacy.md', () => {
  const page = readFileSync(fromRoot('docs', 'privacy.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| .*`test\//u.test(line));

  test('names tests that exist, one at least for each threat', () => {
    expect(rows.length).toBeGreaterThan(25);
    const named = [...page.matchAll(/`(test\/[^`]+)`/gu)].map(([, file]) => file ?? '');
    expect(named.filter((file) => !existsSync(fromRoot(file)))).toEqual([]);
  });

  test('names code that exists', () => {
    const named = [...page.matchAll(/`((?:src|commands|docs)\/[^`\s]+)`/gu)].map(([, file]) => file ?? '');
    expect(named.filter((file) => !existsSync(fromRoot(file)))).toEqual([]);
  });
});
