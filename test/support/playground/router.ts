import type { AnyCommand } from '../../../src/chat/index.js';
import {
  type Capabilities,
  type Form,
  type Invocation,
  type Message,
  type Path,
  param,
  type Router,
} from '../../../src/chat/index.js';

const unused = async () => ({ summary: '', blocks: [] });
const define = (path: Path, params: AnyCommand['params'], reply: AnyCommand['reply'] = 'private'): AnyCommand => ({
  path,
  params,
  reply,
  role: 'anyone',
  run: unused,
});

const commands: readonly AnyCommand[] = [
  define(['help'], { topic: param.text({ shown: 'own' }) }),
  define(['checkin', 'now'], {
    mood: param.int({ min: 0, max: 10 }),
    craving: param.int({ min: 0, max: 10 }),
    note: param.long({ shown: 'own' }),
  }),
  define(['community', 'setup'], { zone: param.zone({ required: true }), facilitators: param.roles({}) }),
];

const line = (text: string): Message => ({ summary: text, blocks: [{ kind: 'text', text }] });

const card = (votes: number): Message => ({
  summary: 'A card.',
  blocks: [
    { kind: 'text', text: `Votes: ${votes}` },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Vote', act: 'vote', style: 'primary' },
        { label: 'Ask me', act: 'ask' },
        { label: 'Whisper', act: 'aside' },
      ],
    },
    {
      kind: 'select',
      placeholder: 'Pick one',
      act: 'pick',
      param: 'pick',
      options: [
        { value: 'a', label: 'Apples' },
        { value: 'b', label: 'Bread' },
      ],
    },
  ],
});

const form: Form = {
  id: 'form-1',
  title: 'How are you',
  intro: 'Everything here can be skipped.',
  submit: 'Save',
  fields: [
    { name: 'mood', label: 'Mood, 0 to 10', kind: 'text', required: true, max: 2 },
    {
      name: 'halt',
      label: 'Which of these',
      kind: 'choices',
      required: false,
      choices: [
        { value: 'hungry', label: 'Hungry' },
        { value: 'tired', label: 'Tired' },
      ],
    },
    {
      name: 'share',
      label: 'Share it',
      kind: 'choice',
      required: false,
      choices: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
    },
    { name: 'with', label: 'Who knows', kind: 'member', required: false },
    { name: 'note', label: 'In a line', help: 'Only you see this.', kind: 'long', required: false },
  ],
};

/** A router of a few sentences, for what the playground does with any router. */
export function makeSmallRouter(): Router & { readonly heard: readonly Invocation[] } {
  const heard: Invocation[] = [];
  let votes = 0;

  function firstOf({ said }: Invocation): ReturnType<Router['plan']> {
    if (said.kind === 'call' && said.path[0] === 'checkin' && Object.keys(said.input).length === 0)
      return { first: 'form', form };
    if (said.kind === 'press' && said.id === 'ask') return { first: 'form', form };
    if (said.kind === 'press' && (said.id === 'vote' || said.id === 'aside')) return { first: 'ack', show: 'edit' };
    return { first: 'ack', show: said.kind === 'call' && said.path[0] === 'community' ? 'public' : 'private' };
  }

  async function answer(call: Invocation, _can: Capabilities): Promise<Message> {
    const { said } = call;
    const standing = await call.standing();
    if (said.kind === 'lost') return line(`I do not know /${said.root}.`);
    if (said.kind === 'submit') return line(`Saved: ${JSON.stringify(said.input)}`);
    if (said.kind === 'press' && said.id === 'vote') return card(++votes);
    if (said.kind === 'press' && said.id === 'aside') return { ...line('Only for you.'), aside: true };
    if (said.kind === 'press') return line(`Pressed ${said.id}, ${said.values?.join(', ') ?? 'no value'}`);
    if (said.path[0] === 'community') return card(votes);
    if (said.path[0] === 'help')
      return line(
        `Help for ${standing.admin ? 'an admin' : 'a member'} with roles [${standing.roles.join(', ')}]: ${String(said.input.topic)}`,
      );
    return line(`Saved privately: ${JSON.stringify(said.input)}`);
  }

  return {
    heard,
    commands,
    plan: (call) => {
      heard.push(call);
      return firstOf(call);
    },
    check: ({ said }) =>
      said.kind === 'submit' && !/^\d+$/u.test(String(said.input.mood ?? ''))
        ? [{ field: 'mood', message: 'Say a number from 0 to 10.' }]
        : [],
    run: answer,
    suggest: async (_call, _path, name, typed) => [{ value: `${name}-${typed}`, label: `${typed} completed` }],
  };
}
