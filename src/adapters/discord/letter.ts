import { MessageFlags } from 'discord.js';
import { type Message, shorten, withoutEnclosed } from '../../chat/index.js';
import { allowedMentions, type Body } from './body.js';
import { limits } from './limits.js';
import { type CommandIds, literal, pack } from './markdown.js';
import { type Row, type Unit, unitsOf } from './units.js';

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
        const joined = last?.description ? `${last.description}\n\n${text}` : text;
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
