import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from './world.js';

interface Schema {
  readonly definitions: Record<string, { readonly properties?: { readonly type?: { readonly const?: string } } }>;
}

const file = fileURLToPath(new URL('./block-kit.schema.json', import.meta.url));
const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
const ajv = new Ajv({ strict: false, allErrors: false, discriminator: false });
ajv.addSchema(schema, 'slack');

/** Compiling is slow, so a definition is compiled when something of its kind is sent. */
const compiled = new Map<string, ValidateFunction>();
function validator(definition: string): ValidateFunction {
  const known = compiled.get(definition);
  if (known) return known;
  const made = ajv.compile({ $ref: `slack#/definitions/${definition}` });
  compiled.set(definition, made);
  return made;
}

const byType = new Map(
  Object.entries(schema.definitions)
    .filter(([name, { properties }]) => name.endsWith('Block') && properties?.type?.const)
    .map(([name, { properties }]) => [properties?.type?.const as string, name]),
);

type Surface = 'message' | 'modal' | 'home';
const MAX_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
/** Only these take answers, and only a modal or a home tab has them. */
const INPUT_SURFACES: readonly Surface[] = ['modal', 'home'];
/** Seen in practice, not documented: refused above this in one message. */
const MESSAGE_TEXT = 11_000;

function checkShape(block: Json, at: string): string[] {
  const definition = byType.get(String(block.type));
  if (definition === undefined) return [`unsupported type: ${String(block.type)} [json-pointer:${at}/type]`];
  const validate = validator(definition);
  if (validate(block)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${message} ${JSON.stringify(params)} [json-pointer:${at}${instancePath}]`,
  );
}

/** Every object within, with where it is. */
function* walk(part: unknown, at: string): Generator<[part: Json, at: string]> {
  if (Array.isArray(part)) for (const [i, inner] of part.entries()) yield* walk(inner, `${at}/${i}`);
  else if (typeof part === 'object' && part !== null) {
    yield [part as Json, at];
    for (const [name, inner] of Object.entries(part)) yield* walk(inner, `${at}/${name}`);
  }
}

const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
const SELECTS = new Set(['static_select', 'multi_static_select']);
const wordsIn = (object: unknown): string => String((object as Json | undefined)?.text ?? '');
const LIMITED_TEXT = new Set(['plain_text', 'mrkdwn']);

/** What the schema cannot say. */
function checkRules(part: Json, at: string): string[] {
  const type = String(part.type);
  const bad = (message: string) => [`${message} [json-pointer:${at}]`];
  if (['actions', 'context'].includes(type) && size(part.elements) === 0) return bad('no less than 1 items allowed');
  if (['rich_text', 'rich_text_section', 'rich_text_list'].includes(type) && size(part.elements) === 0)
    return bad('must have at least one element');
  if (type === 'header' && String((part.text as Json | undefined)?.text ?? '').length > 150)
    return bad('must be less than 151 characters');
  if (type === 'text' && part.text === '') return bad('must be more than 0 characters');
  if (LIMITED_TEXT.has(type) && (part.text === '' || String(part.text).length > 3000))
    return bad('must be between 1 and 3000 characters');
  if (type === 'user' && !/^[UW][A-Z0-9]{2,}$/u.test(String(part.user_id))) return bad('invalid user_id');
  if (type === 'date' && !Number.isInteger(part.timestamp)) return bad('timestamp must be whole seconds');
  if (wordsIn(part.placeholder).length > 150) return bad('placeholder must be no more than 150 characters');
  if (type === 'input' && (wordsIn(part.label).length > 2000 || wordsIn(part.hint).length > 2000))
    return bad('label and hint must be no more than 2000 characters');
  if (type.endsWith('users_select')) return checkUsers(part, at);
  if (SELECTS.has(type)) return checkOptions(part, at);
  if (type === 'plain_text_input') return checkTextInput(part, at);
  return [];
}

function checkOptions(part: Json, at: string): string[] {
  const options = (part.options ?? []) as { value?: string }[];
  if (options.length === 0) return [`options must have at least one item [json-pointer:${at}/options]`];
  if (options.length > 100) return [`no more than 100 items allowed [json-pointer:${at}/options]`];
  const values = options.map(({ value }) => value);
  const chosen = [
    ...((part.initial_options ?? []) as { value?: string }[]),
    ...(part.initial_option ? [part.initial_option as { value?: string }] : []),
  ];
  if (new Set(values).size !== values.length) return [`option values must be unique [json-pointer:${at}/options]`];
  return chosen.every(({ value }) => values.includes(value))
    ? []
    : [`initial option is not among the options [json-pointer:${at}]`];
}

function checkUsers(part: Json, at: string): string[] {
  const chosen = [
    ...((part.initial_users ?? []) as string[]),
    ...(part.initial_user === undefined ? [] : [String(part.initial_user)]),
  ];
  return chosen.every((id) => /^[UW][A-Z0-9]{2,}$/u.test(id)) ? [] : [`initial user is no user [json-pointer:${at}]`];
}

function checkTextInput(part: Json, at: string): string[] {
  const max = Number(part.max_length ?? 3000);
  const value = String(part.initial_value ?? '');
  if (max < 1 || max > 3000) return [`max_length must be from 1 to 3000 [json-pointer:${at}]`];
  return value.length > max ? [`initial_value must be at most max_length characters [json-pointer:${at}]`] : [];
}

function repeated(blocks: readonly Json[], name: 'block_id' | 'action_id'): string[] {
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const block of blocks) {
    // Inputs of a form are told apart by their block, so only the block's id has to differ.
    const inBlock = name === 'action_id' && block.type === 'input' ? new Set<string>() : seen;
    for (const [part, at] of walk(block, '')) {
      const id = part[name];
      if (typeof id !== 'string') continue;
      if (inBlock.has(id)) twice.push(`\`${name}\`: ${id} already exists [json-pointer:${at}/${name}]`);
      inBlock.add(id);
    }
  }
  return twice;
}

const textIn = (blocks: readonly Json[]) =>
  [...walk(blocks, '')].reduce((sum, [part]) => sum + (typeof part.text === 'string' ? part.text.length : 0), 0);

/** What Slack would say is wrong with these blocks; empty when it would take them. */
export function checkBlocks(blocks: unknown, surface: Surface): string[] {
  if (!Array.isArray(blocks)) return ['must provide a list of blocks [json-pointer:/blocks]'];
  if (blocks.length > MAX_BLOCKS[surface]) return [`no more than ${MAX_BLOCKS[surface]} items allowed [json-pointer:/blocks]`];
  const all = blocks as Json[];
  const misplaced = all
    .filter(({ type }) => type === 'input' && !INPUT_SURFACES.includes(surface))
    .map(() => 'unsupported type: input [json-pointer:/blocks]');
  const shapes = all.flatMap((block, i) => checkShape(block, `/blocks/${i}`));
  const rules = [...walk(all, '/blocks')].flatMap(([part, at]) => checkRules(part, at));
  return [...misplaced, ...shapes, ...rules, ...repeated(all, 'block_id'), ...repeated(all, 'action_id')];
}

/** Slack refuses a message as a whole above an undocumented size. */
export const tooLong = (blocks: readonly Json[]): boolean => textIn(blocks) > MESSAGE_TEXT;

/** The same for a whole modal or home tab. */
export function checkView(view: unknown): string[] {
  if (typeof view !== 'object' || view === null) return ['view is missing'];
  const body = view as Json;
  if (body.type !== 'modal' && body.type !== 'home') return ['must be a modal or home [json-pointer:/type]'];
  const { blocks, ...rest } = body;
  const validate = validator(body.type === 'modal' ? 'ModalView' : 'HomeView');
  const shape = validate({ ...rest, blocks: [] })
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${message} ${JSON.stringify(params)} [json-pointer:${instancePath}]`,
      );
  const hasInput = Array.isArray(blocks) && blocks.some((block: Json) => block.type === 'input');
  const labels = ['title', 'submit', 'close'].filter((name) => String((body[name] as Json | undefined)?.text ?? '').length > 24);
  const long = labels.map((name) => `must be no more than 24 characters [json-pointer:/${name}/text]`);
  const submit = body.type === 'modal' && hasInput && !body.submit ? ['submit is required when an input is in the blocks'] : [];
  return [...shape, ...long, ...submit, ...checkBlocks(blocks, body.type)];
}
