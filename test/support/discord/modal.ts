import type { SeenForm } from '../stage.js';
import type { Component, Modal } from './rules.js';

const TEXT_INPUT = 4;
const RADIO = 21;

/** What marks a list in an id is the adapter's own business; people know the field by its name. */
const fieldName = (customId: string | undefined): string => customId?.split(':', 1)[0] ?? '';

const labelled = (modal: Modal) =>
  modal.components.flatMap((label) => (label.component ? [{ label, input: label.component }] : []));

function filledIn(input: Component): string | readonly string[] | undefined {
  if (input.type === TEXT_INPUT) return input.value;
  const defaults = [
    ...(input.options ?? []).flatMap((option) => (option.default ? [option.value] : [])),
    ...(input.default_values ?? []).map(({ id }) => id),
  ];
  if (defaults.length === 0) return undefined;
  return (input.max_values ?? 1) > 1 ? defaults : defaults[0];
}

export function toSeenForm(modal: Modal): SeenForm {
  return {
    title: modal.title,
    fields: labelled(modal).map(({ label, input }) => {
      const value = filledIn(input);
      return {
        name: fieldName(input.custom_id),
        label: label.label ?? '',
        required: input.required ?? true,
        ...(value !== undefined && { value }),
        ...(input.options && { options: input.options.map((option) => option.label) }),
      };
    }),
    problems: {},
  };
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : typeof value === 'string' ? [value] : value;

function answerText(input: Component, value: string | readonly string[] | undefined) {
  const text = listOf(value).join(', ');
  const name = fieldName(input.custom_id);
  if (text.length > (input.max_length ?? 4000))
    throw new Error(`Discord takes at most ${input.max_length} characters in "${name}".`);
  if ((input.required ?? true) && text.trim() === '') throw new Error(`Discord does not send the form without "${name}".`);
  return { value: text };
}

function answerPicks(input: Component, value: string | readonly string[] | undefined) {
  const values = listOf(value);
  const name = fieldName(input.custom_id);
  const most = input.type === RADIO ? 1 : (input.max_values ?? (input.options && input.type === 22 ? input.options.length : 1));
  const stranger = values.find((one) => input.options && !input.options.some((option) => option.value === one));
  if (stranger !== undefined) throw new Error(`Discord offers no "${stranger}" in "${name}".`);
  if (values.length > most) throw new Error(`Discord takes at most ${most} in "${name}".`);
  if ((input.required ?? true) && values.length === 0) throw new Error(`Discord does not send the form without "${name}".`);
  return input.type === RADIO ? { value: values[0] ?? null } : { values };
}

/**
 * The form as the client sends it. What is not named stays as it was filled in.
 * @throws Error where the client would not let one send it
 */
export function submission(modal: Modal, values: Readonly<Record<string, string | readonly string[]>>) {
  const fields = labelled(modal);
  const names = fields.map(({ input }) => fieldName(input.custom_id));
  const stranger = Object.keys(values).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new Error(`The form has no field "${stranger}"; it has ${names.join(', ')}.`);
  const components = modal.components.map((part, i) => {
    const input = part.component;
    if (!input) return { type: part.type, id: i + 1 };
    const value = values[fieldName(input.custom_id)] ?? filledIn(input);
    const answer = input.type === TEXT_INPUT ? answerText(input, value) : answerPicks(input, value);
    return { type: part.type, id: i + 1, component: { type: input.type, id: 100 + i, custom_id: input.custom_id, ...answer } };
  });
  return { custom_id: modal.custom_id, components };
}
