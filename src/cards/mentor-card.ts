import type { Block } from '../chat/index.js';
import type { CredentialView, MentorView } from '../core/pairing/mentor-view.js';
import type { Words } from '../words/index.js';
import { languageName } from '../words/languages.js';
import { sayValues, valueKey } from './pairing-words.js';

interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A local date in words. @param day ISO */
export const sayDay = ({ language }: Words, day: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** A training or certificate in a line, without its number. */
export function sayCredential(words: Words, { code, name, issuer, expiresOn, isVerified }: CredentialView): string {
  const called = code === 'OTHER' && name !== undefined ? name : words.t(valueKey('credentials', code));
  const parts = [called, ...(name === undefined || name === called ? [] : [name]), ...(issuer === undefined ? [] : [issuer])];
  const until = expiresOn === undefined ? undefined : { day: sayDay(words, expiresOn) };
  return [...parts, ...(until ? [words.t(isVerified ? 'mentor.card.until' : 'mentor.card.expiry', until)] : [])].join(', ');
}

/** What somebody of the community saw, and what is only said, apart from each other. */
function training(words: Words, credentials: readonly CredentialView[]): Fact[] {
  const { t } = words;
  const say = (isVerified: boolean, label: string): Fact[] => {
    const some = credentials.filter((one) => one.isVerified === isVerified);
    return some.length === 0 ? [] : [{ label, value: some.map((one) => sayCredential(words, one)).join('; ') }];
  };
  if (credentials.length === 0) return [{ label: t('mentor.card.training'), value: t(valueKey('credentials', 'none')) }];
  return [...say(true, t('mentor.card.seen')), ...say(false, t('mentor.card.said'))];
}

function factsOf(words: Words, { facts, credentials, knownSince, vouches }: MentorView): Fact[] {
  const { t, language } = words;
  const list = (label: string, values: readonly string[], say: (values: readonly string[]) => string): Fact[] =>
    values.length === 0 ? [] : [{ label, value: say(values) }];
  const said = (label: string, value: string | undefined): Fact[] => (value === undefined ? [] : [{ label, value }]);
  const one = (value: string | undefined) => (value === undefined ? [] : [value]);
  return [
    ...list(t('mentor.card.topics'), facts.topics, (values) => sayValues(words, 'topics', values)),
    {
      label: t('mentor.card.languages'),
      value: facts.languages.map((code) => languageName(language, code)).join(', '),
    },
    ...list(t('mentor.card.ways'), facts.ways, (values) => sayValues(words, 'ways', values)),
    ...list(t('mentor.card.pace'), one(facts.pace), (values) => sayValues(words, 'paces', values)),
    ...list(t('mentor.card.tone'), one(facts.tone), (values) => sayValues(words, 'tones', values)),
    ...list(t('mentor.card.slots'), facts.slots, (values) => `${sayValues(words, 'slots', values)} (${facts.zone})`),
    ...list(t('mentor.card.pathways'), facts.pathways, (values) => sayValues(words, 'pathways', values)),
    ...list(t('mentor.card.experiences'), facts.experiences, (values) => sayValues(words, 'experiences', values)),
    ...list(t('mentor.card.recovery'), one(facts.recovery), (values) => sayValues(words, 'recoveries', values)),
    ...said(
      t('mentor.card.helped'),
      facts.hoursOfExperience === undefined ? undefined : t('mentor.card.hours', { count: facts.hoursOfExperience }),
    ),
    ...training(words, credentials),
    ...said(t('mentor.card.known'), knownSince === undefined ? undefined : sayDay(words, knownSince)),
    ...said(t('mentor.card.vouched'), vouches === 0 ? undefined : t('mentor.card.vouches', { count: vouches })),
    ...list(t('mentor.card.gender'), one(facts.gender), (values) => sayValues(words, 'genders', values)),
    ...list(t('mentor.card.only'), facts.onlyGenders, (values) => sayValues(words, 'genders', values)),
    ...(facts.medicationFriendly ? [{ label: t('mentor.card.medication'), value: t(valueKey('medication', 'yes')) }] : []),
    ...said(t('mentor.card.able'), facts.able),
    ...said(t('mentor.card.limits'), facts.limits),
    { label: t('mentor.card.cost'), value: facts.cost ?? t('mentor.card.free') },
  ];
}

/** A mentor as somebody who asks sees them: in the preview of their profile, among suggestions, and when two are introduced. */
export const mentorCard = (words: Words, view: MentorView): Block<never>[] => [
  ...(view.facts.story === undefined ? [] : [{ kind: 'text' as const, text: view.facts.story }]),
  { kind: 'facts', facts: factsOf(words, view) },
];
