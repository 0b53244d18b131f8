import type { CardReader } from '../src/cards/session-card.js';
import { type Block, type Input, type Path, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { dateNamed, type FoundSession, findSession, sessionById } from '../src/core/sessions/find.js';
import type { DatedSession, SessionView } from '../src/core/sessions/view.js';
import { viewDates } from '../src/core/sessions/view.js';
import type { AppCtx } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';

/** What every command about one session is told: words that people type, or what a button points at. */
export const sessionParams = {
  session: param.text({ shown: 'asked', max: 100 }),
  id: param.ref({}),
  local: param.ref({}),
  pick: param.ref({}),
};

interface Said {
  readonly session?: string | undefined;
  readonly id?: string | undefined;
  readonly local?: string | undefined;
  /** Id and local time in one, as a select gives them. */
  readonly pick?: string | undefined;
}

/** The same with what a select picked taken apart. */
export function picked<S extends Said>({ pick, ...said }: S): S {
  const [id, local] = pick?.split(' ') ?? [];
  return { ...said, ...(id !== undefined && { id }), ...(local !== undefined && { local }) } as S;
}

const MOST_CANDIDATES = 5;

export const readerOf = (ctx: AppCtx): CardReader => ({ ...ctx, zone: ctx.scope.member.zone });

export const listButton = (ctx: AppCtx) => ({ label: ctx.t('session.seeList'), act: { path: ['session', 'list'] as const } });

/** A short answer about one session, and the way back to all of them. */
export const saidWithList = (ctx: AppCtx, text: string, blocks: readonly Block<Tap>[] = []): Reply =>
  said(text, [...blocks, { kind: 'buttons', buttons: [listButton(ctx)] }]);

/** Which of these, as buttons; or that there is none, and what to do now. */
function askWhich(ctx: AppCtx, path: Path, input: Input, candidates: readonly FoundSession[], said: string | undefined): Reply {
  const text = ctx.t(
    candidates.length === 0 ? 'session.find.empty' : said === undefined ? 'session.find.nothingNext' : 'session.find.which',
  );
  const few = candidates.slice(0, MOST_CANDIDATES);
  const buttons = few.map(({ session, details }) => ({
    label: details.title,
    act: { path, input: { ...input, id: session.id } },
  }));
  const blocks: Block<Tap>[] = [
    { kind: 'text', text },
    {
      kind: 'list',
      items: few.map(({ details, next }) =>
        next
          ? ctx.rich<Span & object>('session.find.next', { title: details.title, when: moment(ctx, next.startsAt) })
          : ctx.t('session.find.over', { title: details.title }),
      ),
    },
    { kind: 'buttons', buttons: [...buttons, listButton(ctx)].slice(0, MOST_CANDIDATES) },
  ];
  return { summary: text, blocks: blocks.filter((block) => block.kind !== 'list' || block.items.length > 0) };
}

/** Finds the session that is meant, or asks which; `then` goes on with it. The buttons of the question say the same again. */
export async function withSession(
  ctx: AppCtx,
  { session: said, id }: Said,
  again: { readonly path: Path; readonly input?: Input },
  then: (found: FoundSession) => Promise<Reply>,
): Promise<Reply> {
  if (id !== undefined) {
    const found = await sessionById(ctx.scope, id);
    if (!found) throw new UserError('session.gone', {}, { label: 'session.seeList', tap: { path: ['session', 'list'] } });
    return then(found);
  }
  const find = await findSession(ctx.scope, said);
  return find.kind === 'one' ? then(find.found) : askWhich(ctx, again.path, again.input ?? {}, find.candidates, said);
}

/** The date that a button points at, else the next one. @throws UserError when there is none */
export async function datedOf(ctx: AppCtx, { session, next }: FoundSession, local: string | undefined): Promise<DatedSession> {
  const date = local === undefined ? next : await dateNamed(ctx.scope.db, session, local);
  if (!date) throw new UserError('session.noDate', {}, { label: 'session.seeList', tap: { path: ['session', 'list'] } });
  return { session, date };
}

/** One date as the reader sees it. */
export async function viewOf(ctx: AppCtx, dated: DatedSession): Promise<SessionView> {
  const [view] = await viewDates(ctx.scope, ctx.platform, [dated]);
  if (!view) throw new Error('One date has one view.');
  return view;
}
