import { codeOf } from '../../src/chat/ids.js';
import {
  type Block,
  type Capabilities,
  type Ctx,
  type Invocation,
  type Message,
  makeRouter,
  param,
  type Said,
  Unavailable,
  UserError,
  worded,
} from '../../src/chat/index.js';
import { wordsFor } from '../../src/words/index.js';

const can: Capabilities = { formFields: 2, fileBytes: 9_000_000, fieldErrors: true, completion: false, zone: true };

/** A router over a database that can go away, and what it saved. */
function open() {
  const saved: unknown[] = [];
  const state = { away: false };
  const guard = () => {
    if (state.away) throw new Unavailable();
  };
  const params = {
    mood: param.int({ min: 0, max: 10 }),
    craving: param.int({ min: 0, max: 10 }),
    note: param.long({ shown: 'own' }),
  };
  const router = makeRouter<Ctx>({
    commands: [
      {
        path: ['checkin', 'now'],
        role: 'anyone',
        reply: 'private',
        params,
        async run(args) {
          await new Promise((resolve) => setImmediate(resolve));
          guard();
          saved.push(args);
          return { summary: 'saved', blocks: [{ kind: 'text', text: 'saved' }] };
        },
      },
    ],
    now: () => new Date('2026-11-20T10:00:00Z'),
    enter: async (call, _command, base) => {
      guard();
      return { ...wordsFor(call.user.locale), ...base };
    },
    allows: () => true,
    keep: async (taps) => taps.map((_tap, i) => `token${i}`),
    async find() {
      guard();
      return undefined;
    },
    greet: async () => undefined,
    isUnavailable: () => false,
    log: { error: (fields: object) => expect(fields).toBeUndefined() },
  });
  const says = (said: Said, user = 'ana'): Invocation => ({
    platform: 'slack',
    said,
    user: { id: user },
    space: { id: 'T1' },
    standing: async () => ({ admin: false, roles: [] }),
  });
  return { saved, state, router, run: (said: Said, user?: string) => router.run(says(said, user), can) };
}

const buttonsOf = (message: Message) =>
  message.blocks.flatMap((block: Block<string>) => (block.kind === 'buttons' ? block.buttons : []));
const tryAgain = (message: Message): Said => ({
  kind: 'press',
  id: buttonsOf(message).find(({ label }) => label === 'Try again')?.act ?? 'none',
});
const checkIn: Said = { kind: 'call', path: ['checkin', 'now'], input: { mood: '4', note: 'hard day' } };

test('what could not be saved is offered again, for as long as the database is away', async () => {
  const { run, state, saved } = open();
  state.away = true;
  let answer = await run(checkIn);
  for (let i = 0; i < 3; i++) {
    expect(JSON.stringify(answer)).toContain('hard day');
    answer = await run(tryAgain(answer));
  }
  state.away = false;
  await run(tryAgain(answer));
  expect(saved).toEqual([{ mood: 4, craving: undefined, note: 'hard day' }]);
});

test('"Try again" saves once, however often it is pressed', async () => {
  const { run, state, saved } = open();
  state.away = true;
  const away = await run(checkIn);
  state.away = false;
  const answers = await Promise.all([run(tryAgain(away)), run(tryAgain(away))]);
  await run(tryAgain(away));
  expect(saved).toHaveLength(1);
  expect(answers.map(({ summary }) => summary)).toContain('saved');
});

test('nobody else can try it', async () => {
  const { run, state, saved } = open();
  state.away = true;
  const away = await run(checkIn);
  expect(JSON.stringify(await run(tryAgain(away), 'ben'))).not.toContain('hard day');
  state.away = false;
  await run(tryAgain(away), 'ben');
  expect(saved).toEqual([]);
  await run(tryAgain(away));
  expect(saved).toHaveLength(1);
});

test('an outage in the second step of a form keeps what the first step was told', async () => {
  const { run, router, state } = open();
  const first = await run({ kind: 'submit', id: idOfForm(router, checkIn), input: { mood: '4', craving: '2' } });
  const next = buttonsOf(first).find(({ label }) => label === 'Continue')?.act ?? '';
  state.away = true;
  const answer = await run({ kind: 'submit', id: next.replace(/\.f/u, '.m'), input: { note: 'hard day' } });
  expect(JSON.stringify(answer)).toMatch(/Mood.*"4".*Craving.*"2".*hard day/u);
});

function idOfForm(router: ReturnType<typeof open>['router'], said: Said): string {
  const call: Invocation = { platform: 'slack', said, user: { id: 'ana' }, standing: async () => ({ admin: false, roles: [] }) };
  const press = router.plan({ ...call, said: { kind: 'press', id: `${codeOf(['checkin', 'now'])}.f0.` } }, can);
  if (press.first !== 'form') throw new Error('no form');
  return press.form.id;
}

test('a command that is gone is answered with what there is', async () => {
  const { run } = open();
  const answer = await run({ kind: 'call', path: ['checkin', 'yesterday'], input: {} });
  expect(answer.summary).toBe('Here is what /checkin can do:');
});

/** A command whose form hangs on what a button points at, and which refuses as it is told to. */
function openRefusing() {
  const saved: unknown[] = [];
  const state: { error: Error | undefined; erased: boolean; allowed: boolean } = {
    error: undefined,
    erased: false,
    allowed: true,
  };
  const params = {
    words: param.long({ shown: 'own', required: true }),
    who: worded(param.member({}), { label: 'commands.sponsor.report.params.who.label' }),
    soon: worded(param.bool({}), { label: 'chat.yes' }),
    goal: param.ref({ required: true }),
  };
  const start = () =>
    makeRouter<Ctx>({
      commands: [
        {
          path: ['goal', 'add'],
          role: 'coordinator',
          reply: 'private',
          params,
          async run(args) {
            if (state.error) throw state.error;
            saved.push(args);
            return { summary: 'saved', blocks: [] };
          },
        },
      ],
      now: () => new Date('2026-11-20T10:00:00Z'),
      enter: async (call, _command, base) => ({ ...wordsFor(call.user.locale), ...base }),
      allows: () => state.allowed,
      keep: async () => [],
      find: async (token) => (token === 'T0' ? { path: 'goal.add', input: { goal: 'g1' }, community: 'c' } : undefined),
      greet: async () => undefined,
      isErased: async () => state.erased,
      isUnavailable: () => false,
      log: { error: () => undefined },
    });
  let router = start();
  const says = (said: Said, user: string): Invocation => ({
    ...{ platform: 'slack', said, user: { id: user }, standing: async () => ({ admin: false, roles: [] }) },
  });
  const form = (id: string, user = 'ana') => {
    const first = router.plan(says({ kind: 'press', id }, user), { ...can, formFields: 5 });
    if (first.first !== 'form') throw new Error('no form');
    return first.form;
  };
  const send = (id: string, input: Record<string, unknown>, user = 'ana') =>
    router.run(says({ kind: 'submit', id, input }, user), { ...can, formFields: 5 });
  const restart = () => {
    router = start();
  };
  const button = `${codeOf(['goal', 'add'])}.f0.T0`;
  return { saved, state, form, send, restart, button };
}

const TYPED = { words: 'my sister', who: 'U7', soon: 'yes' };
const valuesOf = ({ fields }: { fields: readonly { value?: unknown }[] }) => fields.map(({ value }) => value);
const openAgain = (message: Message) => buttonsOf(message).find(({ label }) => label === 'Open the form again')?.act;

test.each([new UserError('goal.problems.past'), new Error('a fault of ours')])(
  'a form that is refused (%s) opens again with what was typed, and hangs on what it hung on',
  async (error) => {
    const { saved, state, form, send, button } = openRefusing();
    state.error = error;
    let shown = form(button);
    for (let i = 0; i < 3; i++) {
      const refusal = await send(shown.id, TYPED);
      expect(refusal).toMatchObject({ aside: true, summary: expect.not.stringContaining('my sister') });
      const facts = refusal.blocks.find((block) => block.kind === 'facts')?.facts.map(({ value }) => value);
      expect(facts).toEqual(['my sister', [{ mention: 'U7' }], 'Yes']);
      const act = openAgain(refusal) ?? '';
      expect(act).toMatch(/^[\w-]{5}\.f0\.~[\w-]{16}~T0$/u);
      expect(valuesOf(form(act, 'ben'))).not.toContain('my sister');
      shown = form(act);
      expect(valuesOf(shown)).toEqual(['my sister', 'U7', 'yes']);
    }
    state.error = undefined;
    await send(shown.id, { ...TYPED, words: 'my brother' });
    expect(saved).toEqual([{ words: 'my brother', who: 'U7', soon: true, goal: 'g1' }]);
  },
);

test('after a restart the form still hangs on what it hung on, although what was typed is gone', async () => {
  const { saved, state, form, send, button, restart } = openRefusing();
  state.error = new UserError('goal.problems.past');
  const refusal = await send(form(button).id, TYPED);
  restart();
  state.error = undefined;
  const again = form(openAgain(refusal) ?? '');
  expect(valuesOf(again)).toEqual([undefined, undefined, undefined]);
  await send(again.id, { words: 'once more' });
  expect(saved).toMatchObject([{ words: 'once more', goal: 'g1' }]);
});

test('where the form would be for nothing, what was typed is shown to be copied; to who was erased, nothing is', async () => {
  const { state, form, send, button } = openRefusing();
  const ended = form(button).id.replace('T0', 'T1');
  state.allowed = false;
  const answers = [await send(form(button).id, TYPED), await send(ended, TYPED)];
  for (const answer of answers) {
    expect(JSON.stringify(answer)).toContain('my sister');
    expect(buttonsOf(answer)).toEqual([]);
  }
  Object.assign(state, { allowed: true, erased: true, error: new UserError('goal.problems.gone') });
  expect(JSON.stringify(await send(form(button).id, TYPED))).not.toContain('my sister');
});
