import type {
  AnyCommand,
  Capabilities,
  First,
  Form,
  Invocation,
  Message,
  Params,
  Problem,
  Router,
} from '../../src/chat/index.js';
import { param } from '../../src/chat/index.js';

/** A router without a core: each test says what it plans and answers, and sees what it was asked. */

export interface TinyRouter extends Router {
  readonly heard: Invocation[];
}

export interface Script {
  plan?(call: Invocation, can: Capabilities): First;
  check?(call: Invocation): readonly Problem[];
  run?(call: Invocation): Message | Promise<Message>;
  readonly commands?: readonly AnyCommand[];
}

export const command = (path: AnyCommand['path'], params: Params = {}, hidden = false): AnyCommand => ({
  path,
  role: 'anyone',
  reply: 'private',
  params,
  ...(hidden && { hidden }),
  run: () => Promise.reject(new Error('The tiny router answers by itself.')),
});

export const COMMANDS: readonly AnyCommand[] = [
  command(['checkin', 'now'], { mood: param.int({ min: 0, max: 10 }), note: param.long({ shown: 'own', max: 1000 }) }),
  command(['checkin', 'history']),
  command(['help'], { topic: param.text({ shown: 'own' }) }),
  command(['home'], {}, true),
];

export const say = (text: string, ...more: Message['blocks']): Message => ({
  summary: text,
  blocks: [{ kind: 'text', text }, ...more],
});

export const FORM: Form = {
  id: 'm.form-1',
  title: 'How are you?',
  intro: 'Everything can be left out.',
  submit: 'Send',
  fields: [
    { name: 'mood', label: 'Mood', help: '0 to 10', kind: 'text', required: true, max: 2 },
    { name: 'note', label: 'One line', kind: 'long', required: false, max: 4000 },
    {
      name: 'halt',
      label: 'HALT',
      kind: 'choices',
      required: false,
      choices: [
        { value: 'hungry', label: 'Hungry' },
        { value: 'tired', label: 'Tired' },
      ],
    },
  ],
};

export function tinyRouter(script: Script = {}): TinyRouter {
  const heard: Invocation[] = [];
  return {
    heard,
    commands: script.commands ?? COMMANDS,
    plan: (call, can) => script.plan?.(call, can) ?? { first: 'ack', show: 'private' },
    check: (call) => script.check?.(call) ?? [],
    async run(call) {
      heard.push(call);
      return (await script.run?.(call)) ?? say('Done.');
    },
    suggest: async () => [],
  };
}
