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
