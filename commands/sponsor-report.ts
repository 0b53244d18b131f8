import { askButton } from '../src/cards/someone-now.js';
import { type Block, param, type Reply, type Span, type Tap, UserError, worded } from '../src/chat/index.js';
import { accountOf, memberBehind } from '../src/core/members/behind.js';
import { coordinatorsKnown } from '../src/core/members/named.js';
import { otherOf } from '../src/core/pairing/introduce.js';
import { MOST_REPORT, reportMember } from '../src/core/pairing/report.js';
import { closeReport, openReports, type ReportShown } from '../src/core/pairing/reports.js';
import { reportsTogether } from '../src/core/pairing/together.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped, tappedByRole } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';

async function thanks(ctx: AppCtx, reported: string): Promise<Reply> {
  const text = ctx.t('sponsor.report.done');
  const known = await coordinatorsKnown(ctx.scope.db, ctx.scope.community.id, ctx.now);
  const canTell = known.some((one) => one !== reported && one !== ctx.scope.member.id);
  return said(text, [
    ...(canTell ? [] : [{ kind: 'text' as const, text: ctx.t('sponsor.report.nobodyYet') }]),
    { kind: 'text', text: ctx.rich<Span & object>('sponsor.report.now', { crisis: { command: ['crisis'] } }) },
    { kind: 'buttons', buttons: [askButton(ctx)] },
  ]);
}

const words = param.long({ shown: 'team', required: true, max: MOST_REPORT });

export const sponsorReport = defineUnheldCommand({
  path: ['sponsor', 'report'],
  role: 'anyone',
  reply: 'private',
  params: { who: param.member({ required: true }), words },
  async run({ who, words }, ctx) {
    const { id } = await memberBehind(ctx.scope.db, { platform: ctx.platform, userId: who }, ctx.scope.now);
    await reportMember(ctx.scope, id, words, ctx.attempt);
    return thanks(ctx, id);
  },
});

/** The same about the other one of a pairing, whose account the reader need not know. Also after it ended. */
const sponsorTell = defineUnheldCommand({
  path: ['sponsor', 'tell'],
  ...tapped,
  form: 'always',
  title: 'commands.sponsor.report.title',
  params: {
    words: worded(words, {
      label: 'commands.sponsor.report.params.words.label',
      help: 'commands.sponsor.report.params.words.help',
    }),
    pairing: param.ref({ required: true }),
  },
  async run({ pairing: id, words }, ctx) {
    const { db, member } = ctx.scope;
    const pairing = await db.pairing.findFirst({ where: { id, OR: [{ menteeId: member.id }, { mentorId: member.id }] } });
    if (!pairing) throw new UserError('sponsor.pairing.over');
    const reported = otherOf(pairing, member.id);
    await reportMember(ctx.scope, reported, words, ctx.attempt);
    return thanks(ctx, reported);
  },
});

async function nameOf(ctx: AppCtx, memberId: string): Promise<string | (Span & object)> {
  const account = await accountOf(ctx.scope.db, memberId, ctx.platform);
  return account === undefined ? ctx.t('sponsor.report.elsewhere') : { mention: account };
}

/** That several came together, and what that can mean, before any of them is read. */
async function togetherBlocks(ctx: AppCtx, reports: readonly ReportShown[]): Promise<Block<Tap>[]> {
  const { about, by } = await reportsTogether(
    ctx.scope,
    reports.map(({ id }) => id),
  );
  const items = await Promise.all([
    ...about.map(async ({ memberId, people: count }) =>
      ctx.rich<Span & object>('sponsor.report.together', { about: await nameOf(ctx, memberId), count }),
    ),
    ...by.map((count) => ctx.t('sponsor.report.many', { count })),
  ]);
  return items.length > 0
    ? [
        { kind: 'list', items },
        { kind: 'note', text: ctx.t('sponsor.report.weigh') },
      ]
    : [];
}

async function reportBlocks(ctx: AppCtx, { id, reporterId, reportedId, words, at }: ReportShown): Promise<Block<Tap>[]> {
  const who = { from: await nameOf(ctx, reporterId), about: await nameOf(ctx, reportedId), when: moment(ctx, at) };
  const act = (as: 'cleared' | 'upheld'): Tap => ({ path: ['pairing', 'report-close'], input: { report: id, as }, does: 'edit' });
  return [
    { kind: 'text', text: ctx.rich<Span & object>('sponsor.report.from', who) },
    { kind: 'list', items: [words] },
    {
      kind: 'buttons',
      buttons: [
        { label: ctx.t('sponsor.report.clear'), act: act('cleared') },
        { label: ctx.t('sponsor.report.uphold'), style: 'danger', act: act('upheld') },
      ],
    },
  ];
}

async function list(ctx: AppCtx): Promise<Reply> {
  const reports = await openReports(ctx.scope);
  const title = ctx.t('sponsor.report.title');
  const each = await Promise.all(reports.map((report) => reportBlocks(ctx, report)));
  return {
    summary: title,
    blocks: [
      { kind: 'heading', text: title },
      ...(await togetherBlocks(ctx, reports)),
      ...(reports.length > 0 ? each.flat() : [{ kind: 'text' as const, text: ctx.t('sponsor.report.none') }]),
      { kind: 'note', text: ctx.t('sponsor.report.how') },
    ],
  };
}

/** For coordinators; never one that is about the reader. */
export const pairingReports = defineCommand({
  path: ['pairing', 'reports'],
  role: 'coordinator',
  reply: 'private',
  params: {},
  run: (_args, ctx) => list(ctx),
});

const reportClose = defineCommand({
  path: ['pairing', 'report-close'],
  ...tappedByRole,
  params: { report: param.ref({ required: true }), as: param.pressed(['cleared', 'upheld']) },
  async run({ report, as }, ctx) {
    if (!ctx.scope.roles.has('coordinator')) throw new UserError('sponsor.report.notYours');
    await closeReport(ctx.scope, report, as);
    return list(ctx);
  },
});

export const sponsorReportTaps = [sponsorTell, reportClose];
