import { z } from 'zod';
import { UserError } from '../../../chat/errors.js';
import type { Cipher } from '../../../db/cipher.js';
import type { SealedAt } from '../../../db/sealed.js';
import { readLine, readLink, readNotes, readPhone } from '../../lists/read.js';
import { parseRecord } from '../parse.js';
import type { ParsedResource } from '../resource.js';
import { townIn } from './town.js';

/** Characters of each answer. */
export const MOST_ANSWER = { name: 100, what: 500, contact: 200, town: 80, hours: 200, who: 200 } as const;

export const suggestedSchema = z.object({
  name: z.string(),
  what: z.string(),
  contact: z.string().describe('a phone number, or the address of a page'),
  town: z.string().optional(),
  hours: z.string().optional(),
  who: z.string().optional(),
});

/** A service as somebody suggests it. */
export type Suggested = Readonly<z.infer<typeof suggestedSchema>>;

const bodyBinding = (id: string): SealedAt => `ResourceSuggestion.body:${id}`;
export const sealSuggestion = (cipher: Cipher, id: string, body: Suggested) => cipher.seal(JSON.stringify(body), bodyBinding(id));
export const openSuggestion = (cipher: Cipher, id: string, body: Uint8Array): Suggested =>
  suggestedSchema.parse(JSON.parse(cipher.open(body, bodyBinding(id))));

const linkIn = (text: string) => readLink(text) ?? readLink(`https://${text.trim()}`);

/**
 * A suggestion as a service, read like a row of a list.
 * @param key its name in the community's own list
 * @throws UserError where nobody could reach it by what is said
 */
export function asResource({ name, what, contact, town, hours, who }: Suggested, key: string): ParsedResource {
  const phone = readPhone(contact);
  const url = phone === undefined ? linkIn(contact) : undefined;
  if (phone === undefined && url === undefined) throw new UserError('resource.suggest.noContact');
  const at = town === undefined ? undefined : townIn(town);
  const parsed = parseRecord({
    ...{ id: key, name: readLine(name), description: readNotes(what), phone, url, eligibility: readNotes(who) },
    ...{ hours: readNotes(hours), city: at?.fields.city ?? readLine(town), state: at?.fields.state, postal_code: at?.postal },
  });
  const [resource] = parsed.ok ? parsed.resources : [];
  if (!resource) throw new UserError('resource.suggest.unread');
  return resource;
}
