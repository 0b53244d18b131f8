import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { mustBeAsked, readConfig, secretsOf } from '../src/config.js';
import { OperatorError } from '../src/operator.js';
import { ConfigError, settingNames } from '../src/settings.js';

type Environment = Record<string, string>;

const KEY = Buffer.alloc(32, 1).toString('base64');
const discord = { DISCORD_TOKEN: 'a-token-of-twenty-signs-or-more', DISCORD_APP_ID: '123456789012345678' };
const slack = { SLACK_BOT_TOKEN: 'xoxb-1-bot', SLACK_APP_TOKEN: 'xapp-1-app' };

function problemWith(environment: Environment): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toBeInstanceOf(OperatorError);
    return (error as Error).message;
  }
  throw new Error('It was taken.');
}

interface Setting {
  /** Needed beside it. */
  readonly with?: Environment;
  /** Settings that can be used, and what they come to. */
  readonly good: readonly (readonly [value: string, config: object])[];
  /** Ones that cannot, and how the message goes on after the name. */
  readonly bad: readonly (readonly [value: string, message: string])[];
}

const httpAddress = 'expected an address that begins with http:// or https://.';

const settings: Readonly<Record<string, Setting>> = {
  DATABASE_URL: {
    good: [
      ['postgresql://u:p@localhost:5432/d', { databaseUrl: 'postgresql://u:p@localhost:5432/d' }],
      ['postgres://u@[::1]/d?sslmode=require', { databaseUrl: 'postgres://u@[::1]/d?sslmode=require' }],
    ],
    bad: [
      ['mysql://u:p@h/d', 'cannot be used (15 characters: letters, other signs): expected postgresql://user:password@host:port/'],
      ['postgresql://u:p@h:99999999/d', 'cannot be used (29 characters: letters, digits, other signs): expected postgresql://'],
      ['postgresql://u: p@h/d', 'cannot be used (21 characters: letters, blanks, other signs): expected postgresql://'],
    ],
  },
  ERASURES_FILE: { good: [['/safe/erasures', { erasuresFile: '/safe/erasures' }]], bad: [] },
  DATA_DIR: { good: [['/var/lib/homegroup', { dataDir: '/var/lib/homegroup' }]], bad: [] },
  PORT: {
    good: [
      ['0', { port: 0 }],
      [' 8080 ', { port: 8080 }],
      ['65535', { port: 65535 }],
    ],
    bad: [
      ['65536', 'cannot be used (5 characters: digits): expected a number from 0 to 65535.'],
      ['-1', 'cannot be used (2 characters: digits, other signs): expected a number from 0 to 65535.'],
      ['80a', 'cannot be used (3 characters: letters, digits): expected a number from 0 to 65535.'],
      ['1e3', 'cannot be used (3 characters: letters, digits): expected a number from 0 to 65535.'],
    ],
  },
  HOST: {
    good: [['0.0.0.0', { host: '0.0.0.0' }]],
    bad: [['local host', 'cannot be used (10 characters: letters, blanks): expected an address without blanks.']],
  },
  PUBLIC_URL: {
    good: [['https://homegroup.example.org/', { publicUrl: 'https://homegroup.example.org' }]],
    bad: [['homegroup.example.org', `cannot be used (21 characters: letters, other signs): ${httpAddress}`]],
  },
  LOG_LEVEL: {
    good: [['silent', { logLevel: 'silent' }]],
    bad: [['loud', 'cannot be used (4 characters: letters): expected one of fatal, error, warn, info, debug, trace, silent.']],
  },
  ENCRYPTION_KEY: {
    good: [
      [KEY, { keys: { setting: KEY } }],
      [`${KEY},\n${KEY.slice(0, 43)}`, { keys: { setting: `${KEY},\n${KEY.slice(0, 43)}` } }],
    ],
    bad: [
      ['password', 'cannot be used (8 characters: letters): expected 32 random bytes in base64'],
      [`${KEY},short`, 'cannot be used (50 characters: letters, other signs): expected 32 random bytes in base64'],
    ],
  },
  ENCRYPTION_KEY_FILE: { good: [['/run/secrets/homegroup', { keys: { file: '/run/secrets/homegroup' } }]], bad: [] },
  ENCRYPTION_KEY_COMMAND: {
    good: [
      ['vault read -field=key secret/homegroup', { keys: { command: ['vault', 'read', '-field=key', 'secret/homegroup'] } }],
      [String.raw`'/opt/my tools/key' "a \"b\" $HOME" c'd'`, { keys: { command: ['/opt/my tools/key', 'a "b" $HOME', 'cd'] } }],
    ],
    bad: [[`key 'open`, 'cannot be used (9 characters: letters, blanks, other signs): expected a program and its arguments']],
  },
  PLAYGROUND: {
    good: [
      ['on', { playground: true }],
      ['off', { playground: false }],
      ['auto', { playground: true }],
    ],
    bad: [['yes', 'cannot be used (3 characters: letters): expected one of auto, on, off.']],
  },
  DISCORD_TOKEN: {
    with: { DISCORD_APP_ID: discord.DISCORD_APP_ID },
    good: [[discord.DISCORD_TOKEN, { discord: { token: discord.DISCORD_TOKEN, appId: discord.DISCORD_APP_ID } }]],
    bad: [['short', 'cannot be used (5 characters: letters): expected the bot token, which is longer.']],
  },
  DISCORD_APP_ID: {
    with: { DISCORD_TOKEN: discord.DISCORD_TOKEN },
    good: [['12345678901234567890', { discord: { token: discord.DISCORD_TOKEN, appId: '12345678901234567890' } }]],
    bad: [['homegroup', 'cannot be used (9 characters: letters): expected 17 to 20 digits.']],
  },
  DISCORD_GUILD_ID: {
    with: discord,
    good: [['98765432109876543', { discord: expect.objectContaining({ guildId: '98765432109876543' }) }]],
    bad: [['1', 'cannot be used (1 character: digits): expected 17 to 20 digits.']],
  },
  DISCORD_API_URL: {
    with: discord,
    good: [['http://127.0.0.1:1234/api', { discord: expect.objectContaining({ apiUrl: 'http://127.0.0.1:1234/api' }) }]],
    bad: [['discord.com', `cannot be used (11 characters: letters, other signs): ${httpAddress}`]],
  },
  DISCORD_VOICE: {
    with: discord,
    good: [
      ['on', { discord: expect.objectContaining({ voice: true }) }],
      ['off', { discord: expect.objectContaining({ voice: false }) }],
    ],
    bad: [['yes', 'cannot be used (3 characters: letters): expected one of on, off.']],
  },
  SLACK_BOT_TOKEN: {
    with: { SLACK_APP_TOKEN: slack.SLACK_APP_TOKEN },
    good: [['xoxb-2', { slack: { botToken: 'xoxb-2', appToken: slack.SLACK_APP_TOKEN, mode: 'socket' } }]],
    bad: [['xoxp-2', 'cannot be used (6 characters: letters, digits, other signs): expected a text that starts with xoxb-.']],
  },
  SLACK_APP_TOKEN: {
    with: { SLACK_BOT_TOKEN: slack.SLACK_BOT_TOKEN },
    good: [['xapp-2', { slack: expect.objectContaining({ appToken: 'xapp-2' }) }]],
    bad: [['xoxb-2', 'cannot be used (6 characters: letters, digits, other signs): expected a text that starts with xapp-.']],
  },
  SLACK_SIGNING_SECRET: {
    with: { SLACK_BOT_TOKEN: slack.SLACK_BOT_TOKEN, SLACK_MODE: 'http' },
    good: [['0123456789abcdef', { slack: { botToken: slack.SLACK_BOT_TOKEN, signingSecret: '0123456789abcdef', mode: 'http' } }]],
    bad: [['0123', 'cannot be used (4 characters: digits): expected the signing secret, which is longer.']],
  },
  SLACK_MODE: {
    with: { ...slack, SLACK_SIGNING_SECRET: '0123456789abcdef' },
    good: [
      ['socket', { slack: expect.objectContaining({ mode: 'socket' }) }],
      ['http', { slack: expect.objectContaining({ mode: 'http' }) }],
    ],
    bad: [['https', 'cannot be used (5 characters: letters): expected one of socket, http.']],
  },
  SLACK_API_URL: {
    with: slack,
    good: [['https://proxy.example/api/', { slack: expect.objectContaining({ apiUrl: 'https://proxy.example/api/' }) }]],
    bad: [['ftp://proxy.example', `cannot be used (19 characters: letters, other signs): ${httpAddress}`]],
  },
  SLACK_COMMAND_PREFIX: {
    good: [['hg-', { slackPrefix: 'hg-' }]],
    bad: [['HG-', 'cannot be used (3 characters: letters, other signs): expected at most 12 of a-z, 0-9, - and _.']],
  },
};

test('the playground is not opened to a network because nothing else was said', () => {
  const check = (environment: Record<string, string>) => () => mustBeAsked(readConfig(environment));
  for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'box.local'])
    expect(check({ HOST })).toThrow('Set HOST=127.0.0.1, or PLAYGROUND=on');
  for (const PLAYGROUND of ['on', 'off']) expect(check({ HOST: '0.0.0.0', PLAYGROUND })).not.toThrow();
  for (const HOST of ['127.0.0.1', '127.0.1.1', 'localhost', '::1']) expect(check({ HOST })).not.toThrow();
});

test('every setting is looked at here', () => {
  expect(Object.keys(settings).sort()).toEqual([...settingNames].sort());
});

test('with nothing set there is a playground on this machine with a database of its own', () => {
  expect(readConfig({})).toEqual({
    dataDir: './data',
    erasuresFile: 'data/erasures.txt',
    port: 3000,
    host: '127.0.0.1',
    logLevel: 'info',
    playground: true,
    playgroundAsked: false,
    slackPrefix: '',
  });
});

test('an empty setting is one that is not set', () => {
  expect(readConfig(Object.fromEntries(settingNames.map((name) => [name, ' '])))).toEqual(readConfig({}));
});

describe.each(Object.entries(settings))('%s', (name, setting) => {
  test.each(setting.good)('can be %s', (value, config) => {
    expect(readConfig({ ...setting.with, [name]: value })).toMatchObject(config);
  });

  if (setting.bad.length > 0)
    test.each(setting.bad)('cannot be %s, and the message says what was expected', (value, message) => {
      expect(problemWith({ ...setting.with, [name]: value })).toContain(`${name} ${message}`);
    });
});

test('all that is wrong is said at once', () => {
  const lines = problemWith({ PORT: 'x', LOG_LEVEL: 'x', HOST: 'x y' }).split('\n');
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(['HOST', 'LOG_LEVEL', 'PORT']);
});

test('what belongs together is asked for together', () => {
  expect(problemWith({ DISCORD_TOKEN: discord.DISCORD_TOKEN })).toMatch(/^DISCORD_TOKEN is set, but DISCORD_APP_ID is not: /u);
  expect(problemWith({ DISCORD_APP_ID: discord.DISCORD_APP_ID })).toMatch(/^DISCORD_APP_ID is set, but DISCORD_TOKEN is not: /u);
  expect(problemWith({ SLACK_APP_TOKEN: slack.SLACK_APP_TOKEN })).toMatch(
    /^SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not: /u,
  );
  expect(problemWith({ SLACK_BOT_TOKEN: 'xoxb-1' })).toMatch(/^SLACK_BOT_TOKEN is set, but SLACK_APP_TOKEN is not: Socket Mode/u);
  expect(problemWith({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_MODE: 'http' })).toMatch(
    /^SLACK_BOT_TOKEN is set, but SLACK_SIGNING_SECRET is not: HTTP mode/u,
  );
});

test('keys come from one place', () => {
  const both = { ENCRYPTION_KEY: KEY, ENCRYPTION_KEY_FILE: '/key', ENCRYPTION_KEY_COMMAND: 'key' };
  expect(() => readConfig(both)).toThrow(
    'ENCRYPTION_KEY and ENCRYPTION_KEY_FILE and ENCRYPTION_KEY_COMMAND are set: expected one of them',
  );
});

test('the playground stays off beside a real platform unless it is asked for', () => {
  for (const platform of [discord, slack]) {
    expect(readConfig(platform).playground).toBe(false);
    expect(readConfig({ ...platform, PLAYGROUND: 'on' }).playground).toBe(true);
  }
});

test('no message ever holds a value', () => {
  const marker = fc.string({ unit: fc.constantFrom(...'QXZ0789'), minLength: 12, maxLength: 40 });
  const value = fc.tuple(fc.constantFrom('', 'xoxb', 'postgresql://u:', 'http:/', ' '), marker, fc.string({ maxLength: 20 }));
  fc.assert(
    fc.property(fc.constantFrom(...settingNames), value, (name, [before, secret, after]) => {
      try {
        readConfig({ ...settings[name]?.with, [name]: `${before}${secret}${after}` });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        expect((error as Error).message).not.toContain(secret);
        expect((error as Error).message).toContain(name);
      }
    }),
    { numRuns: 500 },
  );
});

test('every secret is known as one', () => {
  const environment = {
    ...discord,
    ...slack,
    SLACK_SIGNING_SECRET: '0123456789abcdef',
    ENCRYPTION_KEY: `${KEY},${KEY.replace('A', 'B')}`,
    DATABASE_URL: 'postgresql://u:p%40ssword@h/d',
  };
  expect([...secretsOf(readConfig(environment))].sort()).toEqual(
    [
      discord.DISCORD_TOKEN,
      slack.SLACK_BOT_TOKEN,
      slack.SLACK_APP_TOKEN,
      environment.SLACK_SIGNING_SECRET,
      KEY,
      KEY.replace('A', 'B'),
      'p%40ssword',
      'p@ssword',
    ].sort(),
  );
});

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');
  const listed = [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gmu)];

  test('lists every setting, once, and no other', () => {
    expect(listed.map(([, name]) => name).sort()).toEqual([...settingNames].sort());
  });

  test('says something about each', () => {
    const lines = text.split('\n');
    for (const [line] of listed) expect(lines[lines.indexOf(line) - 1]).toMatch(/^# \S/u);
  });

  test('as it is, changes nothing', () => {
    const set = listed.filter(([line]) => !line.startsWith('#')).map(([, name, value]) => [name, value]);
    expect(readConfig(Object.fromEntries(set))).toEqual(readConfig({}));
  });
});
