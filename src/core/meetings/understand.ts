import { UserError } from '../../chat/errors.js';
import { joinWishes, readWish, startWish, type Wish } from '../../time/say-wish.js';
import { windowsOf } from '../../time/wish-windows.js';
import { foldWords } from '../../words/fold.js';
import type { Scope } from '../scope.js';
import { languageNamed } from './languages.js';
import { GRACE, type Search } from './search.js';
import type { Source } from './sources.js';
import { kindsNamed, type OwnKinds } from './types.js';

/** What was asked, as it was typed. */
export interface Asked {
  readonly day?: string | undefined;
  readonly time?: string | undefined;
  readonly how?: 'online' | 'in-person' | undefined;
  readonly place?: string | undefined;
  readonly type?: string | undefined;
  readonly language?: string | undefined;
  readonly source?: string | undefined;
}

export const ASKS = ['day', 'time', 'how', 'place', 'type', 'language', 'source'] as const;

export const ownKindsOf = (sources: readonly Source[]): OwnKinds => Object.assign({}, ...sources.map(({ kinds }) => kinds));

/** Whether these words say when, and nothing else. @param manana what Spanish "mañana" means where it stands alone */
export const saysWhen = (text: string, manana: 'day' | 'time'): boolean => readWish(text, manana) !== undefined;

function wishOf({ day, time }: Asked): Wish {
  const [onDay, atTime] = [day === undefined ? {} : readWish(day, 'day'), time === undefined ? {} : readWish(time, 'time')];
  if (!onDay || !atTime) throw new UserError('meeting.unknown.when');
  return joinWishes(onDay, atTime);
}

function kindsOf(type: string, sources: readonly Source[]): readonly string[] {
  const kinds = kindsNamed(type, ownKindsOf(sources));
  if (kinds.length === 0) throw new UserError('meeting.unknown.type');
  return kinds;
}

function languageOf(language: string): string {
  const code = languageNamed(language);
  if (code === undefined) throw new UserError('meeting.unknown.language');
  return code;
}

function listsOf(source: string, sources: readonly Source[]): readonly string[] {
  const wanted = foldWords(source).split(' ');
  const meant = sources.filter(({ name }) => wanted.every((word) => foldWords(name).includes(word)));
  if (meant.length === 0) throw new UserError('meeting.unknown.source', { names: sources.map(({ name }) => name).join(', ') });
  return meant.map(({ id }) => id);
}

/** What the words mean. @throws UserError that says which of them means nothing */
export function searchOf(scope: Scope, asked: Asked, sources: readonly Source[], given?: Wish): Search {
  const wish = given ?? wishOf(asked);
  const { how, place, type, language, source } = asked;
  return {
    windows: windowsOf(wish, scope.now, scope.member.zone, GRACE),
    appointments: Object.keys(wish).length === 0,
    ...(how && { how }),
    ...(place !== undefined && { place }),
    ...(type !== undefined && { types: kindsOf(type, sources) }),
    ...(language !== undefined && { language: languageOf(language) }),
    ...(source !== undefined && { sources: listsOf(source, sources) }),
  };
}

const HOWS: readonly (readonly [RegExp, 'online' | 'in-person'])[] = [
  [/(?:^| )(?:online|on line|virtual|zoom|en linea)(?= |$)/u, 'online'],
  [/(?:^| )(?:in person|face to face|presencial(?:es)?|en persona)(?= |$)/u, 'in-person'],
];
const FILLERS = /^(?:(?:in|en|near|cerca de|at|de|of) )+/u;

/**
 * What words can mean that were typed without names and are no place: "tonight boston", "spanish online". Undefined when they
 * say nothing else.
 */
export function readLoosely(
  asked: Asked,
  sources: readonly Source[],
): { readonly asked: Asked; readonly wish: Wish } | undefined {
  if (asked.place === undefined || asked.day !== undefined || asked.time !== undefined) return undefined;
  const { wish, rest } = startWish(asked.place, 'day');
  let left = foldWords(rest);
  let { how } = asked;
  for (const [pattern, meant] of HOWS) {
    if (!pattern.test(left)) continue;
    how ??= meant;
    left = left.replace(pattern, '').trim();
  }
  left = left.replace(FILLERS, '');
  const language = left === '' || asked.language !== undefined ? undefined : languageNamed(left);
  const isKind =
    left !== '' && language === undefined && asked.type === undefined && kindsNamed(left, ownKindsOf(sources)).length > 0;
  if (Object.keys(wish).length === 0 && how === asked.how && language === undefined && !isKind) return undefined;
  const place = left === '' || language !== undefined || isKind ? undefined : left;
  return {
    wish,
    asked: { ...asked, how, place, ...(language !== undefined && { language: left }), ...(isKind && { type: left }) },
  };
}
