import { type Block, type Button, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { goingOn, haveTalked, type Mine, nudgeTomorrow, setNudges, setPace } from '../src/core/pairing/keep-rhythm.js';
import { agreedPace } from '../src/core/pairing/pace.js';
import { wantsNudges } from '../src/core/pairing/rhythm.js';
import { PACES } from '../src/core/pairing/vocabulary.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { saidWith } from './said.js';
import { otherName } from './sponsor-status.js';

const PAIRING = param.ref({ required: true });

/** One pairing: how often the two mean to be in touch, and the member's own nudges. */
async function rhythmBlocks(ctx: AppCtx, mine: Mine): Promise<Block<Tap>[]> {
  const { pairing, side } = mine;
  const input = { pairing: pairing.id };
  const isOn = wantsNudges(pairing, side);
  const [own, theirs] = side === 'mentee' ? [pairing.menteePace, pairing.mentorPace] : [pairing.mentorPace, pairing.menteePace];
  const said = (text: string | null): string => {
    const pace = PACES.find((one) => one === text);
    return ctx.t(pace ? `pairing.paces.${pace}` : 'rhythm.unsaid');
  };
  const choices = PACES.filter((pace) => pace !== own).map(
    (pace): Button<Tap> => ({
      label: ctx.t(`pairing.paces.${pace}`),
      act: { path: ['sponsor', 'pace-set'], input: { ...input, pace }, does: 'edit' },
    }),
  );
  return [
    { kind: 'text', text: ctx.rich<Span & object>('rhythm.with', { who: await otherName(ctx, pairing) }) },
    {
      kind: 'facts',
      facts: [
        { label: ctx.t('rhythm.own'), value: said(own) },
        { label: ctx.t('rhythm.theirs'), value: said(theirs) },
        { label: ctx.t('rhythm.holds'), value: said(agreedPace(pairing) ?? null) },
        { label: ctx.t('rhythm.nudges'), value: ctx.t(isOn ? 'rhythm.on' : 'rhythm.off') },
      ],
    },
    { kind: 'buttons', buttons: choices },
    {
      kind: 'buttons',
      buttons: [
        { label: ctx.t('rhythm.nudge.talked'), act: { path: ['sponsor', 'talked'], input, does: 'edit' } },
        {
          label: ctx.t(isOn ? 'rhythm.nudge.off' : 'rhythm.nudge.again'),
          act: { path: ['sponsor', 'nudges'], input: { ...input, say: isOn ? 'no' : 'yes' }, does: 'edit' },
        },
      ],
    },
  ];
}

/** @param only the pairing that it is about; all without it */
async function screen(ctx: AppCtx, only?: string, said?: string): Promise<Reply> {
  const all = await goingOn(ctx.scope);
  const mine = only === undefined ? all : all.filter(({ pairing }) => pairing.id === only);
  const first = said ?? ctx.t(mine.length > 0 ? 'rhythm.how' : 'rhythm.none');
  const each = await Promise.all(mine.map((one) => rhythmBlocks(ctx, one)));
  return {
    summary: ctx.t('rhythm.button'),
    blocks: [{ kind: 'text', text: first }, ...each.flat(), { kind: 'note', text: ctx.t('rhythm.bothSee') }],
  };
}

export const sponsorPace = defineCommand({
  path: ['sponsor', 'pace'],
  role: 'anyone',
  reply: 'private',
  params: { pairing: param.ref({}) },
  run: ({ pairing }, ctx) => screen(ctx, pairing),
});

const paceSet = defineCommand({
  path: ['sponsor', 'pace-set'],
  ...tapped,
  params: { pairing: PAIRING, pace: param.ref({ required: true }) },
  async run({ pairing, pace }, ctx) {
    const wanted = PACES.find((one) => one === pace);
    if (!wanted) throw new UserError('chat.errors.unknownTap');
    await setPace(ctx.scope, pairing, wanted);
    return screen(ctx, pairing, ctx.t('rhythm.changed'));
  },
});

const toRhythm = (ctx: AppCtx, pairing: string): Button<Tap> => ({
  label: ctx.t('rhythm.button'),
  act: { path: ['sponsor', 'pace'], input: { pairing } },
});

const nudges = defineUnheldCommand({
  path: ['sponsor', 'nudges'],
  ...tapped,
  params: { pairing: PAIRING, say: param.ref({}) },
  async run({ pairing, say }, ctx) {
    await setNudges(ctx.scope, pairing, say === 'yes');
    return saidWith(ctx.t(say === 'yes' ? 'rhythm.turnedOn' : 'rhythm.turnedOff'), [toRhythm(ctx, pairing)]);
  },
});

const talked = defineCommand({
  path: ['sponsor', 'talked'],
  ...tapped,
  params: { pairing: PAIRING },
  async run({ pairing }, ctx) {
    await haveTalked(ctx.scope, pairing);
    return saidWith(ctx.t('rhythm.talked'));
  },
});

const tomorrow = defineCommand({
  path: ['sponsor', 'tomorrow'],
  ...tapped,
  params: { pairing: PAIRING },
  async run({ pairing }, ctx) {
    await nudgeTomorrow(ctx.scope, pairing);
    return saidWith(ctx.t('rhythm.tomorrow'));
  },
});

/** How it goes. The answer is kept nowhere: it only decides what is said next. */
const going = defineCommand({
  path: ['sponsor', 'going'],
  ...tapped,
  params: { pairing: PAIRING, say: param.ref({}) },
  async run({ pairing, say }, ctx) {
    const end: Button<Tap> = { label: ctx.t('rhythm.check.change'), act: { path: ['sponsor', 'end'], input: { pairing } } };
    const pace = toRhythm(ctx, pairing);
    if (say === 'good') return saidWith(ctx.t('rhythm.check.said.good'));
    if (say === 'better') return saidWith(ctx.t('rhythm.check.said.better'), [pace, end]);
    if (say === 'no') return saidWith(ctx.t('rhythm.check.said.no'), [end, pace]);
    return saidWith(ctx.t('rhythm.check.said.skip'));
  },
});

/** Reached from nudges and from the screen of the rhythm. */
export const sponsorPaceTaps = [paceSet, nudges, talked, tomorrow, going];
