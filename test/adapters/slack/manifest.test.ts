import { manifest } from '../../../src/adapters/slack/index.js';
import { BOT_SCOPES, LIMITS } from '../../../src/adapters/slack/limits.js';
import { review } from '../../../src/adapters/slack/review.js';
import { type AnyCommand, param } from '../../../src/chat/index.js';
import { METHODS } from '../../support/slack/methods.js';
import { COMMANDS, command } from '../../support/tiny-router.js';
import { closeStages, stageWith } from './stages.js';

afterEach(async () => {
  await closeStages();
});

test('every root is a slash command that sends mentions as ids, hidden ones are not, and each has words', () => {
  const { features } = manifest(COMMANDS, { mode: 'socket', prefix: 'hg-' });
  expect(features.slash_commands.map(({ command: name, usage_hint }) => [name, usage_hint])).toEqual([
    ['/hg-checkin', 'now | history'],
    ['/hg-help', '[topic]'],
  ]);
  for (const { command: name, description, usage_hint, should_escape, url } of features.slash_commands) {
    expect(name.length).toBeLessThanOrEqual(LIMITS.commandName);
    expect(description.length).toBeGreaterThan(10);
    expect(description.length).toBeLessThanOrEqual(LIMITS.commandDescription);
    expect(String(usage_hint).length).toBeLessThanOrEqual(LIMITS.commandUsage);
    expect([should_escape, url]).toEqual([true, undefined]);
  }
});

test('Socket Mode needs no address; HTTP mode has one everywhere', () => {
  const socket = manifest(COMMANDS, { mode: 'socket' }).settings;
  expect(socket).toMatchObject({
    socket_mode_enabled: true,
    interactivity: { is_enabled: true },
    event_subscriptions: { bot_events: ['app_home_opened', 'app_uninstalled'] },
  });
  expect(JSON.stringify(socket)).not.toContain('url');
  const http = manifest(COMMANDS, { mode: 'http', url: 'https://bot.example.org' });
  const address = 'https://bot.example.org/slack/events';
  expect(http.settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: address, message_menu_options_url: address },
    event_subscriptions: { request_url: address },
  });
  expect(http.features.slash_commands.every(({ url }) => url === address)).toBe(true);
  expect(() => manifest(COMMANDS, { mode: 'http' })).toThrow('https');
  expect(() => manifest(COMMANDS, { mode: 'http', url: 'http://bot.example.org' })).toThrow('https');
});

test('what the manifest says fits what Slack takes', () => {
  const { display_information, features, oauth_config } = manifest(COMMANDS, { mode: 'socket' });
  expect(display_information.name.length).toBeLessThanOrEqual(LIMITS.appName);
  expect(display_information.description.length).toBeLessThanOrEqual(LIMITS.appDescription);
  expect(features.bot_user.display_name.length).toBeLessThanOrEqual(LIMITS.botName);
  expect(oauth_config.scopes.bot).toEqual(BOT_SCOPES);
});

test('no scope is asked for that no method of ours needs', async () => {
  const { stage, slack, ana } = await stageWith({
    async run(call) {
      await call.standing();
      return { summary: 'x', blocks: [{ kind: 'image', png: new Uint8Array([1]), alt: 'x' }] };
    },
  });
  await ana.type('/help');
  await stage.adapter.send({ kind: 'direct', space: 'T', user: ana.id }, { summary: 'x', blocks: [] }, 'o');
  const used = slack.calls.flatMap((name) => METHODS[name]?.scope ?? []).filter((scope) => scope !== 'connections:write');
  expect(new Set(['commands', ...used])).toEqual(new Set(BOT_SCOPES));
});

describe('review', () => {
  const of = (...commands: AnyCommand[]) => review(commands, '');

  test('finds nothing in definitions that fit', () => expect(of(...COMMANDS)).toEqual([]));

  test.each<[string, AnyCommand[], RegExp]>([
    ['a long name', [command(['x'.repeat(32)])], /32 characters in a command's name/u],
    ['a name in capitals', [command(['Help'])], /lower-case/u],
    ['too many commands', Array.from({ length: 51 }, (_, i) => command([`c${i}`])), /50 commands; there are 51/u],
    ['a long choice', [command(['a'], { c: param.choice(['x'.repeat(76)], {}) })], /75 characters in a choice/u],
    [
      'too many choices',
      [command(['a'], { c: param.choice(['x', ...Array.from({ length: 100 }, (_, i) => `c${i}`)], {}) })],
      /100 choices; there are 101/u,
    ],
    [
      'too many fields',
      [command(['a'], Object.fromEntries(Array.from({ length: 91 }, (_, i) => [`p${i}`, param.text({ shown: 'own' })])))],
      /90 fields/u,
    ],
  ])('%s', (_, commands, sentence) => {
    expect(of(...commands).join()).toMatch(sentence);
  });

  test('counts the prefix', () => expect(review([command(['x'.repeat(28)])], 'hg-hg-').join()).toMatch(/32 characters/u));
});
