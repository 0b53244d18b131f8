import type { Block, Span, Tap, Text } from '../chat/index.js';
import type { ByHand } from '../core/sessions/events/answer.js';
import type { Words } from '../words/index.js';

/** What is open about the event of a session, for who may answer it. */
export interface EventQuestion {
  readonly session: string;
  readonly title: string;
  readonly state: 'changed' | 'deleted' | 'refused' | 'full';
  /** When the date is by what we wrote; with `deleted`. */
  readonly startsAt?: Date;
  /** With `changed`. */
  readonly by?: ByHand;
}

export interface EventReader extends Pick<Words, 't' | 'rich'> {
  /** IANA. */
  readonly zone: string;
}

function placeLine({ t, rich }: EventReader, where: NonNullable<ByHand['where']>): Text {
  if (where.kind === 'words') return t('event.by.words', { place: where.text });
  return rich<Span & object>('event.by.room', { channel: { channel: where.channel } });
}

function linesOf(reader: EventReader, { title, description, startsAt, minutes, where }: ByHand): Text[] {
  const { t, rich, zone } = reader;
  const when = startsAt && { time: startsAt, style: 'datetime' as const, zone };
  return [
    ...(title === undefined ? [] : [t('event.by.title', { title })]),
    ...(when ? [rich<Span & object>('event.by.startsAt', { when })] : []),
    ...(minutes === undefined ? [] : [t('event.by.minutes', { minutes })]),
    ...(where ? [placeLine(reader, where)] : []),
    ...(description === undefined ? [] : [t('event.by.description')]),
  ];
}

/** The question with its answers. Whoever reads it alone may answer it. */
export function eventQuestion(reader: EventReader, { session, title, state, startsAt, by }: EventQuestion): Block<Tap>[] {
  const { t, rich, zone } = reader;
  const button = (label: string, sub: string) => ({
    label,
    act: { path: ['session', sub] as const, input: { session }, does: 'edit' as const },
  });
  if (state === 'refused' || state === 'full')
    return [
      { kind: 'text', text: t(`event.${state}`, { title }) },
      { kind: 'buttons', buttons: [button(t('event.again'), 'event-again')] },
    ];
  const when: Span & object = { time: startsAt ?? new Date(0), style: 'datetime', zone };
  const text = state === 'deleted' ? rich<Span & object>('event.deleted', { title, when }) : t('event.changed', { title });
  const items = by ? linesOf(reader, by) : [];
  return [
    { kind: 'text', text },
    ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
    {
      kind: 'buttons',
      buttons: [
        button(t(state === 'deleted' ? 'event.skip' : 'event.take'), 'event-take'),
        button(t('event.back'), 'event-back'),
        button(t('event.leave'), 'event-leave'),
      ],
    },
  ];
}
