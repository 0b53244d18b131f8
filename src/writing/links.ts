import { alike } from './lookalike.js';

/** `invite`: into a group or a stranger's chat elsewhere; `odd`: an address that opens something else than a page. */
export type Unwelcome = 'invite' | 'odd';

/** Where one joins a group, a channel or somebody's chat. */
const INVITES: readonly RegExp[] = [
  /discord(?:app)?\.com\/invite\/\S/u,
  /(?:discord\.(?:gg|me|io|li)|dsc\.gg|invite\.gg)\/\S/u,
  /(?:[a-z0-9-]+\.)?slack\.com\/(?:join|signup|shareddm|t)\/\S/u,
  /join\.slack\.com\/\S/u,
  /(?:t|telegram)\.(?:me|dog)\/\S/u,
  /(?:chat\.whatsapp\.com|wa\.me|whatsapp\.com\/channel)\/\S/u,
  /signal\.(?:group|me)\/\S/u,
  /matrix\.to\/\S/u,
  /groupme\.com\/join_group\/\S/u,
  /(?:join\.skype\.com|invite\.viber\.com|line\.me\/(?:r|ti)|m\.me\/(?:j|cm))\/\S/u,
].map((one) => new RegExp(`(?<![\\p{L}\\p{N}_-])${one.source}`, 'u'));

/** `//` is what tells a scheme from a word before a colon; the others act without it. */
const ODD =
  /(?<![\p{L}\p{N}+.-])(?!https?:)(?:[a-z][a-z0-9+.-]{1,30}:\/\/|(?:javascript|vbscript|data|file|blob|intent):[^\s:])/u;

/** Dots and strokes as they are when nobody hides them. */
const undisguised = (text: string): string =>
  text
    .replace(/\s*[([{]\s*(?:\.|dot|punto)\s*[)\]}]\s*/gu, '.')
    .replace(/(?<=\bdiscord|\bdsc|\bt)\s*(?:\.|\bdot\b|\bpunto\b)\s*(?=(?:gg|me)\b)/gu, '.')
    .replace(/(?<=\.(?:gg|me|com|group|to|dog))\s*[/\\⁄∕]\s*/gu, '/');

/**
 * What keeps a text from being passed on to others: where it leads. A web address is neither an invitation nor odd; it is drawn as words.
 * Capitals, letters that look alike, and dots in brackets or written out hide nothing.
 */
export function unwelcome(text: string): Unwelcome | undefined {
  const read = alike(text);
  const plain = undisguised(read);
  if (INVITES.some((one) => one.test(plain))) return 'invite';
  return ODD.test(read) ? 'odd' : undefined;
}
