import { makeSmallRouter } from '../../support/playground/router.js';
import { makePlaygroundStage } from '../../support/playground/stage.js';
import type { Stage } from '../../support/stage.js';

let stage: Stage;
let router: ReturnType<typeof makeSmallRouter>;

beforeEach(async () => {
  stage = await makePlaygroundStage();
  router = makeSmallRouter();
  await stage.open(router);
});

afterEach(async () => {
  expect(stage.faults()).toEqual([]);
  await stage.close();
});

test('a private answer is on the screen of the one who asked, and nowhere else', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/checkin now mood:7 note:"slept well"');
  expect(ana.last()).toEqual(
    expect.objectContaining({ text: 'Saved privately: {"mood":"7","note":"slept well"}', onlyMe: true, where: 'channel' }),
  );
  expect(ben.sees()).toEqual([]);
});

test('a public answer is on every screen, and the bot knows who asked from where', async () => {
  const ana = await stage.person('Ana', { admin: true, roles: ['mentors'], locale: 'es', zone: 'America/Lima' });
  const ben = await stage.person('Ben');
  await ana.type('/community setup');
  expect(ben.last()).toEqual(
    expect.objectContaining({
      text: 'Votes: 0',
      onlyMe: false,
      buttons: ['Vote', 'Ask me', 'Whisper'],
      options: ['Apples', 'Bread'],
    }),
  );
  const [call] = router.heard;
  expect(call).toEqual(
    expect.objectContaining({
      platform: 'playground',
      user: { id: 'ana', locale: 'es', zone: 'America/Lima' },
      channel: { id: stage.channel, direct: false, threads: { channel: stage.channel, allowed: true } },
    }),
  );
  expect(await call?.standing()).toEqual({ admin: true, roles: ['mentors'] });
});

test('an edit changes the message in its place, for everybody', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/community setup');
  await ben.type('hello everybody');
  await ben.press('Vote');
  expect(ana.sees().map(({ text }) => text)).toEqual(['Votes: 1', 'hello everybody']);
  expect(ana.last().text).toBe('Votes: 1');
});

test('an aside is told to the one who pressed, and the card stays as it was', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/community setup');
  await ben.press('Whisper');
  expect(ben.last()).toEqual(expect.objectContaining({ text: 'Only for you.', onlyMe: true }));
  expect(ana.sees().map(({ text }) => text)).toEqual(['Votes: 0']);
});

test('an edit without a message that the person sees becomes a private answer', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ben.pressRaw('vote');
  expect(ben.last()).toEqual(expect.objectContaining({ text: 'Votes: 1', onlyMe: true }));
  expect(ana.sees()).toEqual([]);
});

test('a choice carries its value', async () => {
  const ana = await stage.person('Ana');
  await ana.type('/community setup');
  await ana.choose('Bread');
  expect(ana.last().text).toBe('Pressed pick, b');
});

test('a form opens for one person, shows its problems beside its fields, keeps what was typed and closes when it is right', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('/checkin now');
  expect(ana.form()).toEqual(expect.objectContaining({ title: 'How are you', problems: {} }));
  expect(ana.form()?.fields.find(({ name }) => name === 'with')?.options).toEqual(expect.arrayContaining(['Ana', 'Ben']));
  expect(ben.form()).toBeUndefined();
  await ana.fill({ mood: 'lots', halt: ['tired'] });
  expect(ana.form()?.problems).toEqual({ mood: 'Say a number from 0 to 10.' });
  expect(ana.form()?.fields.find(({ name }) => name === 'halt')?.value).toEqual(['tired']);
  expect(ana.sees()).toEqual([]);
  await ana.fill({ mood: '7' });
  expect(ana.form()).toBeUndefined();
  expect(ana.last()).toEqual(expect.objectContaining({ text: 'Saved: {"mood":"7","halt":["tired"]}', onlyMe: true }));
  expect(ben.sees()).toEqual([]);
});

test('words without a slash are between people; the bot is not told', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.type('I slept badly <b>and</b> @Ben knows');
  await ana.typeDirectly('this one is to the bot only');
  expect(ben.sees().map(({ text }) => text)).toEqual(['I slept badly <b>and</b> @Ben knows']);
  expect(router.heard).toEqual([]);
});

test('what is said in the direct conversation stays there, public answers included', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben');
  await ana.typeDirectly('/community setup');
  expect(ana.last()).toEqual(expect.objectContaining({ where: 'direct', onlyMe: true }));
  expect(router.heard[0]?.channel?.direct).toBe(true);
  expect(ben.sees()).toEqual([]);
});

test('names of people and roles reach the bot as ids', async () => {
  const ana = await stage.person('Ana');
  await ana.type('/community setup facilitators:"@mentors" zone:Lima');
  await ana.type('/help @Sam');
  expect(router.heard.map(({ said }) => said.kind === 'call' && said.input)).toEqual([
    { facilitators: '<@&mentors>', zone: 'Lima' },
    { topic: '<@sam>' },
  ]);
});

test('completion comes from the router, and from who is here', async () => {
  const ana = await stage.person('Ana');
  expect(await ana.complete('/community setup ', 'zone', 'lim')).toEqual([{ value: 'zone-lim', label: 'lim completed' }]);
  expect(await ana.complete('/community setup ', 'facilitators', 'men')).toEqual([{ value: '@mentors', label: 'mentors' }]);
  expect(await ana.complete('/nothing ', 'zone', 'lim')).toEqual([]);
});

test('what nobody asked for is sent once, to its reader, and never where it cannot be delivered', async () => {
  const ana = await stage.person('Ana');
  const ben = await stage.person('Ben', { closedDirect: true });
  const nudge = { summary: 'You asked for a nudge.', blocks: [{ kind: 'text', text: 'How are you' }] } as const;
  const { space, channel, adapter } = stage;
  const first = await adapter.send({ kind: 'direct', space, user: ana.id }, nudge, 'once-1');
  expect(await adapter.send({ kind: 'direct', space, user: ana.id }, nudge, 'once-1')).toEqual(first);
  expect(ana.sees()).toEqual([
    {
      text: 'How are you',
      preview: 'You asked for a nudge.',
      buttons: [],
      options: [],
      where: 'direct',
      onlyMe: true,
      files: [],
    },
  ]);
  expect(await adapter.send({ kind: 'direct', space, user: ben.id }, nudge, 'once-2')).toEqual({ ok: false, why: 'closed' });
  expect(await adapter.send({ kind: 'direct', space, user: 'nobody' }, nudge, 'once-3')).toEqual({ ok: false, why: 'gone' });
  expect(await adapter.send({ kind: 'channel', space, channel: 'elsewhere' }, nudge, 'once-4')).toEqual({
    ok: false,
    why: 'gone',
  });
  expect(await adapter.send({ kind: 'channel', space: 'elsewhere', channel }, nudge, 'once-5')).toEqual({
    ok: false,
    why: 'gone',
  });
  expect(ben.sees()).toEqual([]);
  await adapter.send({ kind: 'channel', space, channel }, nudge, 'once-6');
  expect(ben.last()).toEqual(expect.objectContaining({ where: 'channel', onlyMe: false }));
});
