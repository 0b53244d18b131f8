import { commands } from '../../commands/index.js';
import { problemsWith } from '../../src/chat/ask.js';
import { type Param, pathName } from '../../src/chat/index.js';
import { wordsFor } from '../../src/words/index.js';

const free = commands.flatMap((command) =>
  (Object.entries(command.params) as [string, Param][])
    .filter(([, { kind }]) => kind === 'text' || kind === 'long')
    .map(([name, param]) => ({ command, name, param, at: `${pathName(command.path)}.${name}` })),
);
const atOnce = (...shown: string[]) => free.filter(({ param }) => shown.includes(param.shown ?? ''));

test('of all free text it is decided who reads it', () => {
  expect(free.filter(({ param }) => param.shown === undefined).map(({ at }) => at)).toEqual([]);
  expect(free.length).toBeGreaterThan(80);
});

test('text with links for everybody comes only from those who lead', () => {
  const open = atOnce('led').filter(({ command }) => command.role === 'anyone' && !command.asksRoles);
  expect(open.map(({ at }) => at)).toEqual([]);
});

test('what goes to others carries no invitation and no address of an app, and says what to do', () => {
  for (const { command, name, param, at } of atOnce('others')) {
    const said = (text: string) => problemsWith(wordsFor('en'), command, [[name, param]], { [name]: text });
    expect({ at, said: said('discord.gg/abc') }).toMatchObject({
      at,
      said: [{ message: expect.stringContaining('invitation') }],
    });
    expect({ at, said: said('tg://x/yz') }).toMatchObject({ at, said: [{ message: expect.stringContaining('https://') }] });
    expect({ at, said: said('https://a.example') }).toMatchObject({ at, said: [] });
  }
});

test('whoever looks into something reads it as it was written, and what one writes for oneself is one’s own', () => {
  for (const { param, at } of atOnce('own', 'team')) {
    const short = 'discord.gg/abc'.slice(0, param.max);
    expect({ at, read: param.schema.safeParse(short).data }).toEqual({ at, read: short });
  }
});
