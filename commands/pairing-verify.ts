import { mentorCard, sayCredential, sayDay } from '../src/cards/mentor-card.js';
import { type Block, type Button, param, type Reply, type Tap, type Text, UserError } from '../src/chat/index.js';
import { accountOf, memberNamed } from '../src/core/members/behind.js';
import { dayIn, type MentorPage } from '../src/core/pairing/mentor/profile.js';
import type { CredentialView } from '../src/core/pairing/mentor-view.js';
import { markBand } from '../src/core/pairing/verify/band.js';
import { verifyCredential } from '../src/core/pairing/verify/credential.js';
import { type Looked, lookAtMember } from '../src/core/pairing/verify/look.js';
import { notOneself } from '../src/core/pairing/verify/not-oneself.js';
import { knownSince, vouchFor } from '../src/core/pairing/verify/vouch.js';
import { type AppCtx, defineCommand } from './define.js';
import { lackText } from './mentor-page.js';

/** What only facilitators tap. */
const verifying = { role: 'facilitator', reply: 'private', hidden: true } as const;
/** Takes a mark away; no band is called so, because names of bands have a letter or a digit. */
const NO_BAND = '-';

/** With its number, which nobody else sees, and since when somebody of the community has seen it. */
function credentialLine(ctx: AppCtx, one: CredentialView): string {
  const number = one.number === undefined ? [] : [ctx.t('verify.number', { number: one.number })];
  return [sayCredential(ctx, one), ...number, ctx.t(one.isVerified ? 'verify.isSeen' : 'verify.isSaid')].join(' · ');
}

function credentialButton(ctx: AppCtx, one: CredentialView, nth: number): Button<Tap> {
  const say = one.isVerified ? 'no' : 'yes';
  return {
    label: ctx.t(one.isVerified ? 'verify.unsee' : 'verify.see', { nth }),
    ...(one.isVerified ? {} : { style: 'primary' as const }),
    act: { path: ['pairing', 'confirm'], input: { credential: one.id, say }, does: 'edit' },
  };
}

async function profileBlocks(ctx: AppCtx, page: MentorPage, member: string): Promise<Block<Tap>[]> {
  const { view, lacks, profile } = page;
  const where = { profileId: profile.id, byId: ctx.scope.member.id, kind: 'vouched' as const };
  const vouches = (await ctx.scope.db.mentorVouch.count({ where })) > 0;
  const vouch: Tap = { path: ['pairing', 'vouch'], input: { member, say: vouches ? 'no' : 'yes' }, does: 'edit' };
  return [
    ...mentorCard(ctx, view),
    ...(view.credentials.length === 0
      ? []
      : [{ kind: 'list' as const, items: view.credentials.map((one, i) => `${i + 1}. ${credentialLine(ctx, one)}`) }]),
    ...(lacks.length === 0
      ? []
      : [
          { kind: 'text' as const, text: ctx.t('verify.lacks') },
          { kind: 'list' as const, items: lacks.map((lack) => lackText(ctx, lack)) },
        ]),
    {
      kind: 'buttons',
      buttons: [
        ...view.credentials.map((one, i) => credentialButton(ctx, one, i + 1)),
        { label: ctx.t('verify.known'), act: { path: ['pairing', 'known'], input: { member }, does: 'form' } },
        { label: ctx.t(vouches ? 'verify.unvouch' : 'verify.vouch'), act: vouch },
      ],
    },
  ];
}

function bandBlocks(ctx: AppCtx, member: string, { ageBands, band }: Looked): Block<Tap>[] {
  if (ageBands.length === 0) return [];
  return [
    { kind: 'text', text: band === undefined ? ctx.t('verify.bandUnknown') : ctx.t('verify.band', { band }) },
    {
      kind: 'select',
      placeholder: ctx.t('verify.bandMark'),
      act: { path: ['pairing', 'band'], input: { member }, does: 'edit' },
      param: 'band',
      options: [...ageBands.map((one) => ({ value: one, label: one })), { value: NO_BAND, label: ctx.t('verify.bandNone') }],
    },
  ];
}

/** What a facilitator sees of a member. @param said what just happened */
async function page(ctx: AppCtx, member: string, said?: string): Promise<Reply> {
  const [found, account] = [await lookAtMember(ctx.scope, member), await accountOf(ctx.scope.db, member, ctx.platform)];
  const who: Text = account === undefined ? ctx.t('session.somebody') : [{ mention: account }];
  const profile = found.page && (await profileBlocks(ctx, found.page, member));
  return {
    summary: ctx.t('verify.summary'),
    blocks: [
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      { kind: 'text', text: who },
      ...(profile ?? [{ kind: 'text' as const, text: ctx.t('verify.noProfile') }]),
      ...bandBlocks(ctx, member, found),
      { kind: 'note', text: ctx.t('verify.note') },
    ],
  };
}

export const pairingVerify = defineCommand({
  path: ['pairing', 'verify'],
  role: 'facilitator',
  reply: 'private',
  params: { member: param.member({ required: true }) },
  async run({ member: userId }, ctx) {
    const { id: memberId } = await memberNamed(ctx.scope, { platform: ctx.platform, userId });
    notOneself(ctx.scope, { memberId });
    return page(ctx, memberId);
  },
});

const pairingConfirm = defineCommand({
  path: ['pairing', 'confirm'],
  ...verifying,
  params: { credential: param.ref({ required: true }), say: param.ref({ required: true }) },
  async run({ credential, say }, ctx) {
    const member = await verifyCredential(ctx.scope, credential, say === 'yes');
    return page(ctx, member, ctx.t(say === 'yes' ? 'verify.seen' : 'verify.unseen'));
  },
});

const pairingKnown = defineCommand({
  path: ['pairing', 'known'],
  ...verifying,
  title: 'verify.known',
  params: { since: param.when({ required: true }), member: param.ref({ required: true }) },
  async run({ since, member }, ctx) {
    const at = since.at(ctx.scope.community.zone, ctx.now);
    if (!at) throw new UserError('chat.problems.when');
    const day = dayIn(ctx.scope, at.instant);
    await knownSince(ctx.scope, member, day);
    return page(ctx, member, ctx.t('verify.knownSaved', { day: sayDay(ctx, day) }));
  },
});

const pairingVouch = defineCommand({
  path: ['pairing', 'vouch'],
  ...verifying,
  params: { member: param.ref({ required: true }), say: param.ref({ required: true }) },
  async run({ member, say }, ctx) {
    await vouchFor(ctx.scope, member, say === 'yes');
    return page(ctx, member, ctx.t(say === 'yes' ? 'verify.vouched' : 'verify.unvouched'));
  },
});

const pairingBand = defineCommand({
  path: ['pairing', 'band'],
  ...verifying,
  params: { member: param.ref({ required: true }), band: param.ref({ required: true }) },
  async run({ member, band }, ctx) {
    await markBand(ctx.scope, member, band === NO_BAND ? null : band);
    return page(ctx, member, ctx.t('verify.bandSaved'));
  },
});

export const verifyTaps = [pairingConfirm, pairingKnown, pairingVouch, pairingBand];
