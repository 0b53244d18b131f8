import type { Reply } from '../chat/index.js';
import { agreedThread, rememberThread } from '../core/members/thread.js';
import type { Scope, World } from '../core/scope.js';
import type { Delivery, Fallback } from '../schedule/kinds.js';
import { noticeTo } from './context.js';
import { makeNotices } from './index.js';

/** Says only that there is something: moderators can read along. The rest is shown to its reader alone, on a tap. */
const cover = ({ summary }: Reply, delivery: Delivery, label: string): Reply => ({
  summary,
  blocks: [
    { kind: 'text', text: summary },
    {
      kind: 'buttons',
      buttons: [{ label, style: 'primary', act: { path: ['checkin', 'open'], input: { delivery: delivery.id } } }],
    },
  ],
});

/** The private thread of a member who takes no direct messages and agreed to one. */
export const makeFallback = (world: World): Fallback => ({
  async of(delivery, reply, now) {
    const ctx = await noticeTo(world, delivery, now);
    const agreed = ctx && (await agreedThread(ctx.scope));
    if (!agreed || ctx.to.kind !== 'direct') return undefined;
    const { space, channel, mark, thread } = agreed;
    const place = { kind: 'thread' as const, space, channel, user: ctx.to.user };
    return {
      to: { ...place, title: ctx.t('unreached.threadName'), mark, ...(thread !== undefined && { known: thread }) },
      reply: cover(reply, delivery, ctx.t('unreached.open')),
    };
  },
  async used(delivery, to, thread, now) {
    const ctx = await noticeTo(world, delivery, now);
    if (ctx) await rememberThread(ctx.scope, to, thread);
  },
});

/**
 * What a message to the member of the scope says, of which a thread shows only that it is there. It is made anew, so that nothing
 * is shown that was erased or taken back meanwhile; as of the moment at which it was sent, because that was no quiet hour.
 * @returns undefined when it is over, or was never theirs
 */
export async function openCovered(world: World, { db, member }: Scope, id: string): Promise<Reply | undefined> {
  const found = await db.delivery.findFirst({ where: { id, memberId: member.id } });
  if (!found?.endedAt) return undefined;
  const { memberId: _, ...row } = found;
  const rendered = await makeNotices(world)[found.kind]?.render?.({ ...row, memberId: member.id }, found.endedAt);
  return rendered && 'reply' in rendered ? rendered.reply : undefined;
}
