import { z } from 'zod';
import { makeHelp } from '../../../commands/help.js';
import { commands } from '../../../commands/index.js';
import type { AnyCommand } from '../../../src/chat/index.js';
import { offlineContext, read, selects } from './offline.js';

type Reader = Parameters<typeof offlineContext>[0];
const help = commands.find(({ path }) => path[0] === 'help') as AnyCommand;
const say = async (typed: unknown, reader?: Reader) =>
  help.run({ topic: help.params.topic.schema.parse(typed) }, offlineContext({ commands, ...reader }));

test('is private, for everyone, without a database, and never asks first', () => {
  expect(help).toMatchObject({ path: ['help'], role: 'anyone', reply: 'private', offline: true });
  expect(help.params.topic.required).toBe(false);
});

test.each([
  ['en', 'If you need help now: /crisis', 'I am software, not a person and not a professional.'],
  ['es', 'Si necesitas ayuda ahora: /crisis', 'Soy un programa, no una persona ni un profesional.'],
])('help is the first thing in %s, and software is the last', async (language, first, last) => {
  for (const topic of [undefined, 'checkin', 'crisis', 'nothing like it']) {
    const all = read(await say(topic, { language })).split('\n');
    expect(all[0]).toBe(first);
    expect(all.at(-1)).toContain(last);
  }
});

test('a member is told what a member may say, and nothing hidden', async () => {
  const text = read(await say(undefined));
  for (const name of ['/crisis', '/help']) expect(text).toContain(`- ${name}: `);
  expect(text).toMatch(/^- \/checkin: .*\(now,.* history,/mu);
  expect(text).toMatch(/^- \/privacy: .*\(show, consent, export, erase\)/mu);
  expect(text).not.toContain('create');
  expect(text).not.toContain('/community');
  expect(text).not.toContain('/home');
});

test.each([
  ['an administrator', { admin: true }],
  ['a coordinator', { roles: ['coordinator'] as const }],
])('%s may set the community up', async (_who, reader) => {
  expect(read(await say(undefined, reader))).toMatch(/^- \/community.*\bsetup\b/mu);
  expect(read(await say('community setup', reader))).toContain('# /community setup');
});

test('a facilitator may not, and is not told of it', async () => {
  const text = read(await say('community', { roles: ['facilitator'] }));
  expect(text).toContain('I do not know that topic.');
  expect(text).not.toContain('/community');
});

test.each(['checkin', '/checkin', ' CheckIn '])('a root with several commands lists them: %p', async (typed) => {
  const text = read(await say(typed));
  expect(text).toContain('# /checkin\n');
  expect(text).toContain('- /checkin now: ');
  expect(text).toContain('- /checkin history: ');
});

test.each(['checkin now', '/checkin  NOW'])(
  'one command says what it asks for, how it is said, and who sees it: %p',
  async (typed) => {
    const text = read(await say(typed));
    expect(text).toContain('# /checkin now');
    expect(text).toMatch(/^- mood \(if you like\): .* From 0 to 10\.$/mu);
    expect(text).toMatch(/^- halt .* Pick from: .*Hungry.* or /mu);
    expect(text).toContain('For example: /checkin now mood:5');
    expect(text).toContain('Only you see the answer.');
  },
);

test('a root with one command that may be said is that command', async () => {
  expect(read(await say('meeting'))).toContain('# /meeting find');
  expect(read(await say('crisis'))).toContain('For example: /crisis country:');
});

test('an unknown topic brings the nearest ones, and is not repeated', async () => {
  const text = read(await say('chekin'));
  expect(text).toMatch(/- \/checkin (?:now|history): /u);
  expect(read(await say('please somebody talk to me'))).not.toContain('please somebody');
  expect(read(await say('y'.repeat(4000)))).toContain('- /crisis: ');
});

test('the list to read more needs nothing that is kept in the database', async () => {
  const [select] = selects(await say(undefined));
  expect(select).toMatchObject({ act: { path: ['help'] }, param: 'topic' });
  for (const { value } of select?.options ?? []) expect(read(await say(value))).toContain(`# /${value}`);
});

test('every topic can be read by whoever may say it, in both languages', async () => {
  for (const language of ['en', 'es']) {
    for (const { path } of commands.filter(({ hidden }) => !hidden)) {
      const text = read(await say(path.filter(Boolean).join(' '), { language, admin: true, roles: ['coordinator'] }));
      expect(text).not.toMatch(/undefined|\{|\}/u);
    }
  }
});

test('completion offers roots and commands that can be typed', async () => {
  const offered = (await help.params.topic.suggest?.('/check', 'en'))?.map(({ value }: { value: string }) => value);
  const subs = commands.filter(({ path, hidden }) => path[0] === 'checkin' && !hidden).map(({ path }) => `checkin ${path[1]}`);
  expect(subs).toContain('checkin now');
  expect(offered).toEqual(['checkin', ...subs]);
});

test('with very many commands the overview stays one screen', async () => {
  const schema = z.string().optional();
  const many: AnyCommand[] = Array.from({ length: 40 }, (_, i) => ({
    path: i % 2 ? ['checkin', 'now'] : ['privacy', 'show'],
    role: 'anyone',
    reply: 'public',
    params: { p: { kind: 'text', required: false, schema } },
    run: async () => ({ summary: '', blocks: [] }),
  }));
  const crowded = makeHelp(() => many);
  const reply = await crowded.run({ topic: undefined }, offlineContext({ commands: many }));
  expect(reply.blocks.filter(({ kind }: { kind: string }) => kind === 'list')).toHaveLength(1);
  expect(selects(reply)[0]?.options.map(({ value }) => value)).toEqual(['privacy', 'checkin']);
});
