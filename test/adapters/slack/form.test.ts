import type { Field, Form, Invocation, Message } from '../../../src/chat/index.js';
import { FORM, say } from '../../support/tiny-router.js';
import { closeStages, stageWith } from './stages.js';

let expected: string[] = [];

afterEach(async () => {
  expect(await closeStages()).toEqual(expected.map((fault) => expect.stringContaining(fault)));
  expected = [];
});

const formWith = (...fields: Field[]): Form => ({ id: 'm.2', title: 'Title', submit: 'Send', fields });
const opening = (form: Form, run: (call: Invocation) => Message = () => say('Thanks.')) => ({
  plan: ({ said }: Invocation) =>
    said.kind === 'submit' ? ({ first: 'ack', show: 'private' } as const) : ({ first: 'form', form } as const),
  run,
});

const everyKind = (ids: { user: string; group: string }): Form =>
  formWith(
    { name: 'text', label: 'Text', kind: 'text', required: true, max: 200, value: 'was there' },
    { name: 'long', label: 'Long', kind: 'long', required: false, max: 4_000, value: 'x'.repeat(3_500) },
    { name: 'choice', label: 'Choice', kind: 'choice', required: false, choices: [{ value: 'a', label: 'A' }], value: 'a' },
    { name: 'choices', label: 'Choices', kind: 'choices', required: false, choices: [{ value: 'b', label: 'B' }], value: ['b'] },
    { name: 'member', label: 'Member', kind: 'member', required: false, value: ids.user },
    { name: 'members', label: 'Members', kind: 'members', required: false, value: [ids.user] },
    { name: 'roles', label: 'Roles', kind: 'roles', required: false, value: [ids.group] },
  );

test('every kind of field is drawn with what was given, and comes back as it stands', async () => {
  const ids = { user: 'U0WHOEVER', group: 'S0MENTORS' };
  const { router, ana } = await stageWith(opening(everyKind(ids)));
  await ana.type('/help');
  expect(ana.form()?.fields.map(({ name, value }) => [name, typeof value === 'string' ? value.length : value])).toEqual([
    ['text', 9],
    ['long', 3_000],
    ['choice', 1],
    ['choices', ['b']],
    ['member', 9],
    ['members', ['U0WHOEVER']],
    ['roles', ['S0MENTORS']],
  ]);
  await ana.fill({ long: '' });
  expect(router.heard[0]?.said).toEqual({
    kind: 'submit',
    id: 'm.2',
    input: {
      text: 'was there',
      long: '',
      choice: 'a',
      choices: ['b'],
      member: 'U0WHOEVER',
      members: ['U0WHOEVER'],
      roles: ['S0MENTORS'],
    },
  });
});

test('what was typed and is nobody stays before the eyes of who typed it', async () => {
  const { slack, router, ana } = await stageWith(
    opening(
      formWith({
        name: 'people',
        label: 'People',
        help: 'Pick them.',
        kind: 'members',
        required: false,
        value: ['nobody', 'U0BEN'],
      }),
    ),
  );
  await ana.type('/help');
  expect(ana.form()?.fields[0]?.value).toEqual(['U0BEN']);
  expect(JSON.stringify(slack.world.modals.get(ana.id)?.[0]?.body)).toContain('Pick them. “nobody”?');
  await ana.fill({});
  expect(router.heard[0]?.said).toMatchObject({ input: { people: ['U0BEN'] } });
});

test('user groups are offered while choosing', async () => {
  const { stage, router, ana } = await stageWith(
    opening(formWith({ name: 'roles', label: 'Roles', kind: 'roles', required: true })),
  );
  stage.slack.world.addGroup('S0MENTORS', 'mentors');
  await ana.type('/help');
  await expect(ana.fill({ roles: ['S0NOSUCH'] })).rejects.toThrow('does not offer');
  await ana.fill({ roles: ['S0MENTORS'] });
  expect(router.heard[0]?.said).toMatchObject({ input: { roles: ['S0MENTORS'] } });
});

test('an opened form knows its channel when it comes back, and Slack sees nothing of the answers but the form', async () => {
  const { slack, router, ana } = await stageWith(opening(FORM));
  await ana.type('/checkin now');
  const [view] = slack.world.modals.get(ana.id) ?? [];
  expect(Object.keys(JSON.parse(String(view?.body.private_metadata)))).toEqual(['channel', 'url']);
  await ana.fill({ mood: '3' });
  expect(router.heard[0]?.channel).toEqual({ id: 'C0COMMON', direct: false });
});

test('a problem with something that is not in the form is shown all the same', async () => {
  const { ana } = await stageWith({
    ...opening(FORM),
    check: () => [
      { field: 'elsewhere', message: 'Not now.' },
      { field: 'note', message: 'Too sad.' },
    ],
  });
  await ana.type('/checkin now');
  await ana.fill({ mood: '3', note: 'x' });
  expect(ana.form()?.problems).toEqual({ mood: 'Not now.', note: 'Too sad.' });
});

test('a button in a message and one in App Home can open a form', async () => {
  const { router, ana } = await stageWith({
    plan: ({ said }) => (said.kind === 'press' ? { first: 'form', form: FORM } : { first: 'ack', show: 'private' }),
    run: ({ said }) =>
      said.kind === 'submit' ? say('Saved.') : say('Overview', { kind: 'buttons', buttons: [{ label: 'Check in', act: 'p.1' }] }),
  });
  await ana.type('/help');
  await ana.press('Check in');
  await ana.fill({ mood: '1' });
  expect(ana.last()).toMatchObject({ text: 'Saved.', where: 'channel', onlyMe: true });
  await ana.openHome();
  await ana.press('Check in');
  await ana.fill({ mood: '2' });
  expect(router.heard.at(-2)?.said ?? router.heard.at(-1)?.said).toMatchObject({ kind: 'submit' });
  expect(ana.sees().map(({ where, text }) => [where, text])).toContainEqual(['direct', 'Saved.']);
});

test('the answer to a form changes the card from which it was opened, and nothing where there is no card', async () => {
  const { ana, ben } = await stageWith({
    plan: ({ said }) => {
      if (said.kind === 'submit') return { first: 'ack', show: 'edit' };
      const typed = said.kind === 'call' && said.path[0] === 'help';
      return typed ? { first: 'ack', show: 'public' } : { first: 'form', form: FORM };
    },
    run: ({ said }) =>
      said.kind === 'submit' ? say('Changed.') : say('Card', { kind: 'buttons', buttons: [{ label: 'Change', act: 'p.1' }] }),
  });
  await ana.type('/help');
  await ben.press('Change');
  await ben.fill({ mood: '1' });
  expect(ana.sees().map(({ text }) => text)).toEqual(['Changed.']);
  await ana.type('/checkin now');
  await ana.fill({ mood: '1' });
  expect(ana.sees().map(({ text, onlyMe }) => [text, onlyMe])).toEqual([
    ['Changed.', false],
    ['Changed.', true],
  ]);
  expect(ben.sees()).toHaveLength(1);
});

test('a form that Slack does not open any more is said, privately', async () => {
  const { slack, ana, ben } = await stageWith({
    plan: () => {
      slack.expire('triggers');
      return { first: 'form', form: FORM };
    },
  });
  expected = ['expired_trigger_id'];
  await ana.type('/checkin now');
  expect(ana.form()).toBeUndefined();
  expect(ana.last()).toMatchObject({ onlyMe: true, text: expect.stringContaining('not your fault') });
  expect(ben.sees()).toEqual([]);
});

test('a form opens although Slack failed once', async () => {
  const { slack, ana } = await stageWith(opening(FORM));
  slack.fail(1, 500, 'views.open');
  await ana.type('/checkin now');
  expect(ana.form()?.title).toBe('How are you?');
});

test('a choice of a select carries its value, and two hundred options are all there', async () => {
  const options = Array.from({ length: 200 }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }));
  const { router, ana } = await stageWith({
    run: () => say('Pick', { kind: 'select', placeholder: 'Which', act: 'p.s~1', param: 'which', options }),
  });
  await ana.type('/help');
  expect(ana.last().options).toHaveLength(200);
  expect(ana.rawIds()).toEqual(['p.s~1', 'p.s~1']);
  await ana.choose('Option 150');
  expect(router.heard[1]?.said).toEqual({ kind: 'press', id: 'p.s~1', values: ['v150'] });
  await ana.pressRaw('p.forged');
  expect(router.heard[2]?.said).toEqual({ kind: 'press', id: 'p.forged' });
});
