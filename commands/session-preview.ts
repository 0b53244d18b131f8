import { formatOf, whereOf } from '../src/cards/session-card.js';
import type { Block, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { conflictsOfDraft, type NamedConflict } from '../src/core/sessions/booked.js';
import type { SessionDraft } from '../src/core/sessions/draft.js';
import { nextStarts, partsOfTimes } from '../src/core/sessions/times.js';
import { languageName } from '../src/words/languages.js';
import type { AppCtx } from './define.js';
import { describeWhen, moment } from './schedule-words.js';
import { readerOf } from './session-find.js';

const people = (ids: readonly string[]): Text =>
  ids.flatMap((mention, i): Span[] => (i > 0 ? [', ', { mention }] : [{ mention }]));

/** When it is, as a sentence, with the zone in which that is meant. */
function whenText(ctx: AppCtx, { times, zone }: SessionDraft): Text {
  const parts = partsOfTimes(times, zone);
  const [only] = nextStarts(times, zone, ctx.now, 1);
  if (parts) return `${describeWhen(ctx, parts)} (${zone})`;
  return only ? [ctx.t('session.once'), ' ', moment(ctx, only)] : ctx.t('session.onceOver');
}

function factsOf(ctx: AppCtx, draft: SessionDraft): { label: string; value: Text }[] {
  const { t } = ctx;
  const { link, chair, coChair, backups, capacity, language } = draft;
  const where = whereOf(readerOf(ctx), { ...draft, channel: draft.channelId, platform: ctx.platform });
  return [
    { label: t('session.title'), value: draft.title },
    { label: t('session.format'), value: `${formatOf(ctx, draft)} · ${t(draft.isClosed ? 'session.closed' : 'session.open')}` },
    { label: t('session.when'), value: whenText(ctx, draft) },
    { label: t('session.lasts'), value: t('session.minutes', { minutes: draft.minutes }) },
    { label: t('session.where'), value: where },
    ...(link === undefined ? [] : [{ label: t('session.link'), value: t('session.linkKept') }]),
    ...(draft.description === undefined ? [] : [{ label: t('session.description'), value: draft.description }]),
    { label: t('session.chair'), value: chair === undefined ? t('session.noChair') : [{ mention: chair }] },
    ...(coChair === undefined ? [] : [{ label: t('session.coChair'), value: [{ mention: coChair }] }]),
    ...(backups.length === 0 ? [] : [{ label: t('session.backups'), value: people(backups) }]),
    ...(capacity === undefined ? [] : [{ label: t('session.capacity'), value: String(capacity) }]),
    ...(language === undefined ? [] : [{ label: t('session.language'), value: languageName(ctx.language, language) }]),
    ...(draft.visibility === 'public' ? [{ label: t('session.visibility'), value: t('session.public') }] : []),
  ];
}

/** What else is at that time; pointed out, and left to the facilitator. */
export function conflictNotes(ctx: AppCtx, conflicts: readonly NamedConflict[]): Block<Tap>[] {
  return conflicts.slice(0, 5).map(({ title, at, same }) => ({
    kind: 'text',
    text: ctx.rich<Span & object>(`session.conflict.${same}`, { title, when: moment(ctx, at) }),
  }));
}

function buttonsOf(ctx: AppCtx, draft: SessionDraft): Block<Tap> {
  const text = JSON.stringify(draft);
  const { title, minutes, format, when, where } = draft;
  const basics = { title, minutes, format, when, where, draft: text };
  const more = {
    ...{ description: draft.description, chair: draft.chair, cochair: draft.coChair, backup: draft.backups },
    ...{ capacity: draft.capacity, language: draft.language, closed: draft.isClosed ? 'yes' : 'no' },
    ...{ visibility: draft.visibility, zone: draft.zone, name: draft.formatName, draft: text },
  };
  return {
    kind: 'buttons',
    buttons: [
      {
        label: ctx.t('session.save'),
        style: 'primary',
        act: { path: ['session', 'save'], input: { draft: text }, does: 'edit' },
      },
      {
        label: ctx.t('session.change'),
        act: { path: ['session', draft.isNew ? 'create' : 'change'], input: basics, does: 'form' },
      },
      { label: ctx.t('session.more'), act: { path: ['session', 'more'], input: more, does: 'form' } },
      { label: ctx.t('session.cancel'), act: { path: ['session', 'drop'], does: 'edit' } },
    ],
  };
}

/** All of it, as it would be. Nothing is saved yet. @param notes what an edit would do to dates that people come to */
export async function preview(
  ctx: AppCtx,
  draft: SessionDraft,
  leaders: readonly string[],
  notes: readonly string[],
): Promise<Reply> {
  const starts = nextStarts(draft.times, draft.zone, ctx.now);
  const conflicts = await conflictsOfDraft(ctx.scope, draft, leaders);
  const { zone } = ctx.scope.member;
  const named = [draft.chair, draft.coChair, ...draft.backups].some((one) => one !== undefined && one !== ctx.user.id);
  const text = ctx.t('session.preview');
  return {
    summary: text,
    blocks: [
      { kind: 'heading', text },
      { kind: 'facts', facts: factsOf(ctx, draft) },
      { kind: 'text', text: ctx.t('session.next', { count: starts.length }) },
      { kind: 'list', items: starts.map((at) => [moment(ctx, at)]) },
      ...(zone === draft.zone ? [] : [{ kind: 'note' as const, text: ctx.t('session.inYourZone', { zone }) }]),
      ...conflictNotes(ctx, conflicts),
      ...notes.map((note) => ({ kind: 'text' as const, text: note })),
      ...(named && draft.isNew ? [{ kind: 'note' as const, text: ctx.t('session.namedAreTold') }] : []),
      buttonsOf(ctx, draft),
    ],
  };
}
