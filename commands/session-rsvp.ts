import { rsvpButtons, rsvpTap, seeButton } from '../src/cards/rsvp-buttons.js';
import { type Block, type Button, param, type Reply, type Span, type Tap, type Text, UserError } from '../src/chat/index.js';
import { answerChairAsk } from '../src/core/sessions/chairing.js';
import { comersOf, maySeeComers } from '../src/core/sessions/comers.js';
import { openDetails } from '../src/core/sessions/details.js';
import { MUTES, muteReminders } from '../src/core/sessions/mute.js';
import { RSVP_ANSWERS, type RsvpAnswer } from '../src/core/sessions/places.js';
import { answerRsvp, type DateName, type MyRsvp, myRsvp } from '../src/core/sessions/rsvp.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { saidWith } from './said.js';
import { moment } from './schedule-words.js';
import { datedOf, withSession } from './session-find.js';

const unknownTap = () => new UserError('chat.errors.unknownTap');
const isAnswer = (say: string): say is RsvpAnswer => RSVP_ANSWERS.some((answer) => answer === say);

/** What the reader said of a date before, in one line. */
export function yoursText(ctx: AppCtx, { state, turn, until }: MyRsvp): Text {
  if (state === 'offered' && until) return ctx.rich<Span & object>('rsvp.yours.offered', { until: moment(ctx, until) });
  if (state === 'waiting' && turn !== undefined) return ctx.t('rsvp.yours.waiting', { turn });
  return ctx.t(`rsvp.yours.${state === 'offered' || state === 'waiting' ? 'none' : (state ?? 'none')}`);
}

const muteButton = (ctx: AppCtx, { session, local }: DateName, what: 'date' | 'session' | 'nothing'): Button<Tap> => ({
  label: ctx.t(`rsvp.mute.${what}`),
  act: { path: ['session', 'mute'], input: { id: session, local, what }, does: 'edit' },
});

const mutes = (ctx: AppCtx, name: DateName, { state, isMuted }: MyRsvp): Button<Tap>[] => {
  if (isMuted) return [muteButton(ctx, name, 'nothing')];
  return state === 'going' ? MUTES.map((what) => muteButton(ctx, name, what)) : [];
};

/** What the reader may do about one date, and what they did: for the foot of its card. */
export async function rsvpFoot(ctx: AppCtx, name: DateName): Promise<Block<Tap>[]> {
  const mine = await myRsvp(ctx.scope, name);
  if (ctx.now >= mine.date.startsAt) return [];
  const seesComers = await maySeeComers(ctx.scope, name);
  const comers: Button<Tap> = {
    label: ctx.t('rsvp.chair.whoComes'),
    act: { path: ['session', 'comers'], input: { id: name.session, local: name.local } },
  };
  const more = [...mutes(ctx, name, mine), ...(seesComers ? [comers] : [])];
  return [
    { kind: 'text', text: yoursText(ctx, mine) },
    rsvpButtons(ctx, name),
    ...(more.length > 0 ? [{ kind: 'buttons' as const, buttons: more }] : []),
    { kind: 'note', text: ctx.t('rsvp.onlyNumbers') },
  ];
}

/** Before a yes or maybe counts where the chair would see a name: nobody's name is shown unless they say so. */
function askName(ctx: AppCtx, name: DateName, say: RsvpAnswer): Reply {
  const text = ctx.t('rsvp.ask.what');
  const as = (named: 'yes' | 'no'): Tap => {
    const tap = rsvpTap(name, say, { does: 'edit' });
    return { ...tap, input: { ...tap.input, named } };
  };
  return saidWith(text, [
    { label: ctx.t('rsvp.ask.named'), act: as('yes') },
    { label: ctx.t('rsvp.ask.unnamed'), act: as('no') },
    { label: ctx.t('rsvp.no'), act: rsvpTap(name, 'no', { does: 'edit' }) },
  ]);
}

/** What came of an answer, and what can still be changed about it. */
function answered(ctx: AppCtx, name: DateName, mine: MyRsvp): Reply {
  const { state = 'no', session, date, turn = 0, isNamed } = mine;
  const said = state === 'offered' || state === 'lapsed' ? 'no' : state;
  const { title } = openDetails(ctx.scope.cipher, session);
  const text = ctx.rich<Span & object>(`rsvp.said.${said}`, { title, when: moment(ctx, date.startsAt), turn });
  const others = RSVP_ANSWERS.filter((answer) => answer !== said && !(said === 'waiting' && answer === 'going'));
  return {
    summary: ctx.t(`rsvp.${said === 'waiting' ? 'going' : said}`),
    blocks: [
      { kind: 'text', text },
      ...(isNamed ? [{ kind: 'note' as const, text: ctx.t('rsvp.chairSees') }] : []),
      {
        kind: 'buttons',
        buttons: [
          ...others.map((say): Button<Tap> => ({ label: ctx.t(`rsvp.${say}`), act: rsvpTap(name, say, { does: 'edit' }) })),
          seeButton(ctx, name),
        ],
      },
      ...(said === 'going' ? [{ kind: 'buttons' as const, buttons: mutes(ctx, name, mine) }] : []),
      { kind: 'note', text: ctx.t('rsvp.onlyNumbers') },
    ],
  };
}

/** Says it, or asks first where a name would be seen and nothing was said about that yet. */
async function say(ctx: AppCtx, name: DateName, answer: RsvpAnswer, named?: string): Promise<Reply> {
  if (answer !== 'no' && named === undefined) {
    const { session, state } = await myRsvp(ctx.scope, name);
    if (session.namesToChair && state !== answer) return askName(ctx, name, answer);
  }
  const before = named === undefined ? await myRsvp(ctx.scope, name) : undefined;
  return answered(ctx, name, await answerRsvp(ctx.scope, name, answer, named === undefined ? before?.isNamed : named === 'yes'));
}

export const sessionRsvp = defineCommand({
  path: ['session', 'rsvp'],
  role: 'anyone',
  reply: 'private',
  params: {
    session: param.text({ shown: 'asked', max: 100 }),
    answer: param.choice(RSVP_ANSWERS, {}),
    id: param.ref({}),
    local: param.ref({}),
  },
  run: ({ answer, ...said }, ctx) =>
    withSession(ctx, said, { path: ['session', 'rsvp'], ...(answer !== undefined && { input: { answer } }) }, async (found) => {
      const { session, date } = await datedOf(ctx, found, said.local);
      const name = { session: session.id, local: date.local };
      if (answer !== undefined) return say(ctx, name, answer);
      const text = [{ bold: found.details.title }, ' · ', moment(ctx, date.startsAt)];
      return { summary: found.details.title, blocks: [{ kind: 'text', text }, ...(await rsvpFoot(ctx, name))] };
    }),
});

const dateParams = { id: param.ref({ required: true }), local: param.ref({ required: true }) };

const sessionAnswer = defineCommand({
  path: ['session', 'answer'],
  ...tapped,
  params: { ...dateParams, say: param.ref({ required: true }), named: param.ref({}) },
  async run({ id, local, say: answer, named }, ctx) {
    if (!isAnswer(answer)) throw unknownTap();
    return say(ctx, { session: id, local }, answer, named);
  },
});

const sessionMute = defineUnheldCommand({
  path: ['session', 'mute'],
  ...tapped,
  params: { ...dateParams, what: param.ref({ required: true }) },
  async run({ id, local, what }, ctx) {
    if (what !== 'date' && what !== 'session' && what !== 'nothing') throw unknownTap();
    const name = { session: id, local };
    await muteReminders(ctx.scope, name, what);
    const text = ctx.t(`rsvp.mute.done.${what}`);
    const undo = what === 'nothing' ? [] : [muteButton(ctx, name, 'nothing')];
    return saidWith(text, [...undo, seeButton(ctx, name)]);
  },
});

const sessionChairing = defineCommand({
  path: ['session', 'chairing'],
  ...tapped,
  params: { ask: param.ref({ required: true }), say: param.ref({ required: true }) },
  async run({ ask, say: answer }, ctx) {
    if (answer !== 'yes' && answer !== 'no') throw unknownTap();
    const { outcome, name, title, startsAt } = await answerChairAsk(ctx.scope, ask, answer);
    const act = (other: 'yes' | 'no'): Tap => ({ path: ['session', 'chairing'], input: { ask, say: other }, does: 'edit' });
    const change: Button<Tap>[] =
      outcome === 'chairs'
        ? [{ label: ctx.t('rsvp.chair.no'), act: act('no') }]
        : outcome === 'freed'
          ? [{ label: ctx.t('rsvp.chair.yes'), act: act('yes') }]
          : [];
    const text =
      outcome === 'chairs'
        ? ctx.rich<Span & object>('rsvp.chair.chairs', { title, when: moment(ctx, startsAt) })
        : ctx.t(`rsvp.chair.${outcome}`);
    return {
      summary: ctx.t('rsvp.chair.summary'),
      blocks: [
        { kind: 'text', text },
        { kind: 'buttons', buttons: [...change, seeButton(ctx, name)] },
      ],
    };
  },
});

const sessionComers = defineCommand({
  path: ['session', 'comers'],
  ...tapped,
  params: dateParams,
  async run({ id, local }, ctx) {
    const { named, others } = await comersOf(ctx.scope, { session: id, local });
    const items = named.map((account): Text => (account === undefined ? ctx.t('rsvp.chair.elsewhere') : [{ mention: account }]));
    return {
      summary: ctx.t('rsvp.chair.comers'),
      blocks: [
        { kind: 'heading', text: ctx.t('rsvp.chair.comers') },
        { kind: 'text', text: ctx.t(items.length > 0 ? 'rsvp.chair.named' : 'rsvp.chair.noneNamed') },
        ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
        { kind: 'text', text: ctx.t('rsvp.chair.others', { count: others }) },
        { kind: 'note', text: ctx.t('rsvp.chair.keep') },
      ],
    };
  },
});

/** Reached by tapping only. */
export const rsvpTaps = [sessionAnswer, sessionMute, sessionChairing, sessionComers];
