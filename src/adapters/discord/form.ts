import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  type APISelectMenuDefaultValue,
  ComponentType,
  type ModalSubmitComponent,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import { type Choice, type Field, type Form, type Input, shorten } from '../../chat/index.js';
import { limits } from './limits.js';
import { literal } from './markdown.js';

/** Says that the answer is a list although one thing was picked; the answer itself does not tell. */
const MANY = ':many';

const chosen = (field: Field): readonly string[] => {
  if (field.value === undefined || field.value === '') return [];
  return typeof field.value === 'string' ? [field.value] : field.value;
};

const options = (choices: readonly Choice[], field: Field) => {
  const picked = new Set(chosen(field));
  return choices.map(({ value, label }) => ({
    value,
    label: shorten(label, limits.select.label),
    ...(picked.has(value) && { default: true }),
  }));
};

function textInput(field: Field, style: TextInputStyle): APIComponentInLabel {
  const most = Math.min(field.max ?? limits.modal.text, limits.modal.text);
  const value = typeof field.value === 'string' ? field.value : chosen(field).join(', ');
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style,
    required: field.required,
    max_length: most,
    ...(value && { value: value.slice(0, most) }),
  };
}

function choiceInput(field: Field, choices: readonly Choice[]): APIComponentInLabel {
  const { groupOptions, radioLeast } = limits.modal;
  if (choices.length >= radioLeast && choices.length <= groupOptions) {
    return { type: ComponentType.RadioGroup, custom_id: field.name, required: field.required, options: options(choices, field) };
  }
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: 1,
    options: options(choices, field),
  };
}

function choicesInput(field: Field, choices: readonly Choice[]): APIComponentInLabel {
  const common = {
    custom_id: `${field.name}${MANY}`,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: choices.length,
    options: options(choices, field),
  };
  return choices.length <= limits.modal.groupOptions
    ? { type: ComponentType.CheckboxGroup, ...common }
    : { type: ComponentType.StringSelect, ...common };
}

function people(field: Field, most: number) {
  return {
    custom_id: most === 1 ? field.name : `${field.name}${MANY}`,
    required: field.required,
    min_values: field.required ? 1 : 0,
    max_values: most,
  };
}

const defaults = <T extends SelectMenuDefaultValueType>(
  field: Field,
  most: number,
  type: T,
): { default_values?: APISelectMenuDefaultValue<T>[] } => {
  const ids = chosen(field).slice(0, most);
  return ids.length > 0 ? { default_values: ids.map((id) => ({ id, type })) } : {};
};

function drawInput(field: Field): APIComponentInLabel {
  const choices = field.choices ?? [];
  const choosable = choices.length > 0 && choices.length <= limits.select.options;
  const { picked } = limits.modal;
  switch (field.kind) {
    case 'long':
      return textInput(field, TextInputStyle.Paragraph);
    case 'choice':
      return choosable ? choiceInput(field, choices) : textInput(field, TextInputStyle.Short);
    case 'choices':
      return choosable ? choicesInput(field, choices) : textInput(field, TextInputStyle.Short);
    case 'member':
      return { type: ComponentType.UserSelect, ...people(field, 1), ...defaults(field, 1, SelectMenuDefaultValueType.User) };
    case 'members':
      return {
        type: ComponentType.UserSelect,
        ...people(field, picked),
        ...defaults(field, picked, SelectMenuDefaultValueType.User),
      };
    case 'roles':
      return {
        type: ComponentType.RoleSelect,
        ...people(field, picked),
        ...defaults(field, picked, SelectMenuDefaultValueType.Role),
      };
    case 'text':
      return textInput(field, TextInputStyle.Short);
  }
}

function drawField(field: Field, description: string | undefined): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: shorten(field.label, limits.modal.label),
    ...(description && { description: shorten(description, limits.modal.description) }),
    component: drawInput(field),
  };
}

const plain = (intro: NonNullable<Form['intro']>): string =>
  typeof intro === 'string'
    ? intro
    : intro.map((span) => (typeof span === 'string' ? span : 'bold' in span ? span.bold : '')).join('');

/**
 * A form as a modal. The intro stands above the fields; beside five fields Discord has no room for it, and it goes before
 * the first field's help.
 */
export function drawForm(form: Form): APIModalInteractionResponseCallbackData {
  const intro = form.intro ? plain(form.intro).trim() : '';
  const room = form.fields.length < limits.modal.components;
  const fields = form.fields.map((field, i) => {
    const help = i === 0 && !room ? [intro, field.help].filter(Boolean).join(' ') : field.help;
    return drawField(field, help);
  });
  return {
    custom_id: form.id,
    title: shorten(form.title, limits.modal.title),
    components: intro && room ? [{ type: ComponentType.TextDisplay, content: literal(intro) }, ...fields] : fields,
  };
}

function readComponent(component: ModalSubmitComponent): [name: string, value: unknown] {
  const many = component.custom_id.endsWith(MANY);
  const name = many ? component.custom_id.slice(0, -MANY.length) : component.custom_id;
  if ('values' in component) return [name, many ? component.values : component.values[0]];
  return [name, component.value ?? undefined];
}

/** The answers by field name: text, one chosen value, or a list of them. */
export function readForm(submission: APIModalSubmission): Input {
  const components = submission.components.flatMap((one): ModalSubmitComponent[] => {
    if (one.type === ComponentType.Label) return [one.component];
    return one.type === ComponentType.ActionRow ? one.components : [];
  });
  return Object.fromEntries(components.map(readComponent).filter(([, value]) => value !== undefined));
}
