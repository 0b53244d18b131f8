/** Two-letter codes of ISO 639 that groups may meet in; any other can be given by its code. */
const COMMON =
  'am ar bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kn ko ku lt lv mk ml mr ms nb ne nl nn pa pl ps pt ro ru sk sl so sq sr sv sw ta te th tl tr uk ur vi yo zh zu'.split(
    ' ',
  );

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

const nameIn = (language: string, tag: string) => new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;

/** What a language is called in another one. */
export const languageName = (language: string, tag: string): string => nameIn(language, tag);

/** A language as people write it: its code, or its name in English, in Spanish or in itself. @returns BCP 47 */
export function readLanguage(text: string): string | undefined {
  const wanted = folded(text);
  const named = COMMON.find((tag) => ['en', 'es', tag].some((language) => folded(nameIn(language, tag)) === wanted));
  if (named) return named;
  try {
    const [tag] = Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'));
    return tag && nameIn('en', tag) !== tag ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** For completion: languages whose name or code begins with what was typed. */
export const languagesLike = (typed: string, language: string): { value: string; label: string }[] =>
  COMMON.map((value) => ({ value, label: nameIn(language, value) }))
    .filter(({ value, label }) => value.startsWith(folded(typed)) || folded(label).startsWith(folded(typed)))
    .slice(0, 25);
