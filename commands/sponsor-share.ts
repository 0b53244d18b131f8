import { type Button, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { planOf } from '../src/core/checkins/missed/plan.js';
import { labelsOf } from '../src/core/communities/labels.js';
import { accountOf } from '../src/core/members/behind.js';
import type { Mine } from '../src/core/pairing/keep-rhythm.js';
import { allOf, type Shown } from '../src/core/pairing/mentees.js';
import { share, unshare } from '../src/core/pairing/share.js';
import { GIVEN, type Given } from '../src/core/pairing/shares.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { titleOf } from './milestone-reply.js';
import { shownBlocks } from './shared-reply.js';
import { editTap, mentorIn, sharesScreen } from './sponsor-shares.js';
import { otherName } from './sponsor-status.js';

const OPTION = 75;
/** Ids of the most goals and saved services that there can be. */
const IDS = 1000;

const asGiven = (what: string | undefined): Given | undefined => GIVEN.find((one) => one === what);

const toShares = (ctx: AppCtx): Button<Tap> => ({
  label: ctx.t('share.mine'),
  act: { path: ['sponsor', 'shares'], does: 'edit' },
});

/** A mentor is told of silence by the plan for it, which is where its words, steps and answers are. */
async function offerPlan(ctx: AppCtx, mine: Mine): Promise<Reply> {
  const { mentorId } = mine.pairing;
  const [who, account, steps] = await Promise.all([
    otherName(ctx, mine.pairing),
    accountOf(ctx.scope.db, mentorId, ctx.platform),
    planOf(ctx.scope),
  ]);
  const isIn = steps?.some(({ recipientId }) => recipientId === mentorId) ?? false;
  const see: Button<Tap> = { label: ctx.t('plan.see'), act: { path: ['checkin', 'plan'] } };
  const write: Button<Tap> = {
    label: ctx.t('plan.write'),
    style: 'primary',
    act: { path: ['checkin', 'plan-step'], input: { who: account }, does: 'form' },
  };
  const text = ctx.rich<Span & object>(isIn ? 'share.plan.isIn' : steps ? 'share.plan.add' : 'share.plan.write', { who });
  return {
    summary: ctx.t('share.mine'),
    blocks: [
      { kind: 'text', text },
      { kind: 'note', text: ctx.t(account === undefined ? 'share.plan.elsewhere' : 'share.plan.how') },
      { kind: 'buttons', buttons: [...(steps || account === undefined ? [] : [write]), see, toShares(ctx)] },
    ],
  };
}

const listOf = (ids: string | undefined): string[] => (ids ?? '').split(',').filter(Boolean);

/** What there is, without what the member leaves out of it. */
function without({ milestones, goals, services, mood }: Shown, left: readonly string[]): Shown {
  const kept = <T extends { readonly id: string }>(items: readonly T[]) => items.filter(({ id }) => !left.includes(id));
  return {
    ...(milestones && { milestones: kept(milestones) }),
    ...(goals && { goals: kept(goals) }),
    ...(services && { services: kept(services) }),
    ...(mood && { mood }),
  };
}

/** Exactly what would be seen, before anything is. */
const sponsorShare = defineCommand({
  path: ['sponsor', 'share'],
  ...tapped,
  params: { pairing: param.ref({}), what: param.ref({}), left: param.ref({ max: IDS }), drop: param.ref({}) },
  async run({ pairing, what, left, drop }, ctx) {
    const mine = await mentorIn(ctx, pairing);
    if (what === 'missed') return offerPlan(ctx, mine);
    const given = asGiven(what);
    if (!given) throw new UserError('chat.errors.unknownTap');
    const out = [...listOf(left), ...listOf(drop)];
    const shown = without(await allOf(ctx.scope, given), out);
    const labels = await labelsOf(ctx.scope);
    const items = [
      ...(shown.milestones ?? []).map((one) => ({ value: one.id, label: titleOf(ctx, one, labels).slice(0, OPTION) })),
      ...(shown.goals ?? []).map(({ id, words }) => ({ value: id, label: words.slice(0, OPTION) })),
      ...(shown.services ?? []).map(({ id, as }) => ({ value: id, label: as.name.slice(0, OPTION) })),
    ];
    const input = { pairing, what };
    const yes: Button<Tap> = {
      label: ctx.t('share.yes'),
      style: 'primary',
      act: editTap(['sponsor', 'share-yes'], { ...input, ids: items.map(({ value }) => value).join(',') }),
    };
    const isEmpty = items.length === 0 && given !== 'mood';
    return {
      summary: ctx.t('share.mine'),
      blocks: [
        { kind: 'text', text: ctx.rich<Span & object>('share.preview', { who: await otherName(ctx, mine.pairing) }) },
        { kind: 'divider' },
        ...(await shownBlocks(ctx, shown)),
        { kind: 'divider' },
        { kind: 'note', text: ctx.t(`share.later.${given}`) },
        ...(items.length > 1
          ? [
              {
                kind: 'select' as const,
                placeholder: ctx.t('share.leaveOut'),
                act: editTap(['sponsor', 'share'], { ...input, left: out.join(',') }),
                param: 'drop',
                options: items,
              },
            ]
          : []),
        {
          kind: 'buttons',
          buttons: [...(isEmpty ? [] : [yes]), { ...toShares(ctx), label: ctx.t('share.no') }],
        },
      ],
    };
  },
});

const sponsorShareYes = defineCommand({
  path: ['sponsor', 'share-yes'],
  counts: 'reach',
  ...tapped,
  params: { pairing: param.ref({ required: true }), what: param.ref({ required: true }), ids: param.ref({ max: IDS }) },
  async run({ pairing, what, ids }, ctx) {
    const given = asGiven(what);
    if (!given) throw new UserError('chat.errors.unknownTap');
    await share(ctx.scope, pairing, given, listOf(ids));
    return sharesScreen(ctx, ctx.t('share.isShown'));
  },
});

const sponsorUnshare = defineUnheldCommand({
  path: ['sponsor', 'unshare'],
  ...tapped,
  params: { pairing: param.ref({ required: true }), what: param.ref({ required: true }) },
  async run({ pairing, what }, ctx) {
    const taken = what === 'missed' ? what : asGiven(what);
    if (!taken) throw new UserError('chat.errors.unknownTap');
    await unshare(ctx.scope, pairing, taken);
    return sharesScreen(ctx, ctx.t('share.isBack'));
  },
});

/** Reached from the screen of what a mentee shows. */
export const sponsorShareTaps = [sponsorShare, sponsorShareYes, sponsorUnshare];
