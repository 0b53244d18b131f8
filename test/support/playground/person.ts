import type { Shown } from '../../../src/adapters/playground/wire.js';
import type { Choice } from '../../../src/chat/index.js';
import { newestAnswer, type Person } from '../stage.js';
import { actsOf, seen, seenForm } from './read.js';
import type { Screen } from './screen.js';

/** Sends an act, and resolves with the answer once every screen has caught up with it. */
export type Do = (act: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

/** Opens a file at an address relative to the page. */
export type Open = (src: string) => Promise<Uint8Array>;

const noFiles: Open = () => Promise.reject(new Error('This person cannot open files.'));

/** A persona played through the endpoints that the page uses. */
export function makePerson(name: string, screen: Screen, act: Do, open: Open = noFiles): Person {
  const id = screen.persona;
  const newest = () => [...screen.messages.values()].sort((a, b) => b.changed - a.changed);
  const world = () => {
    if (!screen.world) throw new Error(`The stream of ${id} has not begun.`);
    return screen.world;
  };
  const reader = () => {
    const found = world().personas.find((persona) => persona.id === id);
    if (!found) throw new Error(`${id} is not in the world.`);
    return found;
  };
  const read = (shown: Shown) => seen(shown, reader(), world());

  function find(label: string, kind: 'button' | 'option') {
    for (const { where, id: message, ...shown } of newest()) {
      const found = actsOf({ where, id: message, ...shown }).find(
        (one) => one.label === label && (kind === 'option') === (one.value !== undefined),
      );
      if (found) return { where, message, ...found };
    }
    throw new Error(
      `${name} sees no ${kind} "${label}", only: ${newest()
        .flatMap(actsOf)
        .map((one) => one.label)
        .join(', ')}.`,
    );
  }

  return {
    name,
    id,
    async type(line) {
      await act('type', { as: id, where: 'channel', line });
    },
    async typeDirectly(line) {
      await act('type', { as: id, where: 'direct', line });
    },
    async press(label) {
      const { where, message, id: pressed } = find(label, 'button');
      await act('press', { as: id, id: pressed, message, where });
    },
    async pressRaw(raw) {
      await act('press', { as: id, id: raw });
    },
    async choose(label) {
      const { where, message, id: chosen, value } = find(label, 'option');
      await act('choose', { as: id, id: chosen, message, where, values: [value] });
    },
    async fill(values) {
      if (!screen.form) throw new Error(`${name} has no form open.`);
      const { form } = screen.form;
      const known = new Set(form.fields.map((field) => field.name));
      for (const field of Object.keys(values))
        if (!known.has(field)) throw new Error(`The form has no field ${field}, only: ${[...known].join(', ')}.`);
      const before = form.fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value] as const]));
      await act('submit', { as: id, form: form.id, input: { ...Object.fromEntries(before), ...values } });
    },
    async complete(line, param, typed) {
      const { choices } = await act('complete', { as: id, where: 'channel', line, param, typed });
      return choices as readonly Choice[];
    },
    form: () => (screen.form ? seenForm(screen.form, world()) : undefined),
    sees: () => [...screen.messages.values()].map(read),
    last() {
      const [first] = newest();
      if (!first) throw new Error(`${name} sees nothing.`);
      return read(first);
    },
    answer: () => newestAnswer(name, newest().map(read)),
    open: (ref) => open(ref.replace(/as=.*$/u, `as=${encodeURIComponent(id)}`)),
    rawIds: () => [...new Set([...screen.messages.values()].flatMap(actsOf).map((one) => one.id))],
  };
}
