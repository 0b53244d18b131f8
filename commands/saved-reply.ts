import type { Block, Button, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { accountOf } from '../src/core/members/behind.js';
import { goingOn } from '../src/core/pairing/keep-rhythm.js';
import { viewersOf } from '../src/core/pairing/shares.js';
import { resourceSourcesOf } from '../src/core/resources/sources.js';
import { wantsAsks } from '../src/core/saved/answer.js';
import { oneSaved, type Saved, type SavedService, savedOf, unanswered } from '../src/core/saved/mine.js';
import { refusedSenders } from '../src/core/saved/send.js';
import type { AppCtx } from './define.js';
import { serviceBlocks, wrongButton } from './resource-look-reply.js';
import { item } from './resource-reply.js';
import { joined, oneLine, phonesOf } from './resource-texts.js';
import { similarButton } from './saved-buttons.js';
import { moment } from './schedule-words.js';
import { otherName } from './sponsor-status.js';

/** Saved services at once. */
const PAGE = 5;
const OPTION = 75;

const pathOf = (sub: string): Tap['path'] => ['resource', sub];
export const allSaved = (ctx: AppCtx): Button<Tap> => ({ label: ctx.t('saved.all'), act: { path: pathOf('saved') } });

/** As it was shown when it was saved. */
const asSaved = ({ as }: SavedService): Text => [
  { bold: as.name },
  ...(as.phones.length > 0 ? ['\n', ...phonesOf(as.phones)] : []),
  ...((as.address ?? as.area) ? [`\n${joined([as.address, as.area])}`] : []),
];

/** What became of it since it was saved; undefined where it is as it was. */
function newsOf(ctx: AppCtx, { now, isChanged, as }: Saved): string | undefined {
  if (!now) return ctx.t('saved.listGone');
  if (now.retiredAt) return ctx.t('saved.retired');
  const before = joined([as.name, as.phones.join(', '), as.address, as.area]);
  return isChanged ? ctx.t('saved.changed', { before }) : undefined;
}

/** The service alone, without what is the member's own: what they show is drawn by this, for them and for whom they show it. */
export function savedService(ctx: AppCtx, saved: SavedService): Text {
  const { now } = saved;
  if (!now) return [`${ctx.t('saved.listGone')}\n`, ...asSaved(saved)];
  const text = item(ctx, now, undefined);
  const isRetired = now.retiredAt !== null;
  return [...(typeof text === 'string' ? [text] : text), ...(isRetired ? [`\n${ctx.t('saved.retired')}`] : [])];
}

async function sender(ctx: AppCtx, { from }: Saved): Promise<string | (Span & object) | undefined> {
  if (from === undefined) return undefined;
  const account = await accountOf(ctx.scope.db, from, ctx.platform);
  return account === undefined ? ctx.t('saved.mentor') : { mention: account };
}

const isComing = ({ remindAt }: Saved, ctx: AppCtx) => remindAt !== undefined && new Date(remindAt) > ctx.now;

async function ownFacts(ctx: AppCtx, saved: Saved): Promise<Block<Tap>[]> {
  const { note, remindAt, said } = saved;
  const who = await sender(ctx, saved);
  const facts: { label: string; value: Text }[] = [
    ...(note === undefined ? [] : [{ label: ctx.t('saved.note'), value: note }]),
    ...(remindAt !== undefined && isComing(saved, ctx)
      ? [{ label: ctx.t('saved.reminder'), value: [moment(ctx, new Date(remindAt))] }]
      : []),
    ...(said === undefined ? [] : [{ label: ctx.t('saved.ask.answer'), value: ctx.t(`saved.state.${said}`) }]),
  ];
  return [
    ...(who === undefined ? [] : [{ kind: 'text' as const, text: ctx.rich<Span & object>('saved.sentBy', { who }) }]),
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
  ];
}

/** One line of the list: what it is, and what is the member's own of it. */
async function line(ctx: AppCtx, saved: Saved): Promise<Text> {
  const { now, as, note, remindAt, said } = saved;
  const phones = now?.details.phones ?? as.phones;
  const who = await sender(ctx, saved);
  const own = [now?.details.area ?? as.area, newsOf(ctx, saved), said && ctx.t(`saved.state.${said}`)];
  return [
    { bold: now?.details.name ?? as.name },
    ...(phones.length > 0 ? ['\n', ...phonesOf(phones.slice(0, 1))] : []),
    ...own.flatMap((text) => (text ? [`\n${text}`] : [])),
    ...(who === undefined ? [] : ['\n', ...ctx.rich<Span & object>('saved.sentBy', { who })]),
    ...(note === undefined ? [] : [`\n${ctx.t('saved.note')}: ${oneLine(note)}`]),
    ...(remindAt !== undefined && isComing(saved, ctx)
      ? [`\n${ctx.t('saved.reminder')}: `, moment(ctx, new Date(remindAt))]
      : []),
  ];
}

/** Whether the member is asked, and who may send them something. */
async function choices(ctx: AppCtx): Promise<Block<Tap>[]> {
  const isAsked = await wantsAsks(ctx.scope);
  const refused = await refusedSenders(ctx.scope);
  const asks: Button<Tap> = {
    label: ctx.t(isAsked ? 'saved.ask.turnOff' : 'saved.ask.turnOn'),
    act: { path: pathOf('asks'), input: { say: isAsked ? 'no' : 'yes' }, does: 'edit' },
  };
  const again = await Promise.all(
    refused.map(async (pairing): Promise<Block<Tap>[]> => {
      const act: Tap = { path: pathOf('take'), input: { pairing: pairing.id, say: 'yes' }, does: 'edit' };
      return [
        { kind: 'text', text: ctx.rich<Span & object>('saved.sent.refused', { who: await otherName(ctx, pairing) }) },
        { kind: 'buttons', buttons: [{ label: ctx.t('saved.sent.undo'), act }] },
      ];
    }),
  );
  return [{ kind: 'buttons', buttons: [asks] }, ...again.flat()];
}

/** What the member saved, a page of it. @param first what is said first */
export async function savedList(ctx: AppCtx, skip: number, first?: string): Promise<Reply> {
  const all = await savedOf(ctx.scope);
  const page = all.slice(skip, skip + PAGE);
  const find: Button<Tap> = { label: ctx.t('saved.find'), act: { path: pathOf('find'), does: 'form' } };
  const more: Button<Tap> = { label: ctx.t('saved.more'), act: { path: pathOf('saved'), input: { skip: String(skip + PAGE) } } };
  const questions: Button<Tap> = { label: ctx.t('saved.ask.answer'), style: 'primary', act: { path: pathOf('reached') } };
  const options = page.map(({ id, as, now }) => ({ value: id, label: (now?.details.name ?? as.name).slice(0, OPTION) }));
  return {
    summary: ctx.t('saved.heading'),
    blocks: [
      { kind: 'heading', text: ctx.t('saved.heading') },
      ...(first === undefined ? [] : [{ kind: 'text' as const, text: first }]),
      ...(all.length === 0 ? [{ kind: 'text' as const, text: ctx.t('saved.none') }] : []),
      ...(page.length === 0
        ? []
        : [
            { kind: 'list' as const, items: await Promise.all(page.map((one) => line(ctx, one))) },
            { kind: 'select' as const, placeholder: ctx.t('saved.open'), act: { path: pathOf('kept') }, param: 'id', options },
          ]),
      {
        kind: 'buttons',
        buttons: [...(all.length > skip + PAGE ? [more] : []), ...(unanswered(all).length > 0 ? [questions] : []), find],
      },
      ...(await choices(ctx)),
      { kind: 'note', text: ctx.t('saved.private') },
    ],
  };
}

/** Showing it to mentors, by what each of them sees already. */
async function showButtons(ctx: AppCtx, saved: Saved): Promise<Button<Tap>[]> {
  const [mine, viewers, all] = await Promise.all([goingOn(ctx.scope), viewersOf(ctx.scope, 'services'), savedOf(ctx.scope)]);
  const isSeen = saved.shownTo.some((id) => viewers.has(id));
  const show = mine.flatMap(({ pairing, side }): Button<Tap>[] => {
    const sees = (one: Saved) => viewers.has(pairing.mentorId) && one.shownTo.includes(pairing.mentorId);
    if (side !== 'mentee' || sees(saved)) return [];
    const left = all.filter((one) => one.id !== saved.id && !sees(one)).map(({ id }) => id);
    const input = { pairing: pairing.id, what: 'services', left: left.join(',') };
    return [{ label: ctx.t('saved.showMentor'), act: { path: ['sponsor', 'share'], input } }];
  });
  const hide: Button<Tap> = {
    label: ctx.t('saved.hideMentor'),
    act: { path: pathOf('hide'), input: { id: saved.id }, does: 'edit' },
  };
  return [...show, ...(isSeen ? [hide] : [])];
}

function ownButtons(ctx: AppCtx, saved: Saved): Button<Tap>[] {
  const { id, note } = saved;
  const hasReminder = isComing(saved, ctx);
  const form: Button<Tap> = {
    label: ctx.t(hasReminder ? 'saved.remindAnew' : 'saved.remindAt'),
    act: { path: pathOf('remind'), input: { id }, does: 'form' },
  };
  const tomorrow: Button<Tap> = {
    label: ctx.t('saved.remindTomorrow'),
    style: 'primary',
    act: { path: pathOf('remind'), input: { id, when: 'tomorrow at 10:00' }, does: 'edit' },
  };
  const off: Button<Tap> = { label: ctx.t('saved.unremind'), act: { path: pathOf('unremind'), input: { id }, does: 'edit' } };
  return [
    ...(hasReminder ? [form, off] : [tomorrow, form]),
    { label: ctx.t('saved.writeNote'), act: { path: pathOf('note'), input: { id, note }, does: 'form' } },
    { label: ctx.t('saved.remove.button'), act: { path: pathOf('remove'), input: { id }, does: 'edit' } },
  ];
}

/** One saved service, and what is the member's own of it. @param first what is said first @throws UserError when it is gone */
export async function savedCard(ctx: AppCtx, id: string, first?: Text): Promise<Reply> {
  const saved = await oneSaved(ctx.scope, id);
  const { now } = saved;
  const source = now && (await resourceSourcesOf(ctx.scope.db)).find((one) => one.id === now.sourceId);
  const news = newsOf(ctx, saved);
  const viewers = await viewersOf(ctx.scope, 'services');
  const isSeen = saved.shownTo.some((one) => viewers.has(one));
  const helps = now ? [now.retiredAt ? await similarButton(ctx, now) : wrongButton(ctx, now.id)] : [];
  return {
    summary: ctx.t('saved.heading'),
    blocks: [
      ...(first === undefined ? [] : [{ kind: 'text' as const, text: first }]),
      ...(news === undefined ? [] : [{ kind: 'text' as const, text: news }]),
      ...(now && source ? serviceBlocks(ctx, now, source) : [{ kind: 'text' as const, text: asSaved(saved) }]),
      ...(await ownFacts(ctx, saved)),
      { kind: 'buttons', buttons: ownButtons(ctx, saved) },
      { kind: 'buttons', buttons: [...helps, ...(await showButtons(ctx, saved)), allSaved(ctx)] },
      { kind: 'note', text: ctx.t(isSeen ? 'saved.seen' : 'saved.private') },
    ],
  };
}
