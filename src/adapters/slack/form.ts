import type { types } from '@slack/bolt';
import { type Choice, type Field, type Form, type Input, type Problem, shorten } from '../../chat/index.js';
import { drawBlocks } from './draw.js';
import { LIMITS } from './limits.js';
import type { Look } from './text.js';

/** Every input has the same action; its block carries the field's name. */
const ACTION = 'field';
/** Slack has no picker for user groups, so these are looked up while the person types. */
export const GROUPS_ACTION = 'groups';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
const one = (value: Field['value']): string | undefined => (typeof value === 'string' ? value || undefined : value?.[0]);
const many = (value: Field['value']): readonly string[] =>
  typeof value === 'string' ? value.split(/\s+/u).filter(Boolean) : (value ?? []);

export const option = ({ value, label }: Choice): types.PlainTextOption => ({
  text: plain(shorten(label, LIMITS.optionLabel)),
  value,
});
const initial = <K extends string, V>(name: K, value: V | undefined): { [_ in K]?: V } =>
  value === undefined || (Array.isArray(value) && value.length === 0) ? {} : ({ [name]: value } as { [_ in K]: V });

const isUser = (id: string) => /^[UW][A-Z0-9]+$/u.test(id);

function choiceInput(field: Field): types.StaticSelect | types.MultiStaticSelect {
  const options = (field.choices ?? []).slice(0, LIMITS.selectOptions).map(option);
  const chosen = options.filter(({ value }) => value !== undefined && many(field.value).includes(value));
  return field.kind === 'choices'
    ? { type: 'multi_static_select', action_id: ACTION, options, ...initial('initial_options', chosen) }
    : { type: 'static_select', action_id: ACTION, options, ...initial('initial_option', chosen[0]) };
}

function textInput(field: Field): types.PlainTextInput {
  const max = Math.min(field.max ?? LIMITS.inputText, LIMITS.inputText);
  return {
    type: 'plain_text_input',
    action_id: ACTION,
    multiline: field.kind === 'long',
    max_length: max,
    ...initial('initial_value', one(field.value)?.slice(0, max)),
  };
}

/** `nameOf` is what is known of a user group's name without asking Slack: a form has no time for that. */
function groupsInput(field: Field, nameOf: (id: string) => string): types.MultiExternalSelect {
  const chosen = many(field.value).map((value) => option({ value, label: nameOf(value) }));
  return { type: 'multi_external_select', action_id: GROUPS_ACTION, min_query_length: 0, ...initial('initial_options', chosen) };
}

function inputOf(field: Field, nameOf: (id: string) => string): types.InputBlockElement {
  switch (field.kind) {
    case 'text':
    case 'long':
      return textInput(field);
    case 'choice':
    case 'choices':
      return choiceInput(field);
    case 'member':
      return { type: 'users_select', action_id: ACTION, ...initial('initial_user', many(field.value).filter(isUser)[0]) };
    case 'members':
      return {
        type: 'multi_users_select',
        action_id: ACTION,
        ...initial('initial_users', [...many(field.value).filter(isUser)]),
      };
    case 'roles':
      return groupsInput(field, nameOf);
  }
}

/** What was typed for a picker and is nobody that it could show. The hint keeps it before the person's eyes. */
const unpicked = ({ kind, value }: Field): readonly string[] =>
  kind === 'member' || kind === 'members' ? many(value).filter((id) => !isUser(id)) : [];

function inputBlock(field: Field, nameOf: (id: string) => string): types.InputBlock {
  const hint = [...(field.help ? [field.help] : []), ...unpicked(field).map((typed) => `“${typed}”?`)].join(' ');
  return {
    type: 'input',
    block_id: field.name,
    optional: !field.required,
    label: plain(shorten(field.label, LIMITS.inputLabel)),
    element: inputOf(field, nameOf),
    ...(hint && { hint: plain(shorten(hint, LIMITS.inputLabel)) }),
  };
}

/** @param metadata opaque to Slack; comes back with the answers. */
export function drawForm(form: Form, metadata: string, look: Look): types.ModalView {
  const intro = form.intro === undefined ? [] : drawBlocks({ summary: '', blocks: [{ kind: 'text', text: form.intro }] }, look);
  return {
    type: 'modal',
    callback_id: form.id,
    private_metadata: metadata,
    title: plain(shorten(form.title, LIMITS.modalTitle)),
    submit: plain(shorten(form.submit, LIMITS.modalTitle)),
    blocks: [...intro, ...form.fields.map((field) => inputBlock(field, look.groupName))],
  };
}

/** One entry of `view.state.values`, as Slack sends it. */
interface Answer {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly { readonly value?: string }[];
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
}

export type ViewState = { readonly values: Readonly<Record<string, Readonly<Record<string, Answer>>>> };

/** What was left empty is the empty text or the empty list, so that it replaces what was there before. */
function readAnswer(answer: Answer): string | readonly string[] {
  if (answer.selected_options) return answer.selected_options.map(({ value }) => value ?? '');
  if (answer.selected_users) return answer.selected_users;
  return answer.value ?? answer.selected_option?.value ?? answer.selected_user ?? '';
}

export function readForm(state: ViewState): Input {
  return Object.fromEntries(
    Object.entries(state.values).map(([field, answers]) => [field, readAnswer(Object.values(answers)[0] ?? {})]),
  );
}

/** The body of the acknowledgement that keeps the form open. Slack refuses names that are not in the form. */
export function fieldErrors(problems: readonly Problem[], state: ViewState): Readonly<Record<string, string>> {
  const fields = Object.keys(state.values);
  const errors: Record<string, string> = {};
  for (const { field, message } of problems) {
    const name = fields.includes(field) ? field : fields[0];
    if (name !== undefined) errors[name] = errors[name] ? `${errors[name]} ${message}` : message;
  }
  return errors;
}
