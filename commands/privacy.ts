import type { Block, Span, Tap, Text } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import { COUNTED_TABLES, type KeptAboutMember, keptAbout } from '../src/core/privacy/kept.js';
import { type AppCtx, defineTheirsCommand } from './define.js';

const PLATFORMS: Readonly<Record<string, string>> = { discord: 'Discord', slack: 'Slack', playground: 'Playground' };

const FALLBACK = { none: 'privacy.notAllowed', channel: 'privacy.allowed', thread: 'privacy.opened' } as const;

const zoneText = (ctx: AppCtx, { zone, toldZone }: KeptAboutMember): string =>
  zone ?? (toldZone ? ctx.t('privacy.zoneAsTold') : ctx.t('privacy.zoneOfCommunity', { zone: ctx.scope.community.zone }));

function facts(ctx: AppCtx, kept: KeptAboutMember): { label: string; value: Text }[] {
  const zone = ctx.scope.member.zone;
  const day = (time: Date): Span => ({ time, style: 'date', zone });
  const names = new Intl.DisplayNames([ctx.language], { type: 'language' });
  const { count, first, last } = kept.checkIns;
  return [
    { label: ctx.t('privacy.account'), value: kept.accounts.map(({ platform }) => PLATFORMS[platform] ?? platform).join(', ') },
    { label: ctx.t('privacy.since'), value: [day(kept.since)] },
    { label: ctx.t('privacy.zone'), value: zoneText(ctx, kept) },
    ...(kept.toldZone ? [{ label: ctx.t('privacy.toldZone'), value: kept.toldZone }] : []),
    ...(kept.language ? [{ label: ctx.t('privacy.language'), value: names.of(kept.language) ?? kept.language }] : []),
    { label: ctx.t('privacy.greeted'), value: kept.greetedAt ? [day(kept.greetedAt)] : ctx.t('privacy.greetedNow') },
    {
      label: ctx.t('privacy.checkIns'),
      value:
        first && last
          ? ctx.rich<Span & object>('privacy.checkInCount', {
              count,
              first: day(first) as Span & object,
              last: day(last) as Span & object,
            })
          : ctx.t('privacy.none'),
    },
    ...(kept.quiet ? [{ label: ctx.t('privacy.quiet'), value: `${kept.quiet.from}–${kept.quiet.to}` }] : []),
    { label: ctx.t('privacy.reflection'), value: ctx.t(kept.reflection ? 'privacy.on' : 'privacy.off') },
    { label: ctx.t('privacy.asksAboutSaved'), value: ctx.t(kept.asksAboutSaved ? 'privacy.on' : 'privacy.off') },
    { label: ctx.t('privacy.fallback'), value: ctx.t(FALLBACK[kept.fallback]) },
    ...(kept.coordinatesAt ? [{ label: ctx.t('privacy.coordinates'), value: [day(kept.coordinatesAt)] }] : []),
    ...(kept.unreachedAt ? [{ label: ctx.t('privacy.unreached'), value: [day(kept.unreachedAt)] }] : []),
    ...(kept.ageBand ? [{ label: ctx.t('privacy.ageBand'), value: kept.ageBand }] : []),
    ...COUNTED_TABLES.filter((table) => kept.counts[table] > 0).map((table) => ({
      label: ctx.t(`privacy.tables.${table}`),
      value: String(kept.counts[table]),
    })),
  ];
}

/** Who is told: a member by the account that this reader can know them by, or a channel. */
async function recipientOf(ctx: AppCtx, recipient: string): Promise<Span> {
  const [kind, id = ''] = recipient.split(':');
  if (kind === 'moderators') return ctx.t('privacy.recipients.moderators');
  if (kind !== 'member') return ctx.t('privacy.recipients.channel');
  const account = await accountOf(ctx.scope.db, id, ctx.platform);
  return account === undefined ? ctx.t('privacy.recipients.member') : { mention: account };
}

async function consents(ctx: AppCtx, kept: KeptAboutMember): Promise<Block<Tap>[]> {
  const revoked: Block<Tap>[] =
    kept.revoked > 0 ? [{ kind: 'note', text: ctx.t('privacy.revoked', { count: kept.revoked }) }] : [];
  if (kept.consents.length === 0) return [{ kind: 'text', text: ctx.t('privacy.noConsent') }, ...revoked];
  const items = await Promise.all(
    kept.consents.map(async ({ fact, recipient, since }): Promise<Text> => {
      const key = `privacy.facts.${fact}`;
      const what = ctx.has(key) ? ctx.t(key) : fact;
      return [
        `${what} → `,
        await recipientOf(ctx, recipient),
        ' · ',
        { time: since, style: 'date', zone: ctx.scope.member.zone },
      ];
    }),
  );
  return [{ kind: 'list', items }, ...revoked];
}

/** What somebody read of theirs by a role, and when; who it was is told where a mentor is (/sponsor shares) and nowhere else. */
function reads(ctx: AppCtx, kept: KeptAboutMember): Block<Tap>[] {
  if (kept.reads.length === 0) return [{ kind: 'text', text: ctx.t('privacy.reads.none') }];
  const zone = ctx.scope.member.zone;
  const items = kept.reads.map(
    ({ what, by, at }): Text => [
      `${ctx.t(`privacy.reads.by.${by}`)}: ${ctx.t(`privacy.reads.what.${what}`)} · `,
      { time: at, style: 'date', zone },
    ],
  );
  return [
    { kind: 'list', items },
    { kind: 'note', text: ctx.t('privacy.reads.note') },
  ];
}

export const privacyShow = defineTheirsCommand({
  path: ['privacy', 'show'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const kept = await keptAbout(ctx.scope);
    return {
      summary: ctx.t('privacy.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('privacy.title') },
        { kind: 'facts', facts: facts(ctx, kept) },
        { kind: 'heading', text: ctx.t('privacy.told') },
        ...(await consents(ctx, kept)),
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('privacy.consent.open'), act: { path: ['privacy', 'consent'] } },
            { label: ctx.t('export.open'), act: { path: ['privacy', 'export'] } },
          ],
        },
        { kind: 'heading', text: ctx.t('privacy.reads.title') },
        ...reads(ctx, kept),
        { kind: 'heading', text: ctx.t('privacy.whoCanSee') },
        {
          kind: 'list',
          items: [
            ctx.t('privacy.sees.you'),
            ctx.t('privacy.sees.mentor'),
            ctx.t('privacy.sees.community'),
            ctx.t('privacy.sees.operator'),
            ctx.t(`privacy.sees.${ctx.platform}`),
          ],
        },
        { kind: 'heading', text: ctx.t('privacy.never') },
        { kind: 'list', items: [ctx.t('privacy.nots.name'), ctx.t('privacy.nots.messages'), ctx.t('privacy.nots.sold')] },
      ],
    };
  },
});
