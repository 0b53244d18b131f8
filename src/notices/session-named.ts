import type { Reply, Span } from '../chat/index.js';
import { accountOf } from '../core/members/behind.js';
import { platformsOf } from '../core/members/reach.js';
import type { World } from '../core/scope.js';
import { openDetails } from '../core/sessions/details.js';
import { sessionById } from '../core/sessions/find.js';
import { stillNamed } from '../core/sessions/naming.js';
import { NAMED, NAMING_DECLINED } from '../core/sessions/work.js';
import type { Delivery, DueRow, Kind, NewDelivery, Tx } from '../schedule/kinds.js';
import { type NoticeCtx, noticeTo } from './context.js';

/** Milliseconds after which it is no news any more. */
const WINDOW = 7 * 24 * 3_600_000;

type Naming = Awaited<ReturnType<Tx['sessionNaming']['findMany']>>[number];

/** One message for each naming, to whom it concerns. */
function dueTo(kind: string, whom: (naming: Naming) => string | null): NonNullable<Kind['due']> {
  return async (rows: readonly DueRow[], tx: Tx, now: Date) => {
    const namings = await tx.sessionNaming.findMany({ where: { id: { in: rows.map(({ subjectId }) => subjectId) } } });
    const platforms = await platformsOf(
      tx,
      namings.flatMap((naming) => whom(naming) ?? []),
    );
    const expiresAt = new Date(now.getTime() + WINDOW);
    const deliveries = namings.flatMap((naming): NewDelivery[] => {
      const memberId = whom(naming);
      const platform = memberId === null ? undefined : platforms.get(memberId);
      if (memberId === null || !platform) return [];
      const { id: subjectId, communityId } = naming;
      return [{ communityId, kind, subjectId, memberId, platform, once: `${kind}:${subjectId}`, dueAt: now, expiresAt }];
    });
    return { deliveries, next: new Map(rows.map(({ id }) => [id, null])) };
  };
}

async function somebody(ctx: NoticeCtx, memberId: string | null, delivery: Delivery): Promise<string | (Span & object)> {
  const account = memberId === null ? undefined : await accountOf(ctx.scope.db, memberId, delivery.platform);
  return account === undefined ? ctx.t('session.somebody') : { mention: account };
}

/** Tells somebody that they were named to serve a session, and lets them say no with one tap. */
export const sessionNamed = (world: World): Kind => ({
  due: dueTo(NAMED, ({ memberId }) => memberId),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const naming = await ctx?.scope.db.sessionNaming.findFirst({ where: { id: delivery.subjectId } });
    const session = ctx && naming && (await stillNamed(ctx.scope.db, naming));
    if (!session) return { drop: 'over' };
    const next = (await sessionById(ctx.scope, session.id))?.next;
    const by = await somebody(ctx, naming.byId, delivery);
    const { title } = openDetails(ctx.scope.cipher, session);
    const when: Span & object = { time: next?.startsAt ?? now, style: 'datetime', zone: ctx.scope.member.zone };
    const reply: Reply = {
      summary: ctx.t('session.named.summary'),
      blocks: [
        { kind: 'text', text: ctx.rich<Span & object>(`session.named.${naming.part}`, { by, title }) },
        ...(next ? [{ kind: 'text' as const, text: ctx.rich<Span & object>('session.named.next', { when }) }] : []),
        { kind: 'note', text: ctx.t('session.named.free') },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('session.look'), act: { path: ['session', 'show'], input: { id: session.id } } },
            {
              label: ctx.t('session.named.no'),
              act: { path: ['session', 'decline'], input: { naming: naming.id }, does: 'edit' },
            },
          ],
        },
      ],
    };
    return { to: ctx.to, reply };
  },
});

/** Tells whoever named them that they cannot: somebody else is needed. */
export const sessionDeclined = (world: World): Kind => ({
  due: dueTo(NAMING_DECLINED, ({ byId }) => byId),
  async render(delivery, now) {
    const ctx = await noticeTo(world, delivery, now);
    const naming = await ctx?.scope.db.sessionNaming.findFirst({ where: { id: delivery.subjectId } });
    if (!ctx || !naming) return { drop: 'gone' };
    const found = await sessionById(ctx.scope, naming.sessionId);
    if (found?.session.state !== 'active') return { drop: 'over' };
    const who = await somebody(ctx, naming.memberId, delivery);
    const text = ctx.rich<Span & object>(`session.declined.${naming.part}`, { who, title: found.details.title });
    return {
      to: ctx.to,
      reply: {
        summary: ctx.t('session.declined.summary'),
        blocks: [
          { kind: 'text', text },
          {
            kind: 'buttons',
            buttons: [
              {
                label: ctx.t('session.declined.other'),
                style: 'primary',
                act: { path: ['session', 'edit'], input: { id: found.session.id } },
              },
            ],
          },
        ],
      },
    };
  },
});
