import { z } from 'zod';
import { UserError } from '../../chat/errors.js';
import { foldWords } from '../../words/fold.js';
import { readLanguage } from '../../words/languages.js';
import { PATHWAYS, type Pathway, URGENCIES } from './vocabulary.js';
import { WISH_NAMES, type Wish, type Wishes, type WishName, wishesSchema } from './wishes.js';

/** What somebody who asks has said so far; kept behind the buttons of its preview until they decide. */
export const draftSchema = z.object({
  /** Of the request that comes of it, so that it begins once. */
  id: z.uuid(),
  urgency: z.enum(URGENCIES),
  wishes: wishesSchema,
});
export type RequestDraft = z.infer<typeof draftSchema>;

/** What a form says; what it leaves out is taken away. */
export interface SaidWishes {
  readonly values: Readonly<Partial<Record<WishName, readonly string[] | undefined>>>;
  /** Which of all wishes must be; undefined where the form does not ask. */
  readonly musts?: readonly WishName[] | undefined;
}

const parts = (text: string | undefined) =>
  (text ?? '')
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter(Boolean);

/** ISO 639 of languages by their names, with commas between them. @throws UserError that names the one that is not known */
export const readLanguages = (text: string | undefined): string[] =>
  parts(text).map((name) => {
    const code = readLanguage(name)?.split('-')[0];
    if (code === undefined) throw new UserError('sponsor.errors.language', { name });
    return code;
  });

/**
 * Pathways by code or name, with commas between them.
 * @param names what each is called in the reader's language
 * @throws UserError that names the one that is not known
 */
export function readPathways(text: string | undefined, names: (code: Pathway) => string): Pathway[] {
  return parts(text).map((written) => {
    const folded = foldWords(written);
    const found = PATHWAYS.find((code) => foldWords(code) === folded || foldWords(names(code)) === folded);
    if (!found) throw new UserError('sponsor.errors.pathway', { name: written });
    return found;
  });
}

/** The same wishes, with those that a form asked about as it says. */
export function withWishes(wishes: Wishes, { values, musts }: SaidWishes): Wishes {
  const asked = Object.keys(values) as WishName[];
  const kept = wishes.wishes.filter(({ what }) => !asked.includes(what));
  const said = asked.flatMap((what): Wish[] => {
    const given = values[what];
    const must = wishes.wishes.find((one) => one.what === what)?.must ?? false;
    return given && given.length > 0 ? [{ what, values: [...given], must }] : [];
  });
  const all = [...kept, ...said].sort((a, b) => WISH_NAMES.indexOf(a.what) - WISH_NAMES.indexOf(b.what));
  return { ...wishes, wishes: musts ? all.map((one) => ({ ...one, must: musts.includes(one.what) })) : all };
}
