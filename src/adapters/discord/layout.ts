import { type APIMessageTopLevelComponent, ComponentType, MessageFlags, SeparatorSpacingSize } from 'discord.js';
import { type Enclosure, type Message, shorten } from '../../chat/index.js';
import { allowedMentions, type Body, type Drawn } from './body.js';
import { distinctNames } from './distinct.js';
import { limits } from './limits.js';
import { type CommandIds, pack, pieces } from './markdown.js';
import { type Unit, unitsOf } from './units.js';

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
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
