import { foldWords } from '../../words/fold.js';
import { languages as catalogues, type Key, wordsFor } from '../../words/index.js';

/**
 * Kinds of meetings. A Meeting Guide code stands as it is (`BE`); the codes of Narcotics Anonymous, which mean other things, are
 * `na:B`; a code that only the source knows is `own:X` (docs/decisions/meetings.md).
 */
const GUIDE =
  '11 12x12 A ABSI AL AL-AN ASL B BA BE BI BRK BV-I C CAN CF D D-HOH DB DD DR FF G GR H L LGBTQ LIT LO-I LS M MED N NB NDG O OUT P POA POC QSL RSL SEN SM SP ST T TR W X XB XT Y'.split(
    ' ',
  );
const NA =
  'AB Ag B BK BL BT C CH CL CP CS CW D FD GL GP ID IL IP IW JT LC M ME NC NS O OE Pi QA RA RF Rr SC SD SG SL So St TW Ti To Tr W WC YP'.split(
    ' ',
  );
const NA_BY_WORLD: Readonly<Record<string, string>> = {
  ...{
    BEG: 'B',
    BT: 'BT',
    CLOSED: 'C',
    CAN: 'CL',
    DISC: 'D',
    GL: 'GL',
    IP: 'IP',
    IW: 'IW',
    JFT: 'JT',
    M: 'M',
    NC: 'NC',
    OPEN: 'O',
  },
  ...{ VAR: 'RF', 'S-D': 'SD', SWG: 'SG', SPK: 'So', STEP: 'St', TOP: 'To', W: 'W', WCHR: 'WC', Y: 'YP', LIT: 'BK', NS: 'NS' },
  ...{ QA: 'QA', MED: 'ME', RA: 'RA', CW: 'CW', CPT: 'CP', LC: 'LC', GP: 'GP' },
};

/** Codes of Meeting Guide that name a language: ISO 639 of each. */
const GUIDE_LANGUAGES: Readonly<Record<string, string>> = {
  ...{ AF: 'af', AM: 'am', AR: 'ar', BG: 'bg', DA: 'da', DE: 'de', EL: 'el', EN: 'en', FA: 'fa', FI: 'fi', FR: 'fr', HE: 'he' },
  ...{ HI: 'hi', HR: 'hr', HU: 'hu', IS: 'is', ITA: 'it', JA: 'ja', KA: 'ka', KOR: 'ko', LT: 'lt', ML: 'ml', MT: 'mt', NE: 'ne' },
  ...{
    NL: 'nl',
    NO: 'no',
    POL: 'pl',
    POR: 'pt',
    PUN: 'pa',
    RUS: 'ru',
    S: 'es',
    SK: 'sk',
    SL: 'sl',
    SV: 'sv',
    TH: 'th',
    TL: 'tl',
  },
  ...{ TUR: 'tr', UK: 'uk' },
};
const NA_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  ES: ['es'],
  FIN: ['fi'],
  ENG: ['en'],
  PER: ['fa'],
  'L/R': ['lt', 'ru'],
};

/** The same kind, called otherwise in two vocabularies. */
const SAME: readonly (readonly string[])[] = [
  ['BE', 'na:B'],
  ['O', 'na:O'],
  ['C', 'na:C'],
  ['W', 'na:W'],
  ['M', 'na:M'],
  ['ST', 'na:St', 'na:SG'],
  ['SP', 'na:So', 'na:SD'],
  ['D', 'na:D'],
  ['LGBTQ', 'na:GL'],
  ['Y', 'na:YP'],
  ['X', 'na:WC'],
  ['TR', 'na:Tr', 'na:TW'],
  ['MED', 'na:ME'],
  ['CAN', 'na:CL'],
  ['ASL', 'na:SL'],
  ['LIT', 'na:BK'],
];

/** What a code says of a meeting. */
export type Meaning =
  | { readonly is: 'kind'; readonly type: string }
  | { readonly is: 'language'; readonly languages: readonly string[] }
  | { readonly is: 'online' | 'closed' | 'hybrid' }
  | { readonly is: 'unknown'; readonly type: string };

const unknown = (code: string): Meaning => ({ is: 'unknown', type: `own:${code}` });
const language = (...languages: readonly string[]): Meaning => ({ is: 'language', languages });

/** The names of a kind in every catalogue. */
function namesOf(type: string): readonly string[] {
  const key = keyOf(type);
  return key ? catalogues.map((name) => wordsFor(name).t(key)) : [];
}

const guideByWord = new Map<string, string>();
for (const code of GUIDE.toReversed()) for (const word of [code, ...namesOf(code)]) guideByWord.set(foldWords(word), code);
const naByWord = new Map(NA.map((code) => [code.toLowerCase(), code]));

/** What a code, or a name in its place, of a Meeting Guide feed means. */
export function guideMeaning(code: string): Meaning {
  const upper = code.toUpperCase();
  if (upper === 'ONL') return { is: 'online' };
  if (upper === 'TC') return { is: 'closed' };
  const said = GUIDE_LANGUAGES[upper];
  if (said && Object.hasOwn(GUIDE_LANGUAGES, upper)) return language(said);
  const type = guideByWord.get(foldWords(code));
  return type ? { is: 'kind', type } : unknown(code);
}

/** A format as a BMLT server describes it; undefined when it did not. */
export interface Format {
  readonly world?: string;
  readonly name: string;
  readonly language: string;
}

/** What a code of a BMLT feed means. */
export function naMeaning(code: string, format: Format | undefined): Meaning {
  const world = format?.world ?? '';
  if (code === 'VM' || world === 'VM') return { is: 'online' };
  if (code === 'TC' || world === 'TC') return { is: 'closed' };
  if (code === 'HY' || world === 'HYBR') return { is: 'hybrid' };
  const said = Object.hasOwn(NA_LANGUAGES, code) ? NA_LANGUAGES[code] : undefined;
  if (said && (!format || world === 'LANG')) return language(...said);
  const known = Object.hasOwn(NA_BY_WORLD, world) ? NA_BY_WORLD[world] : format ? undefined : naByWord.get(code.toLowerCase());
  // The server's own words for a code come before what the code means elsewhere.
  if (known) return { is: 'kind', type: `na:${known}` };
  const alike = naByWord.get(code.toLowerCase());
  if (format && alike && namesOf(`na:${alike}`).some((name) => foldWords(name) === foldWords(format.name)))
    return { is: 'kind', type: `na:${alike}` };
  return format ? { is: 'kind', type: `own:${code}` } : unknown(code);
}

/** The text that names a kind; undefined for one that only its source can name. */
export function keyOf(type: string): Key | undefined {
  const [, vocabulary = 'guide', code = ''] = /^(?:(na|own):)?(.*)$/su.exec(type) ?? [];
  const key = `meetingKinds.${vocabulary}.${code}`;
  return vocabulary !== 'own' && wordsFor('en').has(key) ? key : undefined;
}

/** Names of kinds that a source gave itself, by language; without any where nobody names them. By our code. */
export type OwnKinds = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How a kind is called in a language; the bare code where nobody says. */
export function nameOfKind(type: string, language: string, own: OwnKinds): string {
  const key = keyOf(type);
  if (key) return wordsFor(language).t(key);
  const names = Object.hasOwn(own, type) ? own[type] : undefined;
  return names?.[language] ?? names?.en ?? Object.values(names ?? {})[0] ?? type.replace(/^own:/u, '');
}

const singular = (word: string) => (word.length > 3 ? word.replace(/s$/u, '') : word);
const wordsOf = (text: string) => foldWords(text).split(' ').map(singular);

/** Every word that was said is a word of the name. */
function isNamed(name: string, said: readonly string[]): boolean {
  const words = wordsOf(name);
  return said.every((word) => words.includes(word));
}

/** The kinds that these words, or this code, can mean, in whichever language they are said; none when nobody knows them. */
export function kindsNamed(text: string, own: OwnKinds): readonly string[] {
  const said = wordsOf(text);
  const known = [...GUIDE, ...NA.map((code) => `na:${code}`)];
  const names = (type: string) => [...namesOf(type), ...Object.values(own[type] ?? {})];
  const exact = text.trim().toLowerCase();
  const isMeant = (type: string) =>
    type.replace(/^(?:na|own):/u, '').toLowerCase() === exact || names(type).some((name) => isNamed(name, said));
  const meant = [...known, ...Object.keys(own)].filter(isMeant);
  return [...new Set(meant.flatMap((type) => [type, ...(SAME.find((same) => same.includes(type)) ?? [])]))];
}

/** Names of the kinds that everybody knows, in one language, each once. */
export const kindNames = (language: string): readonly string[] => [
  ...new Set([...GUIDE, ...NA.map((code) => `na:${code}`)].map((type) => nameOfKind(type, language, {}))),
];
