import { fulfilledIn, sayReasons } from '../src/cards/reasons.js';
import { wishesCard } from '../src/cards/wishes.js';
import { type Block, type Button, param, type Reply, type Tap, type Text, UserError } from '../src/chat/index.js';
import { memberNamed } from '../src/core/members/behind.js';
import { approve } from '../src/core/pairing/queue/approve.js';
import { approveAll, proposeAll } from '../src/core/pairing/queue/propose-all.js';
import { proposalPage, suggestedFor } from '../src/core/pairing/queue/suggested.js';
import { proposable, type Waiting } from '../src/core/pairing/queue/waiting.js';
import { type AppCtx, defineCommand } from './define.js';
import { askerText, deciding, mentionOf } from './pairing-queue.js';
import { said } from './said.js';

const PAGE = 10;

/** Whom a request could go to, and why. */
async function fits(ctx: AppCtx, waiting: Waiting): Promise<Reply> {
  const suggestions = await suggestedFor(ctx.scope, waiting.id);
  const items: Text[] = [];
  for (const [i, one] of suggestions.entries())
    items.push([`${i + 1}. `, await mentionOf(ctx, one.mentorId), `: ${sayReasons(ctx, one)}`]);
  const pick = (mentor: string): Tap => ({ path: ['pairing', 'pick'], input: { request: waiting.id, mentor }, does: 'edit' });
  const buttons: Button<Tap>[] = suggestions.map(({ mentorId }, i) => ({
    label: ctx.t('queue.pick', { nth: i + 1 }),
    act: pick(mentorId),
  }));
  return {
    summary: ctx.t('queue.title'),
    blocks: [
      { kind: 'text', text: await askerText(ctx, waiting) },
      ...wishesCard(ctx, waiting.wishes),
      ...(items.length > 0
        ? [
            { kind: 'list' as const, items },
            { kind: 'buttons' as const, buttons },
          ]
        : [{ kind: 'text' as const, text: ctx.t('queue.nobody') }]),
      { kind: 'note', text: ctx.t('queue.pickNote') },
    ],
  };
}

/** A proposal for everybody, a part at a time. */
async function proposal(ctx: AppCtx, id: string, from: number, first: readonly Block<Tap>[]): Promise<Reply> {
  const { pairs, total } = await proposalPage(ctx.scope, id, from, PAGE);
  if (total === 0) throw new UserError('queue.errors.old');
  const items: Text[] = [];
  for (const { memberId, mentorId, reasons } of pairs) {
    const why = fulfilledIn(ctx, reasons).join(' · ');
    const [who, mentor] = [await mentionOf(ctx, memberId), await mentionOf(ctx, mentorId)];
    items.push([who, ' → ', mentor, ...(why === '' ? [] : [`: ${why}`])]);
  }
  const next: Tap = { path: ['pairing', 'proposal'], input: { proposal: id, from: String(from + PAGE) }, does: 'edit' };
  const yes: Tap = { path: ['pairing', 'agree'], input: { proposal: id }, does: 'edit' };
  return {
    summary: ctx.t('queue.title'),
    blocks: [
      { kind: 'heading', text: ctx.t('queue.proposal', { count: total }) },
      ...first,
      { kind: 'list', items },
      {
        kind: 'buttons',
        buttons: [
          { label: ctx.t('queue.agree', { count: total }), style: 'primary', act: yes },
          ...(total > from + PAGE ? [{ label: ctx.t('queue.next'), act: next }] : []),
        ],
      },
      { kind: 'note', text: ctx.t('queue.proposalNote') },
    ],
  };
}

async function everybody(ctx: AppCtx): Promise<Reply> {
  const { id, proposed, without } = await proposeAll(ctx.scope);
  if (proposed.length === 0) return said(ctx.t(without === 0 ? 'queue.noneWaits' : 'queue.noneFits', { count: without }));
  const rest = { kind: 'text' as const, text: ctx.t('queue.without', { count: without }) };
  return proposal(ctx, id, 0, without === 0 ? [] : [rest]);
}

export const pairingPropose = defineCommand({
  path: ['pairing', 'propose'],
  role: 'facilitator',
  reply: 'private',
  params: { who: param.choice(['all'], {}), member: param.member({}), mentor: param.member({}) },
  async run({ who, member, mentor }, ctx) {
    if (who === 'all') return everybody(ctx);
    if (member === undefined) throw new UserError('queue.errors.whom');
    const behind = (userId: string) => memberNamed(ctx.scope, { platform: ctx.platform, userId });
    const waiting = await proposable(ctx.scope, { memberId: (await behind(member)).id });
    if (mentor === undefined) return fits(ctx, waiting);
    await approve(ctx.scope, waiting.id, (await behind(mentor)).id);
    return said(ctx.t('queue.picked'));
  },
});

const request = param.ref({ required: true });

const look = defineCommand({
  path: ['pairing', 'fits'],
  ...deciding,
  params: { request },
  run: async ({ request }, ctx) => fits(ctx, await proposable(ctx.scope, { id: request })),
});

const pick = defineCommand({
  path: ['pairing', 'pick'],
  ...deciding,
  params: { request, mentor: param.ref({ required: true }) },
  async run({ request, mentor }, ctx) {
    await approve(ctx.scope, request, mentor);
    return said(ctx.t('queue.picked'));
  },
});

const all = defineCommand({ path: ['pairing', 'all'], ...deciding, params: {}, run: (_args, ctx) => everybody(ctx) });

const proposalNext = defineCommand({
  path: ['pairing', 'proposal'],
  ...deciding,
  params: { proposal: param.ref({ required: true }), from: param.ref({ required: true }) },
  run: ({ proposal: id, from }, ctx) => proposal(ctx, id, Number(from) || 0, []),
});

const agree = defineCommand({
  path: ['pairing', 'agree'],
  ...deciding,
  params: { proposal: param.ref({ required: true }) },
  async run({ proposal: id }, ctx) {
    const { asked, leftOut } = await approveAll(ctx.scope, id);
    const rest = leftOut === 0 ? [] : [ctx.t('queue.leftOut', { count: leftOut })];
    return said([ctx.t('queue.agreed', { count: asked }), ...rest].join(' '));
  },
});

export const proposeTaps = [look, pick, all, proposalNext, agree];
