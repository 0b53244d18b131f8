import { sessionCard } from '../src/cards/session-card.js';
import { type Block, param, type Tap } from '../src/chat/index.js';
import { apologyFor } from '../src/core/sessions/apology.js';
import { linkOf } from '../src/core/sessions/link.js';
import { mayRun } from '../src/core/sessions/may-run.js';
import type { DatedSession, SessionView } from '../src/core/sessions/view.js';
import { type AppCtx, defineCommand, tappedByRole } from './define.js';
import { calendarButton } from './session-calendar.js';
import { eventBlocks } from './session-events.js';
import { datedOf, listButton, picked, readerOf, sessionParams, viewOf, withSession } from './session-find.js';
import { rsvpFoot } from './session-rsvp.js';

/** The link on demand, what may be altered, and the way on. */
function foot(ctx: AppCtx, { session, date }: DatedSession, { hasLink, state, local }: SessionView): Block<Tap>[] {
  const isComing = state === 'planned' && date.endsAt > ctx.now;
  const runs = isComing && mayRun(ctx.scope, session, date.row);
  const link = hasLink && (isComing || state === 'live');
  return [
    {
      kind: 'buttons',
      buttons: [
        ...(link
          ? [
              {
                label: ctx.t('session.showLink'),
                act: { path: ['session', 'link'] as const, input: { session: session.id, local } },
              },
            ]
          : []),
        ...(runs
          ? [{ label: ctx.t('session.change'), act: { path: ['session', 'edit'] as const, input: { id: session.id, local } } }]
          : []),
        ...(session.allowsSlips && state !== 'cancelled'
          ? [{ label: ctx.t('slip.button'), act: { path: ['session', 'slip'] as const, input: { id: session.id } } }]
          : []),
        calendarButton(ctx, { session: session.id, local }),
        listButton(ctx),
      ],
    },
  ];
}

export const sessionShow = defineCommand({
  path: ['session', 'show'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: sessionParams,
  run: (given, ctx) => {
    const said = picked(given);
    return withSession(ctx, said, { path: ['session', 'show'] }, async (found) => {
      const dated = await datedOf(ctx, found, said.local);
      const view = await viewOf(ctx, dated);
      const answers = view.state === 'planned' ? await rsvpFoot(ctx, view) : [];
      const apology = await apologyFor(ctx.scope, dated, view);
      const why: Block<Tap>[] =
        apology === undefined ? [] : [{ kind: 'text', text: ctx.t('session.off.said', { words: apology }) }];
      const event = mayRun(ctx.scope, dated.session) ? await eventBlocks(ctx, dated.session.id) : [];
      return {
        summary: view.title,
        blocks: [...sessionCard(readerOf(ctx), view), ...why, ...event, ...answers, ...foot(ctx, dated, view)],
      };
    });
  },
});

/** For the eyes of who asks. */
const sessionLink = defineCommand({
  path: ['session', 'link'],
  ...tappedByRole,
  params: { session: param.ref({ required: true }), local: param.ref({ required: true }) },
  async run(date, ctx) {
    const link = await linkOf(ctx.scope, date);
    return {
      summary: ctx.t('session.linkHere'),
      blocks: [
        { kind: 'text', text: [`${ctx.t('session.linkHere')} `, { link }] },
        { kind: 'note', text: ctx.t('session.linkPrivate') },
      ],
    };
  },
});

export const sessionShowTaps = [sessionLink];
