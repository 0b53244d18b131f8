import type { Block, Reply, Span, Tap } from '../chat/index.js';
import { type Card, cardOf, closeRounds, platformsOfRounds } from '../core/groups/card.js';
import { CARD, firstCard, OPEN } from '../core/groups/kinds.js';
import { type NewRound, openRounds } from '../core/groups/open.js';
import type { World } from '../core/scope.js';
import type { DueRow, Kind, NewDelivery } from '../schedule/kinds.js';
import { wordsFor } from '../words/index.js';

/** Milliseconds in which a change of the card has its point; the next change brings all of it anyway. */
const CHANGE_WITHIN = 24 * 3_600_000;

/** The same card for everybody: the question, how many answered, until when. Never who. */
function draw({ round, question, count, closesAt, isClosed, zone, language }: Card): Reply {
  const { t, rich } = wordsFor(language);
  const answer: Tap = { path: ['group', 'answer'], input: { round }, does: 'form', by: 'anyone' };
  const read: Tap = { path: ['group', 'read'], input: { round }, by: 'anyone' };
  const blocks: Block<Tap>[] = [
    { kind: 'heading', text: t('group.heading') },
    { kind: 'text', text: question },
    {
      kind: 'text',
      text: isClosed
        ? t('group.cardClosed', { count })
        : rich<Span & object>('group.cardOpen', { count, when: { time: closesAt, style: 'datetime', zone } }),
    },
    ...(isClosed ? [] : [{ kind: 'note' as const, text: t('group.youChoose') }]),
    {
      kind: 'buttons',
      buttons: [
        ...(isClosed ? [] : [{ label: t('group.answer'), style: 'primary' as const, act: answer }]),
        { label: t('group.read'), act: read },
      ],
    },
  ];
  return { summary: t('group.heading'), blocks };
}

const cardFor = (round: NewRound, once: string): NewDelivery => ({
  communityId: round.communityId,
  kind: CARD,
  subjectId: round.id,
  platform: round.platform,
  once,
  dueAt: round.opensAt,
  expiresAt: round.closesAt,
});

/** A schedule's time has come: a new round, with a card of its own. */
export const groupOpen: Kind = {
  async due(rows, tx, now) {
    const openings = rows.map(({ subjectId, dueAt }) => ({ groupId: subjectId, dueAt }));
    const opened = await openRounds(openings, tx, now);
    const all = [...opened.values()];
    const deliveries = [
      ...all.flatMap(({ round }) => (round ? [cardFor(round, firstCard(round.id))] : [])),
      ...all.flatMap(({ late }) => late.map((round) => cardFor(round, `${OPEN}:${round.groupId}:${round.local}`))),
    ];
    const next = rows.map(({ id, subjectId }): [string, Date | null] => [id, opened.get(subjectId)?.next ?? null]);
    return { deliveries, next: new Map(next) };
  },
};

function changes(
  rows: readonly DueRow[],
  platforms: Awaited<ReturnType<typeof platformsOfRounds>>,
  now: Date,
  which: (row: DueRow) => string,
): NewDelivery[] {
  return rows.flatMap(({ communityId, subjectId, dueAt, ...row }) => {
    const platform = platforms.get(subjectId);
    if (!platform) return [];
    const once = `${firstCard(subjectId)}:${which({ communityId, subjectId, dueAt, ...row })}`;
    const expiresAt = new Date(now.getTime() + CHANGE_WITHIN);
    return [{ communityId, kind: CARD, subjectId, platform, once, dueAt, expiresAt }];
  });
}

const done = (rows: readonly DueRow[]) => new Map(rows.map(({ id }): [string, null] => [id, null]));
const subjects = (rows: readonly DueRow[]) => rows.map(({ subjectId }) => subjectId);

/** The card of a round: sent once, then changed in its place. It shows what is so at that moment, however many changes there were. */
export const groupCard = (world: World): Kind => ({
  async due(rows, tx, now) {
    const platforms = await platformsOfRounds(subjects(rows), tx);
    return { deliveries: changes(rows, platforms, now, ({ dueAt }) => String(dueAt.getTime())), next: done(rows) };
  },
  async render({ subjectId, once }) {
    const card = await cardOf(world, subjectId);
    if (!card) return { drop: 'gone' };
    const to = { kind: 'channel' as const, space: card.space, channel: card.channel };
    if (once === firstCard(subjectId)) return card.isClosed ? { drop: 'closed' } : { to, reply: draw(card) };
    return card.ref === undefined ? { drop: 'nothing' } : { to, reply: draw(card), edit: card.ref };
  },
});

/** A round's time is over. */
export const groupClose: Kind = {
  async due(rows, tx, now) {
    const platforms = await closeRounds(subjects(rows), tx, now);
    return { deliveries: changes(rows, platforms, now, () => 'closed'), next: done(rows) };
  },
};
