import type { Invocation, Message } from '../../../src/chat/index.js';
import { FORM, say } from '../../support/tiny-router.js';
import { closeStages, stageWith } from './stages.js';

const modes = ['socket', 'http'] as const;
afterEach(async () => {
  expect(await closeStages()).toEqual([]);
});

const saidKind = (kind: Invocation['said']['kind']) => (call: Invocation) => call.said.kind === kind;

describe.each(modes)('over %s', (mode) => {
  test('a slash command is understood and answered privately', async () => {
    const { router, ana, ben } = await stageWith({ run: () => say('Saved.') }, mode);
    await ana.type('/checkin now 7 note:"slept well"');
    expect(router.heard[0]?.said).toEqual({ kind: 'call', path: ['checkin', 'now'], input: { mood: '7', note: 'slept well' } });
    expect(router.heard[0]?.channel).toEqual({ id: 'C0COMMON', direct: false });
    expect(ana.last()).toMatchObject({ text: 'Saved.', onlyMe: true, where: 'channel', preview: 'Saved.' });
    expect(ben.sees()).toEqual([]);
  });

  test('a public answer is seen by everyone', async () => {
    const { ana, ben } = await stageWith({ plan: () => ({ first: 'ack', show: 'public' }), run: () => say('Welcome.') }, mode);
    await ana.type('/help');
    expect(ben.last()).toMatchObject({ text: 'Welcome.', onlyMe: false });
  });

  test('a form opens, keeps its problems beside its fields, and is answered privately when it is right', async () => {
    const { router, ana, ben } = await stageWith(
      {
        plan: ({ said }) => (said.kind === 'call' ? { first: 'form', form: FORM } : { first: 'ack', show: 'private' }),
        check: ({ said }) =>
          said.kind === 'submit' && said.input.mood === '11' ? [{ field: 'mood', message: 'From 0 to 10, please.' }] : [],
        run: () => say('Thank you.'),
      },
      mode,
    );
    await ana.type('/checkin now');
    expect(ana.form()).toMatchObject({ title: 'How are you?', problems: {} });
    expect(ana.form()?.fields.map(({ name, required }) => [name, required])).toEqual([
      ['mood', true],
      ['note', false],
      ['halt', false],
    ]);
    await ana.fill({ mood: '11' });
    expect(ana.form()?.problems).toEqual({ mood: 'From 0 to 10, please.' });
    expect(router.heard).toEqual([]);
    await ana.fill({ mood: '7', halt: ['tired'] });
    expect(ana.form()).toBeUndefined();
    expect(router.heard.find(saidKind('submit'))?.said).toEqual({
      kind: 'submit',
      id: 'm.form-1',
      input: { mood: '7', note: '', halt: ['tired'] },
    });
    expect(ana.last()).toMatchObject({ text: 'Thank you.', onlyMe: true });
    expect(ben.sees()).toEqual([]);
  });

  test('a button changes its own message, and an aside leaves it', async () => {
    const card: Message = say('Count: 0', { kind: 'buttons', buttons: [{ label: 'More', act: 'p.more' }] });
    const { stage, ana, ben } = await stageWith(
      {
        plan: ({ said }) => ({ first: 'ack', show: said.kind === 'press' ? 'edit' : 'public' }),
        run: ({ said, user }) => {
          if (said.kind !== 'press') return card;
          return user.locale === 'es-ES' ? { ...say('No es para ti.'), aside: true } : say('Count: 1');
        },
      },
      mode,
    );
    await ana.type('/help');
    await ben.press('More');
    expect(ana.sees().map(({ text }) => text)).toEqual(['Count: 1']);
    await ana.type('/help');
    const eva = await stage.person('Eva', { locale: 'es-ES' });
    await eva.press('More');
    expect(eva.last()).toMatchObject({ text: 'No es para ti.', onlyMe: true });
    expect(ana.sees().map(({ text }) => text)).toEqual(['Count: 1', 'Count: 0']);
  });

  test('App Home shows the hidden command and is published again after a press', async () => {
    let opened = 0;
    const { router, ana } = await stageWith(
      {
        run: ({ said }) => {
          if (said.kind !== 'call') return say('Noted.');
          opened += 1;
          return say(`Overview ${opened}`, { kind: 'buttons', buttons: [{ label: 'Check in', act: 'p.checkin' }] });
        },
      },
      mode,
    );
    await ana.openHome();
    expect(router.heard[0]?.said).toEqual({ kind: 'call', path: ['home'], input: {} });
    expect(router.heard[0]?.channel).toBeUndefined();
    expect(ana.last()).toMatchObject({ text: 'Overview 1', where: 'home', onlyMe: true });
    await ana.press('Check in');
    expect(ana.sees().map(({ text, where }) => [where, text])).toEqual([
      ['home', 'Overview 2'],
      ['direct', 'Noted.'],
    ]);
  });
});
