import {
  type APIActionRowComponent,
  type APIAllowedMentions,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RawFile,
  SeparatorSpacingSize,
} from 'discord.js';
import {
  type Block,
  type Button,
  type Enclosure,
  enclosureOf,
  isEnclosed,
  type Message,
  withoutEnclosed,
} from '../../chat/index.js';
import { limits } from './limits.js';
import { type CommandIds, literal, literalLine, mentioned, pack, pieces } from './markdown.js';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What Discord takes as a message, in either of its two ways. */
export interface Body {
  content?: string | null;
  embeds?: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  flags?: number;
  allowed_mentions: APIAllowedMentions;
  /** Describes {@link Drawn.files}. In an edit, those that are not named here are taken away. */
  attachments?: { readonly id: string; readonly filename: string; readonly description?: string }[];
}

/** A body with the files that go beside it. */
export type Drawn = Body & { files?: RawFile[] };

/** One thing that stands in a message and can only move to the next message as a whole. */
type Unit =
  | { readonly text: readonly string[] }
  | { readonly row: Row }
  | { readonly divider: true }
  | { readonly enclosed: Enclosure };

/** A label that is too long ends visibly. */
export const shorten = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;

/** What stands after `:` only keeps ids in one message apart; {@link pressedId} drops it. */
const numbered = (id: string, n: number) => (n === 0 ? id : `${id}:${n}`);
export const pressedId = (customId: string): string => customId.split(':', 1)[0] ?? customId;

/** Gives every component of a message an id of its own, because Discord refuses a second one with the same. */
function distinctIds() {
  const used = new Map<string, number>();
  return (id: string) => {
    const n = used.get(id) ?? 0;
    used.set(id, n + 1);
    return numbered(id, n);
  };
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

const styles = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

function drawButton(button: Button<string>, distinct: (id: string) => string): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: button.style ? styles[button.style] : ButtonStyle.Secondary,
    label: shorten(button.label, limits.button.label),
    custom_id: distinct(button.act),
  };
}

/** A select of more options than Discord takes becomes several, each of which says which part it is. */
function drawSelect(block: Extract<Block<string>, { kind: 'select' }>, distinct: (id: string) => string): Row[] {
  const parts = chunks(block.options, limits.select.options);
  return parts.map((options, i) => {
    const from = i * limits.select.options + 1;
    const range = parts.length > 1 ? ` (${from}–${from + options.length - 1})` : '';
    return {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: distinct(block.act),
          placeholder: `${shorten(block.placeholder, limits.select.placeholder - range.length)}${range}`,
          options: options.map(({ value, label }) => ({ value, label: shorten(label, limits.select.label) })),
        },
      ],
    };
  });
}

const newline = '\n';
const lines = (all: readonly (readonly string[])[]): string[] => all.flatMap((line, i) => (i === 0 ? line : [newline, ...line]));
/** Keeps the look of a line that goes on below. */
const hanging = (all: readonly string[], lead: string) => [
  lead,
  ...all.map((piece) => piece.replaceAll(newline, `${newline}${lead.replace(/-(?= )/u, ' ')}`)),
];

function toUnits(block: Block<string>, ids: CommandIds, distinct: (id: string) => string): Unit[] {
  if (isEnclosed(block)) return [{ enclosed: enclosureOf(block) }];
  switch (block.kind) {
    case 'heading':
      return block.text.trim() ? [{ text: ['### ', ...literalLine(block.text).split(/(?<=\s)/u)] }] : [];
    case 'text':
      return [{ text: pieces(block.text, ids) }];
    case 'note':
      return [{ text: ['-# ', ...pieces(block.text, ids).map((piece) => piece.replaceAll(newline, `${newline}-# `))] }];
    case 'facts':
      return [{ text: lines(block.facts.map(({ label, value }) => [`**${literalLine(label)}:** `, ...pieces(value, ids)])) }];
    case 'list':
      return [{ text: lines(block.items.map((item) => hanging(pieces(item, ids), '- '))) }];
    case 'divider':
      return [{ divider: true }];
    case 'buttons':
      return chunks(block.buttons, limits.row.buttons).map((some) => ({
        row: { type: ComponentType.ActionRow, components: some.map((button) => drawButton(button, distinct)) },
      }));
    case 'select':
      return drawSelect(block, distinct).map((row) => ({ row }));
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const lengthOf = (text: readonly string[]) => sum(text.map((piece) => piece.length));

/** Blocks of text that follow one another are read as one, as far as one message holds them: a line is not torn in two. */
function joinTexts(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const last = joined.at(-1);
    const fits =
      'text' in unit && last && 'text' in last && lengthOf(last.text) + lengthOf(unit.text) < limits.message.layoutText;
    if (fits) joined[joined.length - 1] = { text: [...last.text, newline, ...unit.text] };
    else joined.push(unit);
  }
  return joined;
}

function unitsOf(message: Message, ids: CommandIds): Unit[] {
  const distinct = distinctIds();
  return joinTexts(message.blocks.flatMap((block) => toUnits(block, ids, distinct)));
}

function allowedMentions(message: Message): APIAllowedMentions {
  const texts = message.blocks.flatMap((block) => {
    if (block.kind === 'text' || block.kind === 'note') return [block.text];
    if (block.kind === 'facts') return block.facts.map((fact) => fact.value);
    return block.kind === 'list' ? block.items : [];
  });
  const users = [...new Set(texts.flatMap(mentioned))].slice(0, limits.message.mentionedUsers);
  return users.length > 0 ? { parse: [], users } : { parse: [] };
}

const sizeOf = (component: APIMessageTopLevelComponent) => 1 + ('components' in component ? component.components.length : 0);
const textOf = (component: APIMessageTopLevelComponent) =>
  component.type === ComponentType.TextDisplay ? component.content.length : 0;

/** A component, and the file that it shows. */
interface Piece {
  readonly component: APIMessageTopLevelComponent;
  readonly enclosed?: Enclosure;
}

function showEnclosed(enclosed: Enclosure): Piece {
  const media = { url: `attachment://${enclosed.name}` };
  if (!enclosed.type.startsWith('image/')) return { component: { type: ComponentType.File, file: media }, enclosed };
  const description = shorten(enclosed.words, limits.message.altText);
  return { component: { type: ComponentType.MediaGallery, items: [{ media, description }] }, enclosed };
}

function drawUnit(unit: Unit, distinct: (name: string) => string): Piece[] {
  if ('row' in unit) return [{ component: unit.row }];
  if ('divider' in unit)
    return [{ component: { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small } }];
  if ('enclosed' in unit) return [showEnclosed({ ...unit.enclosed, name: distinct(unit.enclosed.name) })];
  return pack(unit.text, limits.message.layoutText).map((content) => ({
    component: { type: ComponentType.TextDisplay, content },
  }));
}

/** A component finds its file by the name, so no two of a message have the same. */
function distinctNames() {
  const used = new Map<string, number>();
  return (name: string) => {
    const n = used.get(name) ?? 0;
    used.set(name, n + 1);
    return n === 0 ? name : `${n + 1}-${name}`;
  };
}

/** What describes and holds the files of one message. */
function drawFiles(pieces: readonly Piece[]): Pick<Drawn, 'attachments' | 'files'> {
  const files = pieces.flatMap(({ enclosed }) => enclosed ?? []);
  if (files.length === 0) return {};
  return {
    attachments: files.map(({ name, words }, id) => ({
      id: String(id),
      filename: name,
      description: shorten(words, limits.message.altText),
    })),
    files: files.map(({ name, bytes, type }, id) => ({
      key: `files[${id}]`,
      name,
      data: Buffer.from(bytes),
      contentType: type,
    })),
  };
}

/** A message as a layout of components, over as many messages as it takes. */
export function drawLayout(message: Message, ids: CommandIds): Drawn[] {
  const distinct = distinctNames();
  const all = unitsOf(message, ids).flatMap((unit) => drawUnit(unit, distinct));
  const parts: Piece[][] = [];
  for (const piece of all) {
    const last = parts.at(-1);
    const fits =
      last &&
      sum(last.map(({ component }) => sizeOf(component))) + sizeOf(piece.component) <= limits.message.components &&
      sum(last.map(({ component }) => textOf(component))) + textOf(piece.component) <= limits.message.layoutText;
    if (fits) last.push(piece);
    else parts.push([piece]);
  }
  const readable = parts.length > 0 ? parts : [summaryComponents(message).map((component): Piece => ({ component }))];
  return readable.map((pieces) => ({
    components: pieces.map(({ component }) => component),
    flags: MessageFlags.IsComponentsV2,
    allowed_mentions: allowedMentions(message),
    ...drawFiles(pieces),
  }));
}

function summaryComponents(message: Message): APIMessageTopLevelComponent[] {
  return pack(pieces(message.summary, new Map()), limits.message.layoutText)
    .slice(0, 1)
    .map((content) => ({ type: ComponentType.TextDisplay, content }));
}

/** The one sentence alone, for when the whole cannot be drawn. */
export function drawSummary(message: Message): Body {
  return { components: summaryComponents(message), flags: MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } };
}

interface Letter {
  description: string;
  rows: Row[];
}

/** Texts and rows in the order in which they come; a text after a row would move above it, so it opens the next message. */
function letters(units: readonly Unit[]): Letter[] {
  const all: Letter[] = [];
  const open = (): Letter => {
    const letter = { description: '', rows: [] };
    all.push(letter);
    return letter;
  };
  for (const unit of units) {
    if ('row' in unit) {
      const last = all.at(-1);
      (last && last.rows.length < limits.message.rows ? last : open()).rows.push(unit.row);
    } else if ('text' in unit) {
      for (const text of pack(unit.text, limits.message.embedDescription)) {
        const last = all.at(-1);
        const joined = last?.description ? `${last.description}${newline}${newline}${text}` : text;
        if (last && last.rows.length === 0 && joined.length <= limits.message.embedDescription) last.description = joined;
        else open().description = text;
      }
    }
  }
  return all.length > 0 ? all : [{ description: '', rows: [] }];
}

/**
 * A message that announces itself: its content, which is all that a notification shows, is the summary and nothing more;
 * what it says further is in an embed below. Later parts arrive without a notification.
 */
export function drawLetter(message: Message, ids: CommandIds): Body[] {
  const summary = literal(message.summary);
  const parts = letters(unitsOf(withoutEnclosed(message), ids));
  return parts.map(({ description, rows }, i) => {
    const counter = parts.length > 1 ? ` (${i + 1}/${parts.length})` : '';
    return {
      content: `${shorten(summary, limits.message.content - counter.length)}${counter.replace(/[()/]/gu, '\\$&')}`,
      embeds: description && description !== summary ? [{ description }] : [],
      components: rows,
      ...(i > 0 && { flags: MessageFlags.SuppressNotifications }),
      allowed_mentions: allowedMentions(message),
    };
  });
}
