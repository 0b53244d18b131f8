import { type Standing, Unavailable } from '../../../src/chat/index.js';
import { say } from '../../support/tiny-router.js';
import { closeStages, stageWith } from './stages.js';

afterEach(async () => {
  expect(await closeStages()).toEqual([]);
});

test('a person has a locale, a zone, powers and user groups', async () => {
  const standings: Standing[] = [];
  const { stage, router } = await stageWith({
    async run(call) {
      standings.push(await call.standing());
      return say('x');
    },
  });
  const eva = await stage.person('Eva', { admin: true, roles: ['S0COORD'], locale: 'es-ES', zone: 'Europe/Madrid' });
  const ben = await stage.person('Ben2', { roles: ['S0OTHER'] });
  await eva.type('/help');
  await ben.typeDirectly('/help');
  expect(router.heard[0]?.user).toEqual({ id: eva.id, locale: 'es-ES', zone: 'Europe/Madrid' });
  expect(router.heard[1]?.channel).toMatchObject({ direct: true });
  expect(standings).toEqual([
    { admin: true, roles: ['S0COORD'] },
    { admin: false, roles: ['S0OTHER'] },
  ]);
});

test('user groups are asked only when powers are, and everything once a minute at most', async () => {
  const { slack, ana } = await stageWith({
    async run(call) {
      if (call.said.kind === 'call' && call.said.path[0] === 'help') await call.standing();
      return say('x');
    },
  });
  const asked = (name: string) => slack.calls.filter((call) => call === name).length;
  await ana.type('/checkin history');
  await ana.type('/checkin history');
  expect([asked('users.info'), asked('usergroups.list')]).toEqual([1, 0]);
  await ana.type('/help');
  await ana.type('/help');
  expect([asked('users.info'), asked('usergroups.list')]).toEqual([1, 1]);
});

test('the form of somebody who was here before is in their language', async () => {
  const locales: (string | undefined)[] = [];
  const { stage } = await stageWith({
    plan({ user }) {
      locales.push(user.locale);
      return { first: 'ack', show: 'private' };
    },
  });
  const eva = await stage.person('Eva', { locale: 'es-ES' });
  await eva.type('/help');
  await eva.type('/help');
  expect(locales).toEqual([undefined, 'es-ES']);
});

test('where Slack does not say who somebody is, nobody has a power, and an answer comes all the same', async () => {
  let thrown: unknown;
  const { slack, ana } = await stageWith({
    async run(call) {
      thrown = await call.standing().catch((error: unknown) => error);
      return say('Come again.');
    },
  });
  slack.fail(2, 500, 'users.info');
  await ana.type('/help');
  expect(thrown).toBeInstanceOf(Unavailable);
  expect(ana.last().text).toBe('Come again.');
});

test('a workspace whose token may not read user groups has nobody in one', async () => {
  let standing: Standing | undefined;
  const { stage, slack } = await stageWith({
    async run(call) {
      standing = await call.standing();
      return say('x');
    },
  });
  const eva = await stage.person('Eva', { admin: true, roles: ['S0COORD'] });
  Object.assign(slack.grants.get(slack.tokens.bot) ?? {}, { scopes: ['commands', 'chat:write', 'im:write', 'users:read'] });
  await eva.type('/help');
  expect(standing).toEqual({ admin: true, roles: [] });
  expect(stage.logged.join()).toContain('usergroups:read');
});

test('mentions that somebody types arrive as ids', async () => {
  const { router, ana, ben } = await stageWith();
  await ana.type('/help topic:@Ben');
  expect(router.heard[0]?.said).toMatchObject({ input: { topic: `<@${ben.id}|ben>` } });
  await ana.type('/help topic:"a < b & c > d"');
  expect(router.heard[1]?.said).toMatchObject({ input: { topic: 'a < b & c > d' } });
});

test('a prefix is taken off, and put before every command that is shown', async () => {
  const { router, ana } = await stageWith(
    { run: () => ({ summary: 'x', blocks: [{ kind: 'text', text: ['Try ', { command: ['checkin', 'now'] }] }] }) },
    'socket',
    { adapter: { prefix: 'hg-' } },
  );
  await ana.type('/hg-checkin');
  expect(router.heard[0]?.said).toEqual({ kind: 'lost', root: 'checkin', words: '' });
  expect(ana.last().text).toBe('Try /hg-checkin now');
});
