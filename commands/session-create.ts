import { param, type Reply, readWhen, type Span, UserError } from '../src/chat/index.js';
import { altered } from '../src/core/sessions/alter.js';
import { draftOfSession, draftSchema, type SessionDraft } from '../src/core/sessions/draft.js';
import { effectOf, saveSession } from '../src/core/sessions/save.js';
import { nextStarts } from '../src/core/sessions/times.js';
import { newDraft, type SaidWhere, withBasics, withMore } from '../src/core/sessions/understand.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped, tappedByRole } from './define.js';
import { saidWith } from './said.js';
import { moment } from './schedule-words.js';
import { listButton } from './session-find.js';
import { allTypedOnly, basics, more, sameWords } from './session-params.js';
import { preview } from './session-preview.js';

/** A draft with everything in it, as JSON. */
const MOST = 12_000;
const draftRef = param.ref({ max: MOST });

const saidAt = (ctx: AppCtx): SaidWhere => ({
  channel: ctx.channel?.direct ? undefined : ctx.channel?.id,
  platform: ctx.platform,
  user: ctx.user.id,
  read: readWhen,
});

const readDraft = (text: string): SessionDraft => draftSchema.parse(JSON.parse(text));

/** Accounts that a draft names, as members, as far as they are known: to see whether they lead something else then. */
async function leadersOf({ scope, platform }: AppCtx, { chair, coChair }: SessionDraft): Promise<string[]> {
  const named = [chair, coChair].filter((one) => one !== undefined);
  const found = await scope.db.identity.findMany({ where: { platform, externalId: { in: named } } });
  return found.map(({ memberId }) => memberId);
}

/** What an edit does to dates that have something said of them. @throws UserError when it is not theirs to alter */
async function effects(ctx: AppCtx, draft: SessionDraft): Promise<string[]> {
  if (draft.isNew) return [];
  const session = await altered(ctx.scope, ctx.scope.db, draft.id);
  const rows = await ctx.scope.db.occurrence.findMany({ where: { sessionId: draft.id } });
  const { shifted, dropped } = effectOf(session, rows, draft, ctx.now);
  return [
    ...(shifted.length > 0 ? [ctx.t('session.effect.shifted', { count: shifted.length })] : []),
    ...(dropped.length > 0 ? [ctx.t('session.effect.dropped', { count: dropped.length })] : []),
  ];
}

const show = async (ctx: AppCtx, draft: SessionDraft): Promise<Reply> =>
  preview(ctx, draft, await leadersOf(ctx, draft), await effects(ctx, draft));

export const sessionCreate = defineCommand({
  path: ['session', 'create'],
  role: 'facilitator',
  reply: 'private',
  params: { ...basics, ...allTypedOnly(more), draft: draftRef },
  async run({ draft, ...said }, ctx) {
    if (!ctx.scope.space) throw new UserError('session.problems.where');
    const at = saidAt(ctx);
    return show(ctx, draft === undefined ? newDraft(ctx.scope, said, at) : withBasics(readDraft(draft), said, ctx.scope, at));
  },
});

/** The same form for a session that is there already. */
const sessionChange = defineCommand({
  path: ['session', 'change'],
  ...tappedByRole,
  title: 'commands.session.edit.title',
  params: {
    ...sameWords({ title: basics.title }),
    when: param.text({ shown: 'asked' }),
    ...sameWords({ minutes: basics.minutes, format: basics.format, where: basics.where }),
    draft: param.ref({ required: true, max: MOST }),
  },
  run: async ({ draft, ...said }, ctx) => show(ctx, withBasics(readDraft(draft), said, ctx.scope, saidAt(ctx))),
});

const sessionMore = defineCommand({
  path: ['session', 'more'],
  ...tappedByRole,
  title: 'session.moreTitle',
  params: { ...sameWords(more), draft: param.ref({ required: true, max: MOST }) },
  run: async ({ draft, ...said }, ctx) => show(ctx, withMore(readDraft(draft), said, ctx.scope, saidAt(ctx))),
});

/** The last tap. It takes the place of the preview; a second one says the same. */
const sessionSave = defineCommand({
  path: ['session', 'save'],
  ...tappedByRole,
  params: { draft: param.ref({ required: true, max: MOST }) },
  async run({ draft: text }, ctx) {
    const draft = readDraft(text);
    if (draft.isNew && !ctx.scope.roles.has('facilitator')) throw new UserError('session.notYours');
    await saveSession(ctx.scope, draft, ctx.platform);
    const [first] = nextStarts(draft.times, draft.zone, ctx.now, 1);
    return {
      summary: ctx.t('session.savedShort'),
      blocks: [
        {
          kind: 'text',
          text: first
            ? ctx.rich<Span & object>('session.saved', { title: draft.title, when: moment(ctx, first) })
            : ctx.t('session.savedShort'),
        },
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('session.look'), act: { path: ['session', 'show'], input: { id: draft.id } } },
            listButton(ctx),
          ],
        },
      ],
    };
  },
});

const sessionDrop = defineUnheldCommand({
  path: ['session', 'drop'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    return saidWith(ctx.t('session.dropped'), [listButton(ctx)]);
  },
});

/** The input of the two forms in which a session is changed. */
export async function changeInput(ctx: AppCtx, session: Parameters<typeof draftOfSession>[1]) {
  const draft = await draftOfSession(ctx.scope, session, ctx.platform);
  const { title, minutes, format, where } = draft;
  const { description, chair, coChair: cochair, backups: backup, capacity, language, visibility, zone, formatName: name } = draft;
  const text = JSON.stringify(draft);
  return {
    basics: { title, minutes, format, where, draft: text },
    more: {
      ...{ description, chair, cochair, backup, capacity, language, visibility, zone, name },
      closed: draft.isClosed ? 'yes' : 'no',
      draft: text,
    },
  };
}

export const sessionCreateTaps = [sessionChange, sessionMore, sessionSave, sessionDrop];
