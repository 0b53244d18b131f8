import { FLAGS, LIMITS } from './limits.js';
import { invalidForm, Refusal } from './refusal.js';

/** A component as it came: its type says which of these it has. */
export interface Component {
  type: number;
  custom_id?: string;
  label?: string;
  description?: string;
  placeholder?: string;
  content?: string;
  style?: number;
  url?: string;
  disabled?: boolean;
  required?: boolean;
  value?: string;
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  options?: { label: string; value: string; description?: string; default?: boolean }[];
  default_values?: { id: string; type: string }[];
  components?: Component[];
  component?: Component;
  accessory?: Component;
}

export interface Embed {
  title?: string;
  description?: string;
  fields?: { name: string; value: string }[];
  footer?: { text: string };
  author?: { name: string };
}

export interface MessageBody {
  content?: string | null;
  embeds?: Embed[] | null;
  components?: Component[] | null;
  flags?: number | null;
  allowed_mentions?: { parse?: string[]; users?: string[]; roles?: string[] } | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  tts?: boolean | null;
  attachments?: { id: number | string; filename?: string; description?: string }[] | null;
}

const ROW = 1;
const BUTTON = 2;
const SELECT = 3;
const SELECTS = [3, 5, 6, 7, 8];
const TEXT = 10;

export const inside = (component: Component): Component[] => [
  component,
  ...(component.components ?? []).flatMap(inside),
  ...(component.component ? inside(component.component) : []),
  ...(component.accessory ? inside(component.accessory) : []),
];

const over = (what: string, text: string | undefined | null, most: number) =>
  (text?.length ?? 0) > most ? [`${what}: must be ${most} or fewer in length.`] : [];
const empty = (what: string, text: string | undefined) =>
  text !== undefined && text.trim() === '' ? [`${what}: must not be empty.`] : [];
const repeated = (what: string, all: readonly string[]) =>
  all.filter((one, i) => all.indexOf(one) !== i).map((one) => `${what}: "${one}" is used twice.`);

function selectProblems(select: Component): string[] {
  const { options = [], min_values: least = 1, max_values: most = 1 } = select;
  const defaults = options.filter((option) => option.default).length + (select.default_values?.length ?? 0);
  return [
    ...(select.type === SELECT && (options.length < 1 || options.length > LIMITS.selectOptions)
      ? ['options: must be between 1 and 25.']
      : []),
    ...options.flatMap(({ label, value }) => [
      ...over('option label', label, LIMITS.selectLabel),
      ...over('option value', value, LIMITS.selectLabel),
      ...empty('option label', label),
      ...empty('option value', value),
    ]),
    ...repeated(
      'option value',
      options.map(({ value }) => value),
    ),
    ...over('placeholder', select.placeholder, LIMITS.selectPlaceholder),
    ...(least > most ? ['min_values: must not be more than max_values.'] : []),
    ...(select.type === SELECT && most > options.length ? ['max_values: must not be more than there are options.'] : []),
    ...(defaults > most ? ['default: more than max_values.'] : []),
  ];
}

function buttonProblems(button: Component): string[] {
  const link = button.style === 5;
  return [
    ...over('button label', button.label, LIMITS.buttonLabel),
    ...empty('button label', button.label ?? ''),
    ...(link === (button.custom_id !== undefined) ? ['button: a link has a url, any other a custom_id.'] : []),
  ];
}

function rowProblems(row: Component): string[] {
  const all = row.components ?? [];
  const selects = all.filter(({ type }) => SELECTS.includes(type));
  if (all.length === 0) return ['row: must not be empty.'];
  if (selects.length > 0) return all.length > 1 ? ['row: a select stands alone.'] : selects.flatMap(selectProblems);
  if (all.length > LIMITS.buttonsInRow) return ['row: must be 5 or fewer in length.'];
  return all.flatMap((one) => (one.type === BUTTON ? buttonProblems(one) : [`row: type ${one.type} is not allowed.`]));
}

function componentProblems(components: readonly Component[]): string[] {
  const all = components.flatMap(inside);
  const ids = all.flatMap(({ custom_id }) => (custom_id === undefined ? [] : [custom_id]));
  return [
    ...all.filter(({ type }) => type === ROW).flatMap(rowProblems),
    ...ids.flatMap((id) => [...over('custom_id', id, LIMITS.customId), ...empty('custom_id', id)]),
    ...repeated('custom_id', ids),
  ];
}

function layoutProblems(body: MessageBody): string[] {
  const components = body.components ?? [];
  const all = components.flatMap(inside);
  const texts = all.filter(({ type }) => type === TEXT).map(({ content }) => content ?? '');
  return [
    ...(body.content ? ['content: cannot be used with the flag IS_COMPONENTS_V2.'] : []),
    ...(body.embeds?.length ? ['embeds: cannot be used with the flag IS_COMPONENTS_V2.'] : []),
    ...(components.length === 0 ? ['components: must not be empty.'] : []),
    ...(all.length > LIMITS.layoutComponents ? [`components: ${all.length} in total, must be 40 or fewer.`] : []),
    ...(texts.join('').length > LIMITS.layoutText ? ['components: text must be 4000 or fewer in length.'] : []),
    ...texts.flatMap((text) => empty('text display', text)),
    ...componentProblems(components),
  ];
}

function embedProblems(embeds: readonly Embed[]): string[] {
  const sizes = embeds.map(
    ({ title = '', description = '', fields = [], footer, author }) =>
      [title, description, footer?.text ?? '', author?.name ?? '', ...fields.flatMap(({ name, value }) => [name, value])].join('')
        .length,
  );
  return [
    ...(embeds.length > LIMITS.embeds ? ['embeds: must be 10 or fewer.'] : []),
    ...(sizes.reduce((a, b) => a + b, 0) > LIMITS.embedTotal ? ['embeds: must be 6000 or fewer in total.'] : []),
    ...sizes.flatMap((size) => (size === 0 ? ['embed: must not be empty.'] : [])),
    ...embeds.flatMap(({ description }) => over('embed description', description, LIMITS.embedDescription)),
  ];
}

function plainProblems(body: MessageBody): string[] {
  const components = body.components ?? [];
  return [
    ...over('content', body.content, LIMITS.content),
    ...embedProblems(body.embeds ?? []),
    ...(components.length > LIMITS.rows ? ['components: must be 5 or fewer.'] : []),
    ...components.flatMap(({ type }) => (type === ROW ? [] : [`components: type ${type} needs the flag IS_COMPONENTS_V2.`])),
    ...componentProblems(components),
  ];
}

function mentionProblems(body: MessageBody): string[] {
  const { parse = [], users = [] } = body.allowed_mentions ?? {};
  return [
    ...(parse.includes('users') && users.length > 0 ? ['allowed_mentions: parse and users exclude one another.'] : []),
    ...(users.length > LIMITS.allowedUsers ? ['allowed_mentions.users: must be 100 or fewer.'] : []),
    ...repeated('allowed_mentions.users', users),
  ];
}

const allowedFlags = {
  reply: FLAGS.suppressEmbeds | FLAGS.ephemeral | FLAGS.silent | FLAGS.layout,
  message: FLAGS.suppressEmbeds | FLAGS.silent | FLAGS.layout,
  edit: FLAGS.suppressEmbeds | FLAGS.layout,
};

/**
 * The rules that the schemas do not hold.
 * @param was the flags of the message that is edited
 * @throws Refusal
 */
export function mustBeMessage(body: MessageBody, use: keyof typeof allowedFlags, was = 0): void {
  const flags = body.flags ?? 0;
  const forbidden = flags & ~allowedFlags[use];
  const layout = ((flags | was) & FLAGS.layout) !== 0;
  const problems = [
    ...(forbidden === 0 ? [] : [`flags: ${forbidden} cannot be set here.`]),
    ...(layout ? layoutProblems(body) : plainProblems(body)),
    ...mentionProblems(body),
    ...over('nonce', body.nonce === undefined || body.nonce === null ? '' : String(body.nonce), LIMITS.nonce),
    ...(body.enforce_nonce && body.nonce === undefined ? ['enforce_nonce: needs a nonce.'] : []),
  ];
  if (problems.length > 0) throw invalidForm(problems);
  const described = body.attachments ?? [];
  const long = described.filter(({ description = '' }) => description.length > 1024);
  if (long.length > 0) throw invalidForm(['attachments: a description must be 1024 or fewer in length.']);
  const nothing = !body.content?.trim() && !body.embeds?.length && !body.components?.length;
  if (nothing) throw new Refusal(400, 50006, 'Cannot send an empty message');
}

export interface Modal {
  custom_id: string;
  title: string;
  components: Component[];
}

function inputProblems(input: Component): string[] {
  const { options = [] } = input;
  if (input.type === 4) {
    const most = input.max_length ?? LIMITS.modalText;
    return [
      ...over('value', input.value, most),
      ...(most < 1 || most > LIMITS.modalText ? ['max_length: must be between 1 and 4000.'] : []),
      ...(input.label === undefined ? [] : ['label: belongs to the label component.']),
    ];
  }
  if (SELECTS.includes(input.type)) {
    const must =
      (input.required ?? true) && input.min_values === 0 ? ['min_values: must be at least 1 where an answer is required.'] : [];
    return [...selectProblems(input), ...must];
  }
  if (input.type !== 21 && input.type !== 22) return [`type ${input.type} is not allowed in a label.`];
  const least = input.type === 21 ? 2 : 1;
  const most = input.type === 21 ? 1 : (input.max_values ?? options.length);
  return [
    ...(options.length < least || options.length > LIMITS.groupOptions ? [`options: must be between ${least} and 10.`] : []),
    ...repeated(
      'option value',
      options.map(({ value }) => value),
    ),
    ...options.flatMap(({ label, value }) => [
      ...over('option label', label, 100),
      ...over('option value', value, 100),
      ...empty('option label', label),
    ]),
    ...(options.filter((option) => option.default).length > most ? ['default: too many.'] : []),
    ...(most > options.length ? ['max_values: must not be more than there are options.'] : []),
  ];
}

/** @throws Refusal */
export function mustBeModal(modal: Modal): void {
  const inputs = modal.components.flatMap(({ component }) => (component ? [component] : []));
  const problems = [
    ...over('custom_id', modal.custom_id, LIMITS.customId),
    ...over('title', modal.title, LIMITS.modalTitle),
    ...empty('title', modal.title),
    ...(modal.components.length > LIMITS.modalComponents ? ['components: must be between 1 and 5.'] : []),
    ...(inputs.length === 0 ? ['components: must have an input.'] : []),
    ...modal.components.flatMap(({ type, label, description, content }) => {
      if (type === TEXT) return empty('text display', content ?? '');
      return type === 18
        ? [
            ...over('label', label, LIMITS.modalLabel),
            ...empty('label', label ?? ''),
            ...over('description', description, LIMITS.modalDescription),
          ]
        : [`components: type ${type} is not allowed.`];
    }),
    ...inputs.flatMap(inputProblems),
    ...inputs.flatMap(({ custom_id }) => over('custom_id', custom_id, LIMITS.customId)),
    ...repeated(
      'custom_id',
      inputs.map(({ custom_id }) => custom_id ?? ''),
    ),
  ];
  if (problems.length > 0) throw invalidForm(problems);
}
