import {
  type AnyCommand,
  type Capabilities,
  type Choice,
  type First,
  type Form,
  type Invocation,
  type Message,
  param,
  pathName,
  type Router,
} from '../../../src/chat/index.js';

/** What happens when something is typed, pressed or sent: by the name of the command, or the id of the button or form. */
export interface Scene {
  readonly first?: First;
  answer?(call: Invocation): Message | Promise<Message>;
}

export const say = (summary: string, blocks: Message['blocks'] = [{ kind: 'text', text: summary }]): Message => ({
  summary,
  blocks,
});
export const privately: First = { first: 'ack', show: 'private' };
export const publicly: First = { first: 'ack', show: 'public' };
export const inPlace: First = { first: 'ack', show: 'edit' };
export const asking = (form: Form): First => ({ first: 'form', form });

const command = (path: AnyCommand['path'], params: AnyCommand['params'] = {}): AnyCommand => ({
  path,
  role: 'anyone',
  reply: 'private',
  params,
  run: async () => ({ summary: '', blocks: [] }),
});

/** Small commands whose words are in the catalogue: one of each kind of option. */
export const someCommands: readonly AnyCommand[] = [
  command(['help'], { topic: param.text({ shown: 'own', suggest: (typed) => [{ value: typed, label: `${typed}!` }] }) }),
  command(['crisis'], { country: param.text({ shown: 'own' }) }),
  command(['checkin', 'now'], {
    mood: param.int({ min: 0, max: 10 }),
    halt: param.choices(['hungry', 'angry', 'lonely', 'tired'], {}),
    note: param.long({ shown: 'own', max: 1000 }),
  }),
  command(['checkin', 'history']),
  command(['community', 'setup'], {
    zone: param.zone({}),
    language: param.choice(['en', 'es'], {}),
    facilitators: param.roles({}),
  }),
  command(['community', 'roles'], {
    role: param.choice(['facilitator', 'mentor', 'coordinator'], {}),
    people: param.members({}),
  }),
  { ...command(['privacy', 'show']), hidden: true },
];

export interface ScriptedRouter extends Router {
  /** Everything that was run, in order. */
  readonly ran: Invocation[];
  readonly scenes: Map<string, Scene>;
  suggestion?: ((typed: string) => readonly Choice[] | Promise<readonly Choice[]>) | undefined;
}

const nameOf = ({ said }: Invocation): string =>
  said.kind === 'call' ? pathName(said.path) : said.kind === 'lost' ? said.root : said.id;

/** A router that keeps to the contract and does what the test says. */
export function scriptedRouter(
  scenes: Readonly<Record<string, Scene>> = {},
  commands: readonly AnyCommand[] = someCommands,
): ScriptedRouter {
  const all = new Map(Object.entries(scenes));
  const ran: Invocation[] = [];
  return {
    commands,
    scenes: all,
    ran,
    plan: (call: Invocation, _can: Capabilities) => all.get(nameOf(call))?.first ?? privately,
    check: () => [],
    async run(call) {
      ran.push(call);
      return (await all.get(nameOf(call))?.answer?.(call)) ?? say(`ran ${nameOf(call)}`);
    },
    async suggest(_call, _path, _param, typed) {
      return this.suggestion?.(typed) ?? [];
    },
  };
}
