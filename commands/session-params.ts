import { type Params, param, typedOnly, worded } from '../src/chat/index.js';
import { SESSION_FORMATS, SESSION_LIMITS, SESSION_VISIBILITIES } from '../src/core/sessions/kinds.js';
import type { Key } from '../src/words/index.js';
import { languagesLike } from '../src/words/languages.js';

export const languageParam = param.text({ shown: 'asked', max: 40, suggest: languagesLike });

const { title, name, description, where, minutes, capacity } = SESSION_LIMITS;

export const basics = {
  title: param.text({ shown: 'led', required: true, max: title }),
  when: param.text({ shown: 'asked', required: true }),
  minutes: param.int({ min: minutes.least, max: minutes.most }),
  format: param.choice(SESSION_FORMATS, {}),
  where: param.text({ shown: 'led', max: where }),
};

export const more = {
  description: param.long({ shown: 'led', max: description }),
  chair: param.member({}),
  cochair: param.member({}),
  backup: param.members({}),
  capacity: param.int({ min: 1, max: capacity }),
  language: languageParam,
  closed: param.bool({}),
  visibility: param.choice(SESSION_VISIBILITIES, {}),
  zone: param.zone({}),
  name: param.text({ shown: 'led', max: name }),
};

type Names = keyof typeof basics | keyof typeof more;
type CreateKey = `commands.session.create.params.${Names}`;

/** The same params in another form have the same words. */
const wordsOf = (param: Names, values: readonly string[] | undefined) => {
  const base: CreateKey = `commands.session.create.params.${param}`;
  return {
    label: `${base}.label` as Key,
    help: `${base}.help` as Key,
    ...(values && { choices: Object.fromEntries(values.map((value) => [value, `${base}.choices.${value}` as Key])) }),
  };
};

export function sameWords<P extends Params>(params: P): P {
  const entries = Object.entries(params).map(([key, one]) => [key, worded(one, wordsOf(key as Names, one.values))]);
  return Object.fromEntries(entries) as P;
}

export const allTypedOnly = <P extends Params>(params: P): P =>
  Object.fromEntries(Object.entries(params).map(([key, one]) => [key, typedOnly(one)])) as P;
