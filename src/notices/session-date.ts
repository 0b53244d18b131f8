import { rsvpButtons } from '../cards/rsvp-buttons.js';
import { sessionCard } from '../cards/session-card.js';
import type { Block, Reply, Tap } from '../chat/index.js';
import type { World } from '../core/scope.js';
import { lookAfter } from '../core/sessions/look-after.js';
import { type DateCard, dateCardOf, sentRef } from '../core/sessions/notice-parts.js';
import { cardKey } from '../core/sessions/work.js';
import type { Kind } from '../schedule/kinds.js';
import { wordsFor } from '../words/index.js';

/** One date's time has come, or something was said of it. */
export const sessionDate: Kind = {
  async due(rows, tx, now) {
    const dates = rows.map(({ subjectId, dueAt }) => ({ id: subjectId, dueAt }));
    const { notices, next } = await lookAfter(dates, tx, now);
    return { deliveries: notices, next: new Map(rows.map(({ id, subjectId }) => [id, next.get(subjectId) ?? null])) };
  },
};

/** The same card for everybody: how many come, never who. */
function draw({ view, language, zone, isAhead }: DateCard): Reply {
  const words = wordsFor(language);
  const { session, local } = view;
  const blocks: Block<Tap>[] = [
    ...sessionCard({ ...words, zone, platform: view.platform }, view),
    ...(isAhead
      ? [rsvpButtons(words, { session, local }, { by: 'anyone' }), { kind: 'note' as const, text: words.t('rsvp.onlyNumbers') }]
      : []),
  ];
  return { summary: view.title, blocks };
}

function drawMoved({ language }: DateCard): Reply {
  const text = wordsFor(language).t('rsvp.card.moved');
  return { summary: text, blocks: [{ kind: 'note', text }] };
}

/** The card of a date in its channel: sent once, then changed in its place. It shows what is so at that moment. */
export const sessionDateCard = (world: World): Kind => ({
  async render({ communityId, subjectId, once }, now) {
    const card = await dateCardOf(world, communityId, subjectId, now);
    if (!card) return { drop: 'gone' };
    const [, , channel = ''] = once.split(':');
    const to = { kind: 'channel' as const, space: card.space, channel };
    const first = cardKey(subjectId, channel);
    const reply = channel === card.channel ? draw(card) : drawMoved(card);
    if (once === first) return card.isAhead || card.view.state === 'live' ? { to, reply } : { drop: 'over' };
    const edit = await sentRef(world, first);
    return edit === undefined ? { drop: 'nothing' } : { to, reply, edit };
  },
});
