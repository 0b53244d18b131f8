import path from 'node:path';
import { layDatabase } from '../support/db.js';
import { LoopbackDiscord } from '../support/discord/index.js';
import { homegroup, type Program } from '../support/process/program.js';
import { LoopbackSlack } from '../support/slack/index.js';
import { temporaryFolder } from '../support/temporary.js';

/** What an operator sees of their platforms: a sentence that says what to do, and never a token. */

const home = temporaryFolder();
const WRONG = 'a-wrong-token-that-is-long-enough';
let discord: LoopbackDiscord;
let slack: LoopbackSlack;
beforeAll(async () => {
  layDatabase(path.join(home, 'data', 'db'));
  discord = await LoopbackDiscord.start();
  slack = await LoopbackSlack.start();
});
afterAll(async () => {
  await discord.close();
  await slack.close();
});

const forDiscord = (more: Readonly<Record<string, string>> = {}) => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_APP_ID: discord.appId,
  DISCORD_API_URL: discord.apiUrl,
  ...more,
});
const forSlack = (more: Readonly<Record<string, string>> = {}) => ({
  SLACK_BOT_TOKEN: slack.tokens.bot,
  SLACK_APP_TOKEN: slack.tokens.app,
  SLACK_API_URL: slack.apiUrl,
  ...more,
});

async function refusal({ ended }: Program): Promise<string> {
  const { code, out, err } = await ended;
  expect(code).toBe(1);
  // The key that was made on the way is told of, although the start failed.
  expect(out).toMatch(/^(\nA key was made: \S+\n[^\n]+\n)?$/u);
  const sentences = err.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  expect(sentences).toHaveLength(1);
  for (const secret of [WRONG, discord.token, ...Object.values(slack.tokens)]) expect(err).not.toContain(secret);
  return sentences[0] ?? '';
}

const start = (settings: Readonly<Record<string, string>>) => homegroup(['start'], { PORT: '0', ...settings }, home);
const register = (settings: Readonly<Record<string, string>>) => homegroup(['register'], settings, home);

describe('register', () => {
  const puts = () => discord.rest.requests.filter(({ method }) => method === 'PUT').length;

  test('publishes once, and writes nothing when nothing changed', async () => {
    const first = await register(forDiscord()).ended;
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^Published \d+ commands to every server/u);
    expect(puts()).toBe(1);

    const second = await register(forDiscord()).ended;
    expect(second).toMatchObject({ code: 0, err: '', out: 'Nothing changed: Discord has these commands already.\n' });
    expect(puts()).toBe(1);
  });

  test('publishes to one server where one is named', async () => {
    const { out, code } = await register(forDiscord({ DISCORD_GUILD_ID: discord.guildId })).ended;
    expect(out).toMatch(new RegExp(`^Published \\d+ commands to the server ${discord.guildId}\\.\n$`, 'u'));
    expect(code).toBe(0);
  });

  test('without Discord is a sentence', async () => {
    expect(await refusal(register({}))).toMatch(/^DISCORD_TOKEN and DISCORD_APP_ID are needed to publish commands\./u);
  });

  test.each([
    ['a wrong token', { DISCORD_TOKEN: WRONG }, /^Discord refused DISCORD_TOKEN\. Copy the token anew/u],
    [
      'a server without the bot',
      { DISCORD_GUILD_ID: '98765432109876543' },
      /^Discord does not let this bot publish commands there\. Invite it/u,
    ],
    [
      'no Discord',
      { DISCORD_API_URL: 'http://127.0.0.1:9/api' },
      /^Discord could not be asked about its commands \(ECONNREFUSED\)\. Look at/u,
    ],
  ])('with %s is a sentence', async (_, more, sentence) => {
    expect(await refusal(register(forDiscord(more)))).toMatch(sentence);
  });
});

describe('start', () => {
  test.each([
    [
      'a wrong Discord token',
      () => forDiscord({ DISCORD_TOKEN: WRONG }),
      /^Discord refused DISCORD_TOKEN\. Copy the token anew/u,
    ],
    [
      'no Discord',
      () => forDiscord({ DISCORD_API_URL: 'http://127.0.0.1:9/api' }),
      /^Discord could not be reached \(.+\)\. Look at/u,
    ],
    [
      'a wrong Slack bot token',
      () => forSlack({ SLACK_BOT_TOKEN: `xoxb-${WRONG}` }),
      /^SLACK_BOT_TOKEN is not known to Slack\. Copy it again/u,
    ],
    [
      'a wrong Slack app token',
      () => forSlack({ SLACK_APP_TOKEN: `xapp-${WRONG}` }),
      /^SLACK_APP_TOKEN is not known to Slack\. Copy it again/u,
    ],
    [
      'no Slack',
      () => forSlack({ SLACK_API_URL: 'http://127.0.0.1:9/api/' }),
      /^Slack cannot be reached now\. Look at the network/u,
    ],
    ['nothing to connect', () => ({ PLAYGROUND: 'off' }), /^Nothing to connect: give tokens for Discord or Slack/u],
  ])('with %s is a sentence', async (_, settings, sentence) => {
    expect(await refusal(start(settings()))).toMatch(sentence);
  });

  test('without a scope that Slack demands is a sentence that names it', async () => {
    slack.grants.set('xoxb-poor', { kind: 'bot', scopes: ['commands', 'chat:write', 'users:read'] });
    expect(await refusal(start(forSlack({ SLACK_BOT_TOKEN: 'xoxb-poor' })))).toMatch(
      /^Slack says that the bot token lacks im:write/u,
    );
  });

  test('with good tokens connects both, and says so', async () => {
    const program = start({ ...forDiscord(), ...forSlack() });
    await program.says(/Homegroup is connected to Discord and Slack\./u);
    expect(program.out).not.toContain('Try it in your browser');
    const { code, err } = await program.signal('SIGTERM');
    expect(code).toBe(0);
    for (const secret of [discord.token, ...Object.values(slack.tokens)]) expect(err).not.toContain(secret);
  });
});
