import { valueWords } from '../src/cards/pairing-words.js';
import { type Param, param, worded } from '../src/chat/index.js';
import {
  EXPERIENCES,
  GENDERS,
  PACES,
  PATHWAYS,
  RECOVERIES,
  SLOTS,
  TONES,
  TOPICS,
  URGENCIES,
  WAYS,
} from '../src/core/pairing/vocabulary.js';
import { MOST_ASKING, WISH_NAMES } from '../src/core/pairing/wishes.js';
import { foldWords } from '../src/words/fold.js';
import { type Key, wordsFor } from '../src/words/index.js';
import { languagesLike } from '../src/words/languages.js';

type Asked = 'urgency' | 'words' | 'topic' | 'way' | 'language' | 'pathway' | 'gender' | 'experience' | 'hours' | 'must';
type AskedLater = 'recovery' | 'tone' | 'pace' | 'medication' | 'mine';

const SUGGESTED = 25;

/** Pathways whose name or code holds what was typed last, after what was typed before it. */
function pathwaysLike(typed: string, language: string) {
  const { t } = wordsFor(language);
  const wanted = foldWords(typed);
  return PATHWAYS.map((code) => ({ value: code, label: t(`pairing.pathways.${code}`) }))
    .filter(({ value, label }) => foldWords(`${value} ${label}`).includes(wanted))
    .slice(0, SUGGESTED);
}

/** Words of a param in every form that asks it; the labels of its values are those of the vocabulary. */
const of = <T>(name: Asked | AskedLater, one: Param<T>, choices?: Readonly<Record<string, Key>>): Param<T> =>
  worded(one, {
    label: `sponsor.form.${name}.label`,
    help: `sponsor.form.${name}.help`,
    ...(choices && { choices }),
  });

const pick = <const V extends readonly [string, ...string[]]>(
  name: Asked | AskedLater,
  list: Parameters<typeof valueWords>[0],
  values: V,
) => of(name, param.choices(values, {}), valueWords(list, values));

/** Everything that can matter is optional, but how soon it should be. */
export const basics = {
  urgency: of('urgency', param.choice(URGENCIES, { required: true }), valueWords('urgencies', URGENCIES)),
  words: of('words', param.long({ shown: 'others', max: MOST_ASKING })),
  topic: pick('topic', 'topics', TOPICS),
  way: pick('way', 'ways', WAYS),
  language: of('language', param.text({ shown: 'asked', max: 100, suggest: languagesLike })),
};

export const people = {
  pathway: of('pathway', param.text({ shown: 'asked', max: 200, suggest: pathwaysLike })),
  gender: pick('gender', 'genders', GENDERS),
  experience: pick('experience', 'experiences', EXPERIENCES),
  hours: pick('hours', 'slots', SLOTS),
  must: of(
    'must',
    param.choices(WISH_NAMES, {}),
    Object.fromEntries(WISH_NAMES.map((name) => [name, `sponsor.wishes.${name}` as Key])),
  ),
};

export const together = {
  recovery: of('recovery', param.choice(RECOVERIES, {}), valueWords('recoveries', RECOVERIES)),
  tone: pick('tone', 'tones', TONES),
  pace: pick('pace', 'paces', PACES),
  medication: of('medication', param.bool({})),
  mine: of('mine', param.choice(GENDERS, {}), valueWords('genders', GENDERS)),
};

/** A draft with everything in it, as JSON. */
const MOST = 8_000;
export const draftRef = param.ref({ required: true, max: MOST });
