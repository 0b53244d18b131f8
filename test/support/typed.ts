import { commands } from '../../commands/index.js';
import { type AnyCommand, type Input, openParams, type Param, pathName } from '../../src/chat/index.js';

/** One param that takes what people write in their own words. */
export interface FreeText {
  readonly command: AnyCommand;
  readonly name: string;
  readonly param: Param;
  /** Such as `goal.add.words`. */
  readonly at: string;
}

export const isFree = ({ kind }: Param): boolean => kind === 'text' || kind === 'long';

/** All of them, of every command and every form. */
export const FREE: readonly FreeText[] = commands.flatMap((command) =>
  (Object.entries(command.params) as [string, Param][])
    .filter(([, param]) => isFree(param))
    .map(([name, param]) => ({ command, name, param, at: `${pathName(command.path)}.${name}` })),
);

/** What is typed where only something of a certain form is kept. `#`: the three digits that are its own. */
const SHAPED: Readonly<Record<string, string>> = {
  'resource.suggest.contact': '860-770-0#',
  'resource.accept-as.contact': '860-770-0#',
  'resource.fix.phone': '860-770-0#',
  'community.crisis-write.phone': '860 770-0#',
  'community.crisis-write.sms': 'HOME 770 0#',
  'community.crisis-write.chat': 'https://zq#zq.example/chat',
  'community.crisis-write.web': 'https://zq#zq.example/web',
};

/** What is understood where a canary would not be: by the param or by its name anywhere. */
const UNDERSTOOD: Readonly<Record<string, string>> = {
  'session.move.when': 'Wednesday 20:00',
  'resource.report.what': 'Harbour House',
  'community.crisis-write.languages': 'English',
  ...{ when: 'every Tuesday 19:00', from: '09:00', to: '17:00', language: 'English', languages: 'English, Spanish' },
  ...{ pathway: 'AA', country: 'Ireland', day: 'tuesday', time: 'tonight', place: 'Hartford', session: 'steps' },
};

/** What a form asks besides, where the first or the least of what it takes would not do. */
const BESIDES: Readonly<Record<string, unknown>> = {
  'pairing.restrict.until': 'in 30 days',
  'pairing.restrict.who': 'zoe',
  'milestone.set.date': '2019-05-06',
  'community.crisis-write.topic': 'emergency',
  'mentor.training.code': 'OTHER',
};

const digits = (index: number) => String(index).padStart(3, '0');

/** What is typed for that param and nowhere else. @param index in {@link FREE}, or another number of at most three digits */
export const canary = (index: number, at?: string): string => (SHAPED[at ?? ''] ?? 'zq#zq heron').replace('#', digits(index));

/** As it was typed, as a telephone would dial it, and as bytes are written. */
const MARKS = /zq(\d{3})zq|(?<![\da-f])(?:\+?1?860)?\W{0,2}770\W?0(\d{3})(?![\da-f])|7a71(3\d3\d3\d)7a71/gu;

/** Those of which something is in the text, by their {@link canary}'s number. */
export const canariesIn = (text: string): ReadonlySet<number> =>
  new Set(
    [...text.toLowerCase().matchAll(MARKS)].map(([, typed, dialled, bytes]) =>
      Number(typed ?? dialled ?? Buffer.from(bytes ?? '', 'hex').toString()),
    ),
  );

function besides(name: string, param: Param): unknown {
  if (param.kind === 'int') return String(param.min ?? 1);
  if (param.values) return param.kind === 'choices' ? [param.values[0]] : param.values[0];
  if (param.kind === 'zone') return 'UTC';
  if (param.kind === 'bool') return 'yes';
  if (!param.required) return undefined;
  return { when: 'tomorrow', member: 'ben' }[param.kind as string] ?? name;
}

/** Of what is looked up or understood, and then forgotten. */
export const isAsked = ({ at, param }: FreeText): boolean => param.shown === 'asked' || at in UNDERSTOOD;

/**
 * Everything that a command asks for: canaries in all free text that is kept or passed on, and what is understood in the rest.
 * @param foolish those of the rest that get their canary all the same
 */
export function inputFor(command: AnyCommand, foolish: readonly FreeText[] = []): Input {
  const value = (name: string, param: Param): unknown => {
    const at = `${pathName(command.path)}.${name}`;
    const index = FREE.findIndex((one) => one.at === at);
    const free = FREE[index];
    if (!free) return at in BESIDES ? BESIDES[at] : besides(name, param);
    if (isAsked(free) && !foolish.includes(free)) return UNDERSTOOD[at] ?? UNDERSTOOD[name];
    return canary(index, at);
  };
  return Object.fromEntries(openParams(command.params).map(([name, param]) => [name, value(name, param)]));
}
