import { sessionCard } from '../src/cards/session-card.js';
import { defineCommand } from './define.js';
import { calendarButton } from './session-calendar.js';
import { datedOf, listButton, picked, readerOf, sessionParams, viewOf, withSession } from './session-find.js';

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
      return {
        summary: view.title,
        blocks: [...sessionCard(readerOf(ctx), view), { kind: 'buttons', buttons: [calendarButton(ctx, view), listButton(ctx)] }],
      };
    });
  },
});
