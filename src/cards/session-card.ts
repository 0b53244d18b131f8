import type { Block, Span, Text } from '../chat/index.js';
import type { SessionView } from '../core/sessions/view.js';
import type { Words } from '../words/index.js';
import { languageName } from '../words/languages.js';

/** Who looks: their words, their zone, and where they are. */
export interface CardReader extends Words {
  /** IANA. */
  readonly zone: string;
  readonly platform: SessionView['platform'];
}

const PLATFORMS = { discord: 'Discord', slack: 'Slack', playground: 'Homegroup playground' } as const;

/** What a session is like: the name that its facilitator gave it, or that of its format. */
export const formatOf = ({ t }: Words, { format, formatName }: Pick<SessionView, 'format' | 'formatName'>): string =>
  format === 'own' && formatName !== undefined ? formatName : t(`session.formats.${format}`);

/** Where it is, as far as anybody may know. A channel of another platform is said in words. */
export function whereOf(
  { platform, ...words }: CardReader,
  view: Pick<SessionView, 'place' | 'channel' | 'platform' | 'address'>,
): Text {
  const { place, channel, address } = view;
  if (place === 'person' && address !== undefined) return words.t('session.places.address', { address });
  if (channel === undefined || place === 'link' || place === 'person') return words.t(`session.places.${place}`);
  if (view.platform !== platform) return words.t(`session.elsewhere.${place}`, { platform: PLATFORMS[view.platform] });
  return words.rich<Span & object>(`session.in.${place}`, { channel: { channel } });
}

function chairOf(reader: CardReader, { chair }: SessionView): Text {
  if (!chair) return reader.t('session.noChair');
  return chair.account === undefined ? reader.t('session.chairElsewhere') : [{ mention: chair.account }];
}

function comingOf({ t }: Words, { going, waiting, capacity }: SessionView): string {
  const count = capacity === undefined ? t('session.going', { count: going }) : t('session.goingOf', { count: going, capacity });
  return waiting > 0 ? `${count}, ${t('session.waiting', { count: waiting })}` : count;
}

/** When a date is, in the reader's zone. */
export const whenOf = ({ zone, rich }: CardReader, { startsAt, endsAt }: Pick<SessionView, 'startsAt' | 'endsAt'>): Text =>
  rich<Span & object>('session.fromTo', {
    start: { time: startsAt, style: 'datetime', zone },
    end: { time: endsAt, style: 'time', zone },
  });

/** A line that says that it is not as usual; none when it is. */
function noteOf({ t }: Words, { state, isMoved }: SessionView): Block<never>[] {
  if (state === 'cancelled') return [{ kind: 'text', text: [{ bold: t('session.states.cancelled') }] }];
  if (state === 'live' || state === 'over') return [{ kind: 'text', text: t(`session.states.${state}`) }];
  return isMoved ? [{ kind: 'note', text: t('session.states.moved') }] : [];
}

/** One date of a session as any member may see it, without buttons. Numbers, never names of who comes. */
export function sessionCard(reader: CardReader, view: SessionView): Block<never>[] {
  const { t } = reader;
  return [
    { kind: 'heading', text: view.title },
    ...noteOf(reader, view),
    ...(view.description === undefined ? [] : [{ kind: 'text' as const, text: view.description }]),
    {
      kind: 'facts',
      facts: [
        { label: t('session.when'), value: whenOf(reader, view) },
        { label: t('session.where'), value: whereOf(reader, view) },
        {
          label: t('session.format'),
          value: `${formatOf(reader, view)} · ${t(view.isClosed ? 'session.closed' : 'session.open')}`,
        },
        ...(view.language === undefined
          ? []
          : [{ label: t('session.language'), value: languageName(reader.language, view.language) }]),
        { label: t('session.chair'), value: chairOf(reader, view) },
        ...(view.state === 'planned' ? [{ label: t('session.coming'), value: comingOf(reader, view) }] : []),
      ],
    },
  ];
}
