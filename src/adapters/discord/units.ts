import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import {
  type Block,
  type Button,
  chunks,
  type Enclosure,
  enclosureOf,
  isEnclosed,
  type Message,
  shorten,
} from '../../chat/index.js';
import { distinctIds } from './distinct.js';
import { limits } from './limits.js';
import { type CommandIds, literalLine, pieces } from './markdown.js';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** One thing that stands in a message and can only move to the next message as a whole. */
export type Unit =
  | { readonly text: readonly string[] }
  | { readonly row: Row }
  | { readonly divider: true }
  | { readonly enclosed: Enclosure };

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

const lengthOf = (text: readonly string[]) => text.reduce((sum, { length }) => sum + length, 0);

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

/** What a message consists of, in order; in each way of sending it, units go to as few messages as they fit. */
export function unitsOf(message: Message, ids: CommandIds): Unit[] {
  const distinct = distinctIds();
  return joinTexts(message.blocks.flatMap((block) => toUnits(block, ids, distinct)));
}
