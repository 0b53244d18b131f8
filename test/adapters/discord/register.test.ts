import { localesOf } from '../../../src/adapters/discord/commands.js';
import { DiscordSetupError, makeDiscord, toBodies } from '../../../src/adapters/discord/index.js';
import { type AnyCommand, param } from '../../../src/chat/index.js';
import { wordsFor } from '../../../src/words/index.js';
import { LoopbackDiscord } from '../../support/discord/index.js';
import { someCommands } from '../../support/discord/script.js';

const silent = { info() {}, warn() {}, error() {} };
const adapterOf = (discord: LoopbackDiscord, more: { guildId?: string; token?: string; appId?: string } = {}) =>
  makeDiscord({ token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl, log: silent, ...more });
const puts = (discord: LoopbackDiscord) => discord.rest.requests.filter(({ method }) => method === 'PUT').length;

let discord: LoopbackDiscord;
beforeEach(async () => {
  discord = await LoopbackDiscord.start();
});
afterEach(() => discord.close());

describe.each(['global', 'guild'] as const)('%s commands', (scope) => {
  const options = () => (scope === 'guild' ? { guildId: discord.guildId } : {});

  test('are published once, and again only when something changed', async () => {
    expect(await adapterOf(discord, options()).register(someCommands)).toMatchObject({ changed: true, count: 4 });
    expect(await adapterOf(discord, options()).register(someCommands)).toMatchObject({ changed: false, count: 4 });
    expect(await adapterOf(discord, options()).register([...someCommands].reverse())).toMatchObject({ count: 4 });
    expect(puts(discord)).toBe(2);
    const wider = someCommands.map((command) =>
      command.path[1] === 'now' ? { ...command, params: { ...command.params, mood: param.int({ min: 1, max: 10 }) } } : command,
    );
    expect(await adapterOf(discord, options()).register(wider)).toMatchObject({ changed: true });
    expect(discord.faults).toEqual([]);
  });
});

test('each kind of param is an option of its own kind, described in every language', () => {
  const bodies = toBodies(someCommands, 'global');
  expect(bodies.map(({ name }) => name)).toEqual(['help', 'crisis', 'checkin', 'community']);
  expect(bodies[0]).toMatchObject({
    contexts: [0, 1],
    integration_types: [0],
    options: [{ name: 'topic', type: 3, autocomplete: true, required: false }],
  });
  expect(bodies[0]?.description_localizations).toEqual({
    'en-US': wordsFor('en').t('commands.help.help'),
    'en-GB': wordsFor('en').t('commands.help.help'),
    'es-ES': wordsFor('es').t('commands.help.help'),
    'es-419': wordsFor('es').t('commands.help.help'),
  });
  expect(bodies[2]?.options?.[0]).toMatchObject({
    name: 'now',
    type: 1,
    options: [
      { name: 'mood', type: 4, min_value: 0, max_value: 10 },
      { name: 'halt', type: 3, autocomplete: true },
      { name: 'note', type: 3, max_length: 1000 },
    ],
  });
  expect(bodies[3]?.options?.[0]).toMatchObject({
    options: [
      { name: 'zone', autocomplete: true },
      { name: 'language', choices: [{ value: 'en' }, { value: 'es' }] },
      { name: 'facilitators', type: 8 },
    ],
  });
  expect(bodies[3]?.options?.[1]).toMatchObject({ options: [{ name: 'role' }, { name: 'people', type: 6 }] });
  expect(JSON.stringify(bodies)).not.toContain('"required":true');
});

test('a language is published to the readers whom it serves', () => {
  expect(localesOf('en')).toEqual(['en-US', 'en-GB']);
  expect(localesOf('es')).toEqual(['es-ES', 'es-419']);
  expect(localesOf('fr')).toEqual(['fr']);
  expect(localesOf('eo')).toEqual([]);
});

describe('what is refused says what to do', () => {
  const refusalOf = (more: Parameters<typeof adapterOf>[1]) =>
    adapterOf(discord, more)
      .register(someCommands)
      .catch((error: unknown) => error);

  test('a wrong token', async () => {
    const refused = await refusalOf({ token: 'wrong.token.altogether' });
    expect(refused).toBeInstanceOf(DiscordSetupError);
    expect(String(refused)).toMatch(/DISCORD_TOKEN/u);
  });

  test('a missing scope', async () => {
    discord.rest.refuseCommands = true;
    expect(String(await refusalOf({}))).toMatch(/applications\.commands/u);
  });

  test('a server that the bot is not in', async () => {
    expect(String(await refusalOf({ guildId: '99999999999999999' }))).toMatch(/DISCORD_GUILD_ID/u);
  });
});

describe('review', () => {
  const review = (commands: readonly AnyCommand[]) => adapterOf(discord).review(commands);
  const [help] = someCommands;
  if (!help) throw new Error('There are no commands.');

  test('finds nothing in what Discord takes', () => {
    expect(review(someCommands)).toEqual([]);
  });

  test('names what Discord would refuse', () => {
    expect(review([help, help]).join('\n')).toContain('help is defined twice');
    const [, , now] = someCommands;
    const alone: AnyCommand = { ...help, path: ['checkin'], params: {} };
    expect(review([...(now ? [now] : []), alone]).join('\n')).toContain('/checkin cannot be said alone');
    expect(() =>
      review([{ ...help, params: { topic: param.text({ shown: 'own' }), nonsense: param.text({ shown: 'own' }) } }]),
    ).toThrow('nonsense');
  });
});
