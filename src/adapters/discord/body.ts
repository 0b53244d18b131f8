import type { APIAllowedMentions, APIEmbed, APIMessageTopLevelComponent, RawFile } from 'discord.js';
import type { Message } from '../../chat/index.js';
import { limits } from './limits.js';
import { mentioned } from './markdown.js';

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

/** Only who is meant to be told of it, and as many as Discord takes. */
export function allowedMentions(message: Message): APIAllowedMentions {
  const texts = message.blocks.flatMap((block) => {
    if (block.kind === 'text' || block.kind === 'note') return [block.text];
    if (block.kind === 'facts') return block.facts.map((fact) => fact.value);
    return block.kind === 'list' ? block.items : [];
  });
  const users = [...new Set(texts.flatMap(mentioned))].slice(0, limits.message.mentionedUsers);
  return users.length > 0 ? { parse: [], users } : { parse: [] };
}
