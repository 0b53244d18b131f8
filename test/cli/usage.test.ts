import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commands } from '../../commands/index.js';
import { BIN, homegroup } from '../support/process/program.js';
import { temporaryFolder } from '../support/temporary.js';

const home = temporaryFolder();
const run = (args: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
  homegroup(args, settings, home, BIN).ended;

test.each([[[]], [['help']], [['--help']]])('%j says what can be asked', async (args) => {
  const { code, out, err } = await run(args);
  for (const verb of ['start', 'register', 'manifest', 'import', 'verify-slip', 'doctor'])
    expect(out).toMatch(new RegExp(`^ {2}homegroup ${verb} +\\S`, 'mu'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.each(['nonsense', 'toString'])('the unknown verb %s is answered with what can be asked, as a mistake', async (verb) => {
  const { code, out, err } = await run([verb]);
  expect(err).toMatch(/^Usage:/u);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test.each(['start', 'register', 'manifest', 'doctor'])('%s with bad settings names each and shows none', async (verb) => {
  const { code, out, err } = await run([verb], { PORT: '70000', SLACK_BOT_TOKEN: 'xoxp-very-secret', DATA_DIR: 'data' });
  expect(err).toBe(
    '\nPORT cannot be used (5 characters: digits): expected a number from 0 to 65535.\n' +
      'SLACK_BOT_TOKEN cannot be used (16 characters: letters, other signs): expected a text that starts with xoxb-.\n\n',
  );
  expect({ code, out }).toEqual({ code: 1, out: '' });
});

test('settings are read from .env, and the environment comes before it', async () => {
  const folder = path.join(home, 'with-env');
  mkdirSync(folder);
  writeFileSync(path.join(folder, '.env'), 'SLACK_COMMAND_PREFIX=from-file-\nLOG_LEVEL=nonsense\n');
  const { code, out, err } = await homegroup(['manifest'], { LOG_LEVEL: 'info' }, folder, BIN).ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('"/from-file-checkin"');
});

describe('manifest', () => {
  const roots = [...new Set(commands.filter(({ hidden }) => !hidden).map(({ path: [root] }) => root))].sort();
  const named = (out: string, prefix: string) =>
    (JSON.parse(out).features.slash_commands as { command: string }[])
      .map(({ command }) => command.replace(`/${prefix}`, ''))
      .sort();

  test('prints JSON with every root command', async () => {
    const { code, out, err } = await run(['manifest']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(named(out, '')).toEqual(roots);
    expect(JSON.parse(out).settings.socket_mode_enabled).toBe(true);
  });

  test('puts the prefix before them, and the address where Slack reaches us', async () => {
    const { out } = await run(['manifest', '--url', 'https://bot.example.org'], { SLACK_COMMAND_PREFIX: 'hg-' });
    expect(named(out, 'hg-')).toEqual(roots);
    const { settings, features } = JSON.parse(out);
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: 'https://bot.example.org/slack/events' },
    });
    expect(features.slash_commands[0].url).toBe('https://bot.example.org/slack/events');
  });

  test.each([
    [['--url', 'http://bot.example.org'], 1, /^\n--url: expected where Slack reaches this bot/u],
    [['--colour'], 2, /^\nUnknown option '--colour'.*\n\nUsage:/su],
  ])('refuses %j with a sentence', async (args, code, sentence) => {
    const ended = await run(['manifest', ...args]);
    expect(ended.err).toMatch(sentence);
    expect(ended.err).not.toMatch(/^ {4}at /mu);
    expect(ended).toMatchObject({ code, out: '' });
  });
});
