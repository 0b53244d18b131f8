import { newestAnswer, type Person, type Seen, type SeenForm } from '../stage.js';
import { checkView } from './blocks.js';
import type { LoopbackSlack } from './loopback.js';
import { fillIn, inputsOf, keepTyped, seenField } from './modal.js';
import { type Control, controlsOf, type Mark, Renderer } from './render.js';
import { place } from './response-url.js';
import { blocksOf, COMMON, type Json, type Posted, type User, type View } from './world.js';

export interface SlackPerson extends Person {
  /** Opens the app's Home tab. */
  openHome(): Promise<void>;
  /** Everything on the screen that is more than literal words. */
  marks(): readonly Mark[];
}

/** What the client needs of the app under test. */
export interface Desk {
  readonly slack: LoopbackSlack;
  /** Resolves when the app has answered everything. */
  idle(): Promise<void>;
  /** Whether the workspace knows `/name`. */
  knows(command: string): boolean;
}

type Source = Posted | View;
interface Shown {
  readonly source: Source;
  readonly body: Json;
  readonly seen: Seen;
  readonly marks: readonly Mark[];
}

const isView = (source: Source): source is View => 'body' in source;

/** As Slack's client sends it with `should_escape`: three characters as entities, and mentions by id. */
function escapeTyped(text: string, users: Iterable<User>): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replace(/<(?!@[UW][A-Z0-9]+(?:\|[^>]*)?>|!subteam\^)/gu, '&lt;')
    .replace(/(<[@!][^<>]*>)|>/gu, (_, entity) => entity ?? '&gt;');
  return [...users]
    .sort((a, b) => b.name.length - a.name.length)
    .reduce(
      (line, { id, name }) =>
        line.replaceAll(new RegExp(`(^|[\\s:])@${name}(?![\\p{L}\\p{N}])`, 'giu'), `$1<@${id}|${name.toLowerCase()}>`),
      escaped,
    );
}

/** Files of a message; a view has none. */
const filesOf = (source: Source): Seen['files'] =>
  isView(source) ? [] : (source.files ?? []).map(({ id, name, alt }) => ({ name, alt, ref: id }));

/** One person at Slack's client. */
export function makePerson(desk: Desk, user: User): SlackPerson {
  const { slack } = desk;
  const { world } = slack;
  const renderer = new Renderer(world);
  let problems: Readonly<Record<string, string>> = {};

  const openForms = () => world.modals.get(user.id) ?? [];
  const form = (): View | undefined => openForms().at(-1);

  function show(source: Source, where: Seen['where'], onlyMe: boolean): Shown {
    const body: Json = isView(source) ? source.body : { blocks: source.blocks };
    const fallback = isView(source) ? '' : source.text;
    const { text, marks } = renderer.message(fallback, blocksOf(body));
    const preview = renderer.notification(fallback);
    const controls = controlsOf(body);
    const buttons = controls.filter(({ type }) => type === 'button').map(({ label }) => label);
    const options = controls.flatMap((control) => control.options.map(({ label }) => label));
    return {
      source,
      body,
      marks: [...marks, ...preview.marks],
      seen: { text, buttons, options, where, onlyMe, preview: preview.text, files: filesOf(source) },
    };
  }

  function screen(): Shown[] {
    const direct = world.directs.get(user.id);
    const messages = world.messages
      .filter(
        ({ channel, onlyFor, gone }) =>
          !gone && (channel === COMMON || channel === direct) && (onlyFor === undefined || onlyFor === user.id),
      )
      .map((message) =>
        show(
          message,
          message.channel === COMMON ? 'channel' : 'direct',
          message.channel === direct || message.onlyFor !== undefined,
        ),
      );
    const home = world.homes.get(user.id);
    const all = home ? [...messages, show(home, 'home', true)] : messages;
    return all.sort((a, b) => a.source.born - b.source.born);
  }

  const newestFirst = () => screen().sort((a, b) => b.source.changed - a.source.changed);

  async function send(type: 'slash_commands' | 'interactive' | 'events_api', payload: Json): Promise<Json> {
    const ack = await slack.deliver(type, payload);
    await desk.idle();
    return ack ?? {};
  }

  async function slash(line: string, channel: string): Promise<void> {
    const [, command = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/u.exec(line) ?? [];
    if (!desk.knows(command)) {
      world.post({ channel, onlyFor: user.id, text: `${command || line} is not a valid command.`, blocks: [] });
      return;
    }
    const ack = await send(
      'slash_commands',
      slack.payloads.command(user, channel, command, escapeTyped(rest, world.users.values())),
    );
    if (ack.text !== undefined) place(world, { channel, user: user.id }, ack);
  }

  async function act(source: Source, action: Json): Promise<void> {
    await send('interactive', slack.payloads.press(user, source, action));
  }

  const button = ({ actionId, blockId, raw }: Control): Json => ({
    type: 'button',
    action_id: actionId,
    block_id: blockId,
    text: raw.text,
    value: raw.value,
  });

  function find(match: (control: Control) => boolean): { shown: Shown; control: Control } | undefined {
    for (const shown of newestFirst()) {
      const control = controlsOf(shown.body).find(match);
      if (control) return { shown, control };
    }
    return undefined;
  }

  /** The message from which a forged or forgotten press claims to come. */
  const somewhere = (): Source =>
    newestFirst()[0]?.source ?? {
      ts: '1.000001',
      channel: COMMON,
      onlyFor: user.id,
      text: '',
      blocks: [],
      changed: 0,
      born: 0,
      gone: false,
    };

  function applyAck(view: View, ack: Json, typed: Parameters<typeof keepTyped>[1]): void {
    const close = () =>
      world.modals.set(
        user.id,
        openForms().filter(({ id }) => id !== view.id),
      );
    problems = {};
    switch (ack.response_action) {
      case undefined:
        if (Object.keys(ack).length > 0) slack.fault(`A submission was acknowledged with ${Object.keys(ack).join(', ')}.`);
        close();
        return;
      case 'clear':
        return void world.modals.set(user.id, []);
      case 'errors':
        problems = readErrors(view, ack.errors);
        keepTyped(view, typed);
        return;
      case 'update':
      case 'push': {
        for (const problem of checkView(ack.view)) slack.fault(`response_action: ${problem}`);
        if (ack.response_action === 'update') close();
        world.open(user.id, ack.view as Json, false);
        return;
      }
      default:
        slack.fault(`response_action ${String(ack.response_action)} does not exist.`);
    }
  }

  function readErrors(view: View, errors: unknown): Record<string, string> {
    const names = inputsOf(view).map(({ name }) => name);
    const all = Object.entries((errors ?? {}) as Record<string, string>);
    if (all.length === 0) slack.fault('response_action errors held no error.');
    for (const [name] of all.filter(([name]) => !names.includes(name)))
      slack.fault(`response_action errors named ${name}, which is no input of the form.`);
    return Object.fromEntries(all);
  }

  async function suggestions(view: View, name: string, actionId: string, typed: string): Promise<readonly Json[]> {
    const ack = await send('interactive', slack.payloads.suggest(user, view, name, actionId, typed));
    const options = (ack.options ?? []) as Json[];
    if (options.length > 100) slack.fault('More than 100 options were suggested.');
    return options;
  }

  return {
    name: user.name,
    id: user.id,
    type: (line) => slash(line, COMMON),
    typeDirectly: (line) => slash(line, world.direct(user.id)),
    async press(label) {
      const found = find(({ type, label: own }) => type === 'button' && own === label);
      if (!found)
        throw new Error(
          `${user.name} sees no button "${label}". Buttons: ${
            screen()
              .flatMap(({ seen }) => seen.buttons)
              .join(', ') || 'none'
          }.`,
        );
      await act(found.shown.source, button(found.control));
    },
    pressRaw: (id) =>
      act(somewhere(), {
        type: 'button',
        action_id: 'press:0',
        block_id: 'blk0',
        text: { type: 'plain_text', text: '?' },
        value: id,
      }),
    async choose(label) {
      const found = find(({ options }) => options.some((option) => option.label === label));
      const option = found?.control.options.find((one) => one.label === label);
      if (!found || !option) throw new Error(`${user.name} sees no option "${label}".`);
      const { type, actionId, blockId } = found.control;
      await act(found.shown.source, { type, action_id: actionId, block_id: blockId, selected_option: option.raw });
    },
    async fill(values) {
      const view = form();
      if (!view) throw new Error(`${user.name} has no form open.`);
      const { state, refused } = await fillIn(view, values, ({ name, actionId }) => suggestions(view, name, actionId, ''));
      if (Object.keys(refused).length > 0) {
        problems = refused;
        keepTyped(view, values);
        return;
      }
      const ack = await slack.deliver('interactive', slack.payloads.submit(user, view, state));
      applyAck(view, ack ?? {}, values);
      await desk.idle();
    },
    async complete() {
      return undefined;
    },
    form(): SeenForm | undefined {
      const view = form();
      if (!view) return undefined;
      const title = renderer.text(view.body.title).text;
      return { title, fields: inputsOf(view).map(seenField), problems };
    },
    sees: () => screen().map(({ seen }) => seen),
    last() {
      const newest = newestFirst()[0];
      if (!newest) throw new Error(`${user.name} sees nothing yet.`);
      return newest.seen;
    },
    answer: () =>
      newestAnswer(
        user.name,
        newestFirst().map(({ seen }) => seen),
      ),
    async open(ref) {
      const mine = screen().some(({ source }) => !isView(source) && source.files?.some(({ id }) => id === ref));
      const bytes = mine ? world.files.get(ref)?.bytes : undefined;
      if (!bytes) throw new Error(`${user.name} cannot open that file.`);
      return bytes;
    },
    rawIds: () => screen().flatMap(({ body }) => controlsOf(body).map(({ rawId }) => rawId)),
    openHome: async () => void (await send('events_api', slack.payloads.homeOpened(user))),
    marks: () => screen().flatMap(({ marks }) => marks),
  };
}
