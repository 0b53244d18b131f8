import type { Block, Button, Platform, Reply, Span, Tap, Text } from '../chat/index.js';
import { cardsOf } from '../core/live/due.js';
import { CARD, firstCard, MINUTE, WELCOME } from '../core/live/kinds.js';
import { type LiveView, type Person, viewLive } from '../core/live/view.js';
import { stepEnd, stepsOf } from '../core/live/words.js';
import type { World } from '../core/scope.js';
import { within } from '../core/within.js';
import type { Delivery, DueRow, Kind, NewDelivery } from '../schedule/kinds.js';
import { type Words, wordsFor } from '../words/index.js';

/** Milliseconds in which a change of the card has its point; the next change brings all of it anyway. */
const CHANGE_WITHIN = 60 * MINUTE;
/** Milliseconds until a change looks again whether the card itself was sent. */
const AGAIN = 1_000;

/** Where times that are left tick by themselves; elsewhere the time of day is shown, which stays right. */
const TICKS: Readonly<Record<Platform, boolean>> = { discord: true, slack: false, playground: true };

type Rich = Span & object;

const personOf = ({ t }: Words, { account }: Person): Span =>
  account === undefined ? t('live.somebodyElsewhere') : { mention: account };

const act = (sub: string, live: string, more: Partial<Tap> = {}): Tap => ({
  path: ['live', sub],
  input: { live },
  by: 'anyone',
  ...more,
});

function whoShares(words: Words, view: LiveView): Text {
  const { state, sharing, card, zone } = view;
  if (!state.sharing || !sharing) return words.t('live.card.nobodyShares');
  const person = personOf(words, sharing) as Rich;
  if (state.pausedAt) return words.rich<Rich>('live.card.sharesPaused', { person });
  const until: Rich = { time: state.sharing.until, style: TICKS[card.platform] ? 'relative' : 'time', zone };
  return words.rich<Rich>(TICKS[card.platform] ? 'live.card.sharesEnds' : 'live.card.sharesUntil', { person, until });
}

function line(words: Words, { line: [next], state: { hands } }: LiveView): Text {
  if (!next) return words.t('live.card.noHands');
  return words.rich<Rich>('live.card.next', { person: personOf(words, next) as Rich, count: hands.length });
}

/** What is not as usual just now. */
function standing({ t }: Words, { state }: LiveView): string[] {
  return [
    ...(state.pausedAt ? [t('live.card.paused')] : []),
    ...(state.isClosed ? [t('live.card.closed')] : state.isMuted ? [t('live.card.muted')] : []),
    ...(state.isQuiet ? [t('live.card.quiet')] : []),
    ...(state.chair === undefined ? [t('live.card.alone')] : []),
  ];
}

function buttons({ t }: Words, { id, state }: LiveView): Block<Tap>[] {
  const takesHands = !state.isClosed && !state.isMuted;
  const own: Button<Tap>[] = [
    ...(takesHands ? [{ label: t('live.raise'), style: 'primary' as const, act: act('raise', id) }] : []),
    { label: t('live.lower'), act: act('lower', id) },
    { label: t('live.pass'), act: act('pass', id) },
    { label: t('live.done'), act: act('done', id) },
  ];
  const more: Button<Tap>[] = [
    { label: t('live.where'), act: act('where', id) },
    { label: t('live.write'), act: act('write', id, { does: 'form' }) },
    { label: t('live.lead'), act: act('panel', id) },
  ];
  return [
    { kind: 'buttons', buttons: own },
    { kind: 'buttons', buttons: more },
  ];
}

function running(words: Words, view: LiveView): Reply {
  const { state, script, minutes, zone, title, shareCount } = view;
  const steps = stepsOf(words, script, minutes);
  const step = steps[state.step];
  const head = words.t('live.card.heading', { title });
  const when = step && ({ time: stepEnd(state.stepSince, step), style: 'time', zone } as Rich);
  const place = { step: state.step + 1, steps: steps.length, title: step?.title ?? '' };
  return {
    summary: head,
    blocks: [
      { kind: 'heading', text: head },
      { kind: 'text', text: [{ bold: words.t('live.card.step', place) }] },
      ...(step?.words ? [{ kind: 'text' as const, text: step.words }] : []),
      ...(when && !state.pausedAt ? [{ kind: 'note' as const, text: words.rich<Rich>('live.card.stepUntil', { when }) }] : []),
      { kind: 'divider' },
      { kind: 'text', text: whoShares(words, view) },
      { kind: 'text', text: line(words, view) },
      ...standing(words, view).map((text) => ({ kind: 'note' as const, text })),
      ...(shareCount > 0 ? [{ kind: 'note' as const, text: words.t('live.card.written', { count: shareCount }) }] : []),
      { kind: 'note', text: words.t('live.card.welcome', { minutes: WELCOME / MINUTE }) },
      ...buttons(words, view),
    ],
  };
}

/** The card turns into thanks. */
function over({ t }: Words, { id, title, tally }: LiveView): Reply {
  return {
    summary: t('live.thanks.heading'),
    blocks: [
      { kind: 'heading', text: t('live.thanks.heading') },
      { kind: 'text', text: t('live.thanks.text', { title }) },
      { kind: 'note', text: t('live.thanks.kept') },
      {
        kind: 'buttons',
        buttons: [
          ...(tally ? [] : [{ label: t('live.pulse.button'), act: act('pulse', id, { does: 'form' }) }]),
          { label: t('live.talk.button'), act: act('talk', id) },
          { label: t('live.pulse.results'), act: act('results', id) },
        ],
      },
    ],
  };
}

const drawCard = (view: LiveView): Reply => {
  const words = wordsFor(view.language);
  return view.state.endedAt ? over(words, view) : running(words, view);
};

const cardFor = ({ communityId, subjectId, dueAt }: Pick<DueRow, 'communityId' | 'subjectId' | 'dueAt'>, now: Date) => ({
  communityId,
  kind: CARD,
  subjectId,
  dueAt,
  expiresAt: new Date(now.getTime() + CHANGE_WITHIN),
});

type Found = Awaited<ReturnType<typeof cardsOf>>;

/** What one change needs: the card itself, a change of it, or patience until the card was sent. */
function change(row: DueRow, found: Found, now: Date): { delivery?: NewDelivery; next: Date | null } {
  const card = found.get(row.subjectId);
  if (!card) return { next: null };
  const first = firstCard(row.subjectId, card.cardNo);
  const delivery = { ...cardFor(row, now), platform: card.platform };
  if (card.state === undefined) return { delivery: { ...delivery, once: first }, next: null };
  if (card.state === 'queued') return { next: new Date(now.getTime() + AGAIN) };
  if (card.state !== 'sent') return { next: null };
  return { delivery: { ...delivery, once: `${first}:${row.dueAt.getTime()}` }, next: null };
}

/** Somebody deleted the card: the session goes on, so it is sent anew. Once for each card, however many changes missed it. */
async function anew(delivery: Delivery, tx: Parameters<NonNullable<Kind['failed']>>[2], now: Date): Promise<NewDelivery[]> {
  const { subjectId, once } = delivery;
  const live = await tx.liveSession.findUnique({ where: { id: subjectId }, select: { cardNo: true, endedAt: true } });
  if (!live || live.endedAt || !once.startsWith(`${firstCard(subjectId, live.cardNo)}:`)) return [];
  const cardNo = live.cardNo + 1;
  await tx.liveSession.update({ where: { id: subjectId }, data: { cardNo } });
  return [{ ...cardFor({ ...delivery, dueAt: now }, now), platform: delivery.platform, once: firstCard(subjectId, cardNo) }];
}

/** The card of a live session: sent once, then changed in its place. It shows what is so at that moment, however many changes there were. */
export const liveCard = (world: World): Kind => ({
  async due(rows, tx, now) {
    const found = await cardsOf(
      tx,
      rows.map(({ subjectId }) => subjectId),
    );
    const changes = rows.map((row) => ({ row, ...change(row, found, now) }));
    return {
      deliveries: changes.flatMap(({ delivery }) => delivery ?? []),
      next: new Map(changes.map(({ row, next }) => [row.id, next])),
    };
  },
  async render({ subjectId, once, communityId }) {
    const view = await viewLive(within(world, communityId), subjectId);
    if (!view) return { drop: 'gone' };
    const { card } = view;
    const to = { kind: 'channel' as const, space: card.space, channel: card.channel };
    const reply = drawCard(view);
    if (once === firstCard(subjectId, card.cardNo)) return { to, reply };
    return card.ref === undefined ? { drop: 'nothing' } : { to, reply, edit: card.ref };
  },
  async failed(delivery, { reason }, tx, now) {
    return reason === 'gone' ? anew(delivery, tx, now) : undefined;
  },
});
