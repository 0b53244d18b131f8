import { readFileSync } from 'node:fs';
import { commands } from '../../commands/index.js';
import { commandsPage } from '../../src/cli/commands-page.js';
import { fromRoot } from '../../src/root.js';

test('docs/commands.md is what `homegroup commands` prints', () => {
  expect(readFileSync(fromRoot('docs/commands.md'), 'utf8')).toBe(commandsPage(commands));
});

test('it names every command that can be typed, and none that cannot', () => {
  const page = commandsPage(commands);
  for (const { path, hidden } of commands) {
    const heading = `${path[1] === undefined ? '##' : '###'} /${path.filter(Boolean).join(' ')}\n`;
    expect([heading, page.includes(heading)]).toEqual([heading, !hidden]);
  }
});

test('the README says of every one what it does, alone or with the whole of its kind', () => {
  const rows = readFileSync(fromRoot('README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `/'));
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`\/([a-z -]+)`/gu)].map(([, name = '']) => name.split(' ')),
  );
  const missing = commands
    .filter(({ hidden }) => !hidden)
    .filter(
      ({ path: [root, sub] }) => !named.some(([kind, ...subs]) => kind === root && (!sub || !subs[0] || subs.includes(sub))),
    );
  expect(missing.map(({ path }) => path)).toEqual([]);
});
