/**
 * What this project's texts never say, by language. The rules are those of docs/crisis.md ("How we write").
 * Each is a pattern over whole words; case matters only where `exact` says so.
 */
const stigma = {
  en: [
    'addicts?',
    'abusers?',
    'abus(?:e|es|ed|ing|ive)',
    'junk(?:ie|ies|y)',
    'drunks?',
    'alcoholics?',
    'habits?',
    'vices?',
    'clean',
    'dirty',
    'relaps(?:e|es|ed|ing)',
    'fell off the wagon',
    'strung out',
    'tweaking',
    'streaks?',
    'commit(?:s|ted|ting)? suicide',
    '(?:successful|failed) (?:suicide )?attempts?',
    'non-?compliant',
    'unmotivated',
    'in denial',
    'medication[- ]assisted',
    'opioid (?:replacement|substitution)',
  ],
  es: [
    'adict[oa]s?',
    'drogadict[oa]s?',
    'toxic[oó]man[oa]s?',
    'yonquis?',
    'drogat[ao]s?',
    'abus(?:o|os|a|ar|ador|adora|adores|adoras|ó|aste)',
    'borrach[oa]s?',
    'alcoh[oó]lic[oa]s?',
    'h[aá]bitos?',
    'vicios?',
    'limpi[oa]s?',
    'suci[oa]s?',
    'reca[ií](?:da|das|er|ste|do)',
    'recay(?:ó|eron)',
    'rachas?',
    '(?:cometer|cometió|cometido|cometa) (?:un )?suicidio',
    'intentos? (?:fallidos?|exitosos?)',
    'incumplidor(?:a|es|as)?',
    'desmotivad[oa]s?',
    'en negación',
    'asistid[oa] con medica(?:ción|mentos)',
    '(?:sustitución|reemplazo) (?:de|con) opioides',
  ],
};

const claims = {
  en: [
    'therap(?:y|ies|ist|ists|eutic)',
    'treatments?',
    'diagnos(?:is|es|e|ed)',
    'counsel(?:l?ing|l?ors?)',
    'monitor(?:s|ed|ing)?',
    'confidential(?:ly|ity)?',
    'clinical',
    'we will get you help',
    'emergency service of ours',
    'detox(?:ification)?',
    'dos(?:e|es|age|ing)',
    'taper(?:s|ed|ing)?',
    'withdrawal',
  ],
  es: [
    'terap(?:ia|ias|euta|eutas|éutic[oa]s?)',
    'tratamientos?',
    'diagn[oó]stic(?:o|os|ar|a)',
    'consejer(?:ía|o|a|os|as)',
    'asesoramiento psicológico',
    'monitor(?:eo|ear|ea|eamos|ización|izar)',
    'confidencial(?:es|mente|idad)?',
    'clínic[oa]s?',
    'te conseguiremos ayuda',
    'desintoxica(?:ción|r|rse)',
    'dosis',
    'dosifica(?:r|ción)',
    'abstinencia',
  ],
};

/** Abbreviations, which are other words in lower case. */
const exact = { en: ['MAT'], es: ['TAM'] };

const whole = (pattern, flags) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, flags);

/** Patterns for one language; a language without a list of its own is held to the English one. */
export function forbiddenIn(language) {
  const list = (table) => table[language] ?? table.en;
  return [
    ...[...list(stigma), ...list(claims)].map((pattern) => whole(pattern, 'giu')),
    ...list(exact).map((pattern) => whole(pattern, 'gu')),
  ];
}
