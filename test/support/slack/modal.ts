import type { SeenForm } from '../stage.js';
import { blocksOf, type Json, type View } from './world.js';

/** The form that a person has before them: its inputs, what they gave, and what was refused. */

type Given = string | readonly string[];
type SeenField = SeenForm['fields'][number];

interface Input {
  readonly name: string;
  readonly actionId: string;
  readonly optional: boolean;
  readonly label: string;
  readonly element: Json;
}

const wordsOf = (object: unknown): string => String((object as Json | undefined)?.text ?? '');
const pickedOf = (option: unknown): string => String((option as Json | undefined)?.value ?? '');
const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

export const inputsOf = ({ body }: View): Input[] =>
  blocksOf(body)
    .filter(({ type }) => type === 'input')
    .map((block) => {
      const element = block.element as Json;
      return {
        name: String(block.block_id),
        actionId: String(element.action_id),
        optional: block.optional === true,
        label: wordsOf(block.label),
        element,
      };
    });

/** What stands in the field when the form opens. */
function initialOf({ element }: Input): Given | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return element.initial_value as string | undefined;
    case 'static_select':
      return element.initial_option ? pickedOf(element.initial_option) : undefined;
    case 'users_select':
      return element.initial_user as string | undefined;
    case 'multi_users_select':
      return element.initial_users as string[] | undefined;
    default:
      return element.initial_options ? list(element.initial_options).map(pickedOf) : undefined;
  }
}

export const seenField = (input: Input): SeenField => {
  const value = initialOf(input);
  const options = list(input.element.options).map(({ text }) => wordsOf(text));
  return {
    name: input.name,
    label: input.label,
    required: !input.optional,
    ...(value !== undefined && { value }),
    ...(options.length > 0 && { options }),
  };
};

const many = (given: Given): readonly string[] => (typeof given === 'string' ? [given] : given).filter((one) => one !== '');

/** Options that the app offers when they are asked for. */
export type Suggest = (input: { readonly name: string; readonly actionId: string }) => Promise<readonly Json[]>;

function chosen(input: Input, offered: readonly Json[], given: Given): Json[] {
  return many(given).map((value) => {
    const option = offered.find((one) => pickedOf(one) === value);
    if (!option) throw new Error(`The field ${input.name} does not offer ${value}.`);
    return option;
  });
}

async function answerOf(input: Input, given: Given | undefined, suggest: Suggest): Promise<Json> {
  const { element } = input;
  const type = String(element.type);
  const value = given ?? initialOf(input) ?? '';
  switch (type) {
    case 'plain_text_input': {
      const text = typeof value === 'string' ? value : value.join(' ');
      const max = Number(element.max_length ?? 3000);
      if (text.length > max)
        throw new Error(`Slack's client takes ${max} characters in ${input.name}; ${text.length} were typed.`);
      return { type, value: text === '' ? null : text };
    }
    case 'static_select':
      return { type, selected_option: chosen(input, list(element.options), value)[0] ?? null };
    case 'multi_static_select':
      return { type, selected_options: chosen(input, list(element.options), value) };
    case 'users_select':
      return { type, selected_user: many(value)[0] ?? null };
    case 'multi_users_select':
      return { type, selected_users: many(value) };
    case 'multi_external_select': {
      const known = list(element.initial_options);
      const offered = given === undefined ? known : [...known, ...(await suggest(input))];
      return { type, selected_options: chosen(input, offered, value) };
    }
    default:
      throw new Error(`The stage cannot fill a ${type}.`);
  }
}

const isEmpty = (answer: Json): boolean =>
  Object.entries(answer).every(
    ([name, value]) => name === 'type' || value === null || (Array.isArray(value) && value.length === 0),
  );

export interface Filled {
  readonly state: Json;
  /** What Slack's own client says before anything is sent. */
  readonly refused: Readonly<Record<string, string>>;
}

/** Fills the fields as a person would: what is not named stays as it was. */
export async function fillIn(view: View, values: Readonly<Record<string, Given>>, suggest: Suggest): Promise<Filled> {
  const inputs = inputsOf(view);
  const unknown = Object.keys(values).filter((name) => !inputs.some((input) => input.name === name));
  if (unknown.length > 0)
    throw new Error(`The form has no field ${unknown.join(', ')}; it has ${inputs.map(({ name }) => name).join(', ')}.`);
  const answers: Record<string, Json> = {};
  const refused: Record<string, string> = {};
  for (const input of inputs) {
    const answer = await answerOf(input, values[input.name], suggest);
    answers[input.name] = { [input.actionId]: answer };
    if (!input.optional && isEmpty(answer)) refused[input.name] = 'Please complete this required field.';
  }
  return { state: { values: answers }, refused };
}

/** What the person typed becomes what stands in the form when it stays open. */
export function keepTyped(view: View, values: Readonly<Record<string, Given>>): void {
  const blocks = blocksOf(view.body).map((block) => {
    const given = values[String(block.block_id)];
    if (block.type !== 'input' || given === undefined) return block;
    return { ...block, element: withValue(block.element as Json, given) };
  });
  view.body = { ...view.body, blocks };
}

function withValue(element: Json, given: Given): Json {
  const offered = list(element.options).filter((option) => many(given).includes(pickedOf(option)));
  switch (element.type) {
    case 'plain_text_input':
      return { ...element, initial_value: typeof given === 'string' ? given : given.join(' ') };
    case 'static_select':
      return { ...element, initial_option: offered[0] };
    case 'multi_static_select':
      return { ...element, initial_options: offered };
    case 'users_select':
      return { ...element, initial_user: many(given)[0] };
    case 'multi_users_select':
      return { ...element, initial_users: many(given) };
    default:
      return element;
  }
}
