import { type Block, type Button, param, type Reply, type Span, type Tap, type Text } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import type { Ended, Held } from '../src/core/privacy/consent.js';
import { consentsOf, endedConsents, revokeConsent } from '../src/core/privacy/consents.js';
import type { Key } from '../src/words/index.js';
import { type AppCtx, defineTheirsCommand, tapped } from './define.js';

/** Consents at once: as many as fit into one row of buttons on every platform. */
const PAGE = 5;
const PAST = 15;

const path = (sub: string): Tap['path'] => ['privacy', sub];
const whatOf = (ctx: AppCtx, { what }: { readonly what: string }): string => ctx.t(`privacy.facts.${what}` as Key);
const day = (ctx: AppCtx, time: Date): Span & object => ({ time, style: 'date', zone: ctx.scope.member.zone });

/** Whom it is for: the role, and the account where the reader knows it. */
async function toWhom(ctx: AppCtx, { to, memberId }: Pick<Held, 'to' | 'memberId'>): Promise<Span[]> {
  const account = memberId === undefined ? undefined : await accountOf(ctx.scope.db, memberId, ctx.platform);
  const role = ctx.t(`privacy.to.${to}`);
  return account === undefined ? [role] : [`${role}, `, { mention: account }];
}

async function line(ctx: AppCtx, held: Held): Promise<Span[]> {
  return [
    { bold: whatOf(ctx, held) },
    ' → ',
    ...(await toWhom(ctx, held)),
    ' · ',
    ...ctx.rich('privacy.consent.since', { day: day(ctx, held.since) }),
  ];
}

const pagers = (ctx: AppCtx, sub: string, skip: number, size: number, count: number): Button<Tap>[] => {
  const to = (label: Key, at: number): Button<Tap> => ({
    label: ctx.t(label),
    act: { path: path(sub), input: { skip: String(at) }, does: 'edit' },
  });
  return [
    ...(skip > 0 ? [to('privacy.consent.before', Math.max(0, skip - size))] : []),
    ...(count > skip + size ? [to('privacy.consent.more', skip + size)] : []),
  ];
};
const skipOf = (skip: string | undefined): number => Math.max(0, Number.parseInt(skip ?? '0', 10) || 0);

/** Everything that holds, a page of it. @param said what is said first */
async function screen(ctx: AppCtx, skip: number, said?: string): Promise<Reply> {
  const all = await consentsOf(ctx.scope);
  const from = skip < all.length ? skip : 0;
  const page = all.slice(from, from + PAGE);
  const items = await Promise.all(page.map(async (held, i): Promise<Text> => [`${from + i + 1}. `, ...(await line(ctx, held))]));
  const back = page.map(
    ({ kind, id, asksTwice }, i): Button<Tap> => ({
      label: ctx.t('privacy.consent.back', { number: String(from + i + 1) }),
      act: { path: path(asksTwice ? 'consent-sure' : 'consent-back'), input: { kind, id }, does: 'edit' },
    }),
  );
  const past: Button<Tap> = { label: ctx.t('privacy.consent.past'), act: { path: path('consent-past'), does: 'edit' } };
  return {
    summary: ctx.t('privacy.title'),
    blocks: [
      { kind: 'heading', text: ctx.t('privacy.consent.title') },
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: [{ bold: said }] }]),
      { kind: 'text', text: ctx.t(all.length > 0 ? 'privacy.consent.intro' : 'privacy.noConsent') },
      ...items.map((text): Block<Tap> => ({ kind: 'text', text })),
      ...(back.length > 0 ? [{ kind: 'buttons' as const, buttons: back }] : []),
      { kind: 'buttons', buttons: [...pagers(ctx, 'consent', from, PAGE, all.length), past] },
      { kind: 'note', text: ctx.t('privacy.consent.note') },
    ],
  };
}

export const privacyConsent = defineTheirsCommand({
  path: path('consent'),
  role: 'anyone',
  reply: 'private',
  params: { skip: param.ref({}) },
  run: ({ skip }, ctx) => screen(ctx, skipOf(skip)),
});

const named = { kind: param.ref({ required: true }), id: param.ref({ required: true }) };

/** Asked once more, where it could not be had back at a tap. */
const consentSure = defineTheirsCommand({
  ...tapped,
  path: path('consent-sure'),
  params: named,
  async run({ kind, id }, ctx) {
    const held = (await consentsOf(ctx.scope)).find((one) => one.kind === kind && one.id === id);
    if (!held) return screen(ctx, 0, ctx.t('privacy.consent.gone'));
    const yes: Tap = { path: path('consent-back'), input: { kind, id }, does: 'edit' };
    return {
      summary: ctx.t('privacy.title'),
      blocks: [
        { kind: 'text', text: await line(ctx, held) },
        { kind: 'text', text: ctx.t('privacy.consent.sure') },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('privacy.consent.yes'), style: 'danger', act: yes },
            { label: ctx.t('privacy.consent.no'), act: { path: path('consent'), does: 'edit' } },
          ],
        },
      ],
    };
  },
});

const consentBack = defineTheirsCommand({
  ...tapped,
  path: path('consent-back'),
  params: named,
  async run({ kind, id }, ctx) {
    const held = await revokeConsent(ctx.scope, kind, id);
    return screen(ctx, 0, held ? ctx.t('privacy.consent.isBack', { what: whatOf(ctx, held) }) : ctx.t('privacy.consent.gone'));
  },
});

const ended = (ctx: AppCtx, { what, to, since, until }: Ended): Text => [
  ...[whatOf(ctx, { what }), ' → ', ctx.t(`privacy.to.${to}`), ' · '],
  ...ctx.rich<Span & object>('privacy.consent.span', { from: day(ctx, since), until: day(ctx, until) }),
];

const consentPast = defineTheirsCommand({
  ...tapped,
  path: path('consent-past'),
  params: { skip: param.ref({}) },
  async run({ skip }, ctx) {
    const all = await endedConsents(ctx.scope);
    const from = skipOf(skip);
    const now: Button<Tap> = { label: ctx.t('privacy.consent.title'), act: { path: path('consent'), does: 'edit' } };
    const items = all.slice(from, from + PAST).map((one) => ended(ctx, one));
    return {
      summary: ctx.t('privacy.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('privacy.consent.past') },
        items.length > 0 ? { kind: 'list', items } : { kind: 'text', text: ctx.t('privacy.consent.noPast') },
        { kind: 'buttons', buttons: [...pagers(ctx, 'consent-past', from, PAST, all.length), now] },
        { kind: 'note', text: ctx.t('privacy.consent.kept') },
      ],
    };
  },
});

export const consentTaps = [consentSure, consentBack, consentPast];
