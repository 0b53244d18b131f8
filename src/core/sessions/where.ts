import { UserError } from '../../chat/errors.js';
import type { PlatformName } from '../names.js';
import type { SessionPlace } from './kinds.js';

/** Where a session is, as it is kept. */
export interface SessionWhere {
  readonly place: SessionPlace;
  /** The platform's id. */
  readonly channelId?: string;
  readonly link?: string;
  readonly address?: string;
}

/** In every language that has a catalogue. */
const PLACE_WORDS: readonly [RegExp, SessionPlace][] = [
  [/^(?:voice|voz)\b(?: channel)?|^(?:en )?(?:el |un )?canal de voz\b/iu, 'voice'],
  [/^(?:stage|escenario)\b(?: channel)?/iu, 'stage'],
  [/^huddle\b/iu, 'huddle'],
  [/^(?:here|aqu[ií]|text|texto|chat)(?![\p{L}\p{N}])(?: channel)?/iu, 'text'],
];

/** How platforms write a channel that somebody picked. */
const MENTION = /<#([A-Za-z0-9_-]+)(?:\|[^>]*)?>/u;
const NAMED = /^#([\p{L}\p{N}_-]+)$/u;

function webAddress(text: string): string | undefined {
  const bare = text.replace(/^<|(?:\|[^>]*)?>$/gu, '');
  const url = /^https?:\/\//iu.test(bare) && URL.canParse(bare) ? new URL(bare) : undefined;
  return url?.href;
}

/**
 * Reads where a session is: a link, a channel, a word such as `voice`, or an address in words. Without words it is the channel
 * in which it was said.
 * @param here the platform's id of that channel; undefined in a direct message
 * @throws UserError that says what to do instead
 */
export function readWhere(text: string | undefined, here: string | undefined, platform: PlatformName): SessionWhere {
  const said = (text ?? '').trim();
  const link = webAddress(said);
  if (link) return { place: 'link', link };
  const [word, place] =
    PLACE_WORDS.map(([pattern, kind]) => [pattern.exec(said)?.[0], kind] as const).find(([found]) => found) ?? [];
  const rest = said.slice(word?.length ?? 0).trim();
  const named = platform === 'playground' ? NAMED.exec(rest)?.[1] : undefined;
  const channelId = MENTION.exec(rest)?.[1] ?? named ?? (rest === '' ? here : undefined);
  if (channelId !== undefined) return { place: place ?? 'text', channelId };
  if (rest === '') throw new UserError('session.problems.where');
  if (NAMED.test(rest)) throw new UserError('session.problems.channel', { channel: rest });
  return { place: 'person', address: said };
}
