import type { Seen } from '../stage.js';
import { altOf } from './files.js';
import { FLAGS } from './limits.js';
import { type Names, render } from './markdown.js';
import { type Component, inside } from './rules.js';
import type { StoredMessage, World } from './world.js';

const namesOf = (world: World): Names => ({
  person: (id) => world.accounts.get(id)?.name ?? id,
  role: (id) => id,
});

const BUTTON = 2;
const SELECT = 3;
const TEXT = 10;

/** What a component is to a person who can use it. */
export interface Control {
  readonly message: StoredMessage;
  readonly customId: string;
  readonly type: number;
  readonly label: string;
  /** What picking it gives, for an option of a select. */
  readonly value?: string;
}

const usable = ({ disabled, custom_id }: Component) => !disabled && custom_id !== undefined;

/** Buttons and options of a message, in the order in which they stand. */
export function controlsOf(message: StoredMessage): Control[] {
  return message.components.flatMap(inside).flatMap((component): Control[] => {
    if (!usable(component)) return [];
    const common = { message, customId: component.custom_id ?? '', type: component.type };
    if (component.type === BUTTON) return [{ ...common, label: component.label ?? '' }];
    if (component.type !== SELECT) return [];
    return (component.options ?? []).map(({ label, value }) => ({ ...common, label, value }));
  });
}

function sourcesOf(message: StoredMessage): string[] {
  const texts = message.components.flatMap(inside).flatMap(({ type, content }) => (type === TEXT && content ? [content] : []));
  const embeds = message.embeds.flatMap(({ title, description, fields = [], footer }) => [
    title,
    description,
    ...fields.flatMap(({ name, value }) => [name, value]),
    footer?.text,
  ]);
  return [message.content, ...embeds, ...texts].filter((text): text is string => Boolean(text));
}

/** All words of a message as its readers read them, with the markup that took effect. */
function read(world: World, message: StoredMessage) {
  const parts = sourcesOf(message).map((source) => render(source, namesOf(world)));
  return { text: parts.map(({ text }) => text).join('\n'), marks: parts.flatMap(({ marks }) => marks) };
}

/** A notification shows the content; of a layout, which has none, it may show every text. */
function preview(world: World, message: StoredMessage): string {
  if ((message.flags & FLAGS.layout) !== 0) return read(world, message).text;
  return render(message.content, namesOf(world)).text;
}

export function toSeen(world: World, message: StoredMessage): Seen {
  const controls = controlsOf(message);
  const direct = world.ownerOf(message.channel) !== undefined;
  const inThread = world.threads.has(message.channel);
  const alone = inThread && [...world.accounts.keys()].filter((user) => world.isVisible(message, user)).length === 1;
  return {
    text: message.loading ? '…' : read(world, message).text,
    buttons: controls.filter(({ type }) => type === BUTTON).map(({ label }) => label),
    options: controls.filter(({ type }) => type === SELECT).map(({ label }) => label),
    where: direct ? 'direct' : inThread ? 'thread' : 'channel',
    onlyMe: direct || alone || message.onlyFor !== undefined,
    preview: preview(world, message),
    files: message.files.map(({ name }) => ({ name, alt: altOf(message, name), ref: `${message.id}/${name}` })),
  };
}
