import { sessionCard } from '../src/cards/session-card.js';
import { defineCommand } from './define.js';
import { calendarButton } from './session-calendar.js';
import { datedOf, listButton, picked, readerOf, sessionParams, viewOf, withSession } from './session-find.js';
import { rsvpFoot } from './session-rsvp.js';

export const sessionShow = defineCommand({
  path: ['session', 'show'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: sessionParams,
  run: (given, ctx) => {
    const said = picked(given);
    return withSession(ctx, said, { path: ['session', 'show'] }, async (found) => {
      const view = await viewOf(ctx, await datedOf(ctx, found, said.local));
      const foot = view.state === 'planned' ? await rsvpFoot(ctx, view) : [];
      return {
        summary: view.title,
        blocks: [
          ...sessionCard(readerOf(ctx), view),
          ...foot,
          { kind: 'buttons', buttons: [calendarButton(ctx, view), listButton(ctx)] },
        ],
      };
    });
  },
});
