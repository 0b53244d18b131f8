import type { Block, Button, Span, Tap } from '../chat/index.js';
import type { Availability } from '../core/support/oncall/availability.js';
import type { Words } from '../words/index.js';
import { writeButton } from './relay.js';

interface Reader extends Pick<Words, 't' | 'rich'> {
  /** IANA, the reader's. */
  readonly zone: string;
}

/** Whether somebody can be asked for a talk now, or when; honest, and naming nobody. */
export function whoIsThere({ t, rich, zone }: Reader, { now, next, hasCaretakers }: Availability): Block<Tap> {
  if (now > 0) return { kind: 'text', text: t('support.there.now') };
  const caretakers = hasCaretakers ? ` ${t('support.there.caretakers')}` : '';
  if (!next) return { kind: 'text', text: `${t('support.there.nobody')}${caretakers}` };
  const when: Span & object = { time: next, style: 'datetime', zone };
  return { kind: 'text', text: [...rich<Span & object>('support.there.later', { when }), caretakers] };
}

/** Leads to what happens when one asks, before anybody is asked. */
export const askButton = ({ t }: Pick<Words, 't'>, style?: Button<Tap>['style']): Button<Tap> => ({
  label: t('support.button'),
  act: { path: ['support', 'now'] },
  ...(style && { style }),
});

/** What the asker may do while their request is open. */
export function askerButtons(
  words: Pick<Words, 't'>,
  request: string,
  relay: string | undefined,
  isWith: boolean,
  does: Tap['does'],
): Button<Tap>[] {
  const own = (sub: string, label: string): Button<Tap> => ({ label, act: { path: ['support', sub], input: { request }, does } });
  return [
    ...(relay === undefined ? [] : [writeButton(words, relay)]),
    ...(isWith ? [own('spoken', words.t('support.spoken')), own('missed', words.t('support.nobodyCame'))] : []),
    own('stop', words.t('support.stop')),
    crisisButton(words),
  ];
}

/** Who has time, by their account where the reader's platform knows one. */
export const withWhom = ({ t, rich }: Pick<Words, 't' | 'rich'>, account: string | undefined): Block<Tap> => ({
  kind: 'text',
  text:
    account === undefined
      ? t('support.taken.elsewhere')
      : rich<Span & object>('support.taken.who', { who: { mention: account } }),
});

/** From memory: it works while the database is away. */
export const crisisButton = ({ t }: Pick<Words, 't'>): Button<Tap> => ({ label: t('support.crisis'), act: { path: ['crisis'] } });

/** What stands under everything that is said to somebody who would like to talk. */
export const crisisNote = ({ rich }: Pick<Words, 'rich'>): Block<Tap> => ({
  kind: 'note',
  text: rich('support.crisisNote', { crisis: { command: ['crisis'] as const } }),
});

/**
 * Somebody to talk to now or soon, and the way to ask: for a member after a session, and meanwhile for whoever waits for a sponsor (the
 * temporary contact). Give it what `availability(scope)` (`src/core/support/oncall/availability.ts`) tells. Names nobody.
 */
export const someoneNow = (reader: Reader, there: Availability): Block<Tap>[] => [
  whoIsThere(reader, there),
  crisisNote(reader),
  { kind: 'buttons', buttons: [askButton(reader, 'primary'), crisisButton(reader)] },
];
