import { valueKey, valueWords } from '../src/cards/pairing-words.js';
import { type Param, param, type Reply, type Span, type Text, UserError, worded } from '../src/chat/index.js';
import { changePairingRules } from '../src/core/communities/pairing-rules.js';
import { AGE_BANDS, type PairingSettings, pairingSettings } from '../src/core/pairing/settings.js';
import { RECOVERIES } from '../src/core/pairing/vocabulary.js';
import { WISH_NAMES, type WishName } from '../src/core/pairing/wishes.js';
import { retentionDays } from '../src/core/retention/settings.js';
import type { Key } from '../src/words/index.js';
import { communityKeep, retentionBlocks } from './community-retention.js';
import { type AppCtx, defineCommand } from './define.js';

/** What only coordinators tap. */
const coordinating = { role: 'coordinator', reply: 'private', hidden: true } as const;

const ask = <T>(name: string, one: Param<T>, list?: 'recoveries'): Param<T> =>
  worded(one, {
    label: `rules.asks.${name}.label` as Key,
    help: `rules.asks.${name}.help` as Key,
    ...(list && one.values && { choices: valueWords(list, one.values) }),
  });

function factsOf(ctx: AppCtx, rules: PairingSettings): { label: string; value: Text }[] {
  const { t } = ctx;
  const { recovery, training, vouches } = rules.minimum;
  const counts = WISH_NAMES.flatMap((wish) => {
    const weight = rules.weights[wish];
    return weight === undefined ? [] : [`${t(`rules.wishes.${wish}`)} ${weight}`];
  });
  const yes = (value: boolean) => t(value ? 'chat.yes' : 'chat.no');
  return [
    { label: t('rules.answerHours'), value: t('rules.hours', { count: rules.answerHours }) },
    { label: t('rules.introDays'), value: t('rules.days', { count: rules.introDays }) },
    { label: t('rules.approval'), value: yes(rules.approval) },
    { label: t('rules.coolingDays'), value: t('rules.days', { count: rules.coolingDays }) },
    { label: t('rules.ageBands'), value: rules.ageBands.length === 0 ? t('rules.noBands') : rules.ageBands.join(', ') },
    {
      label: t('rules.recovery'),
      value: recovery === RECOVERIES[0] ? t('rules.noRecovery') : t(valueKey('recoveries', recovery)),
    },
    { label: t('rules.training'), value: yes(training) },
    { label: t('rules.vouches'), value: String(vouches) },
    { label: t('rules.counts'), value: counts.length === 0 ? t('rules.noCounts') : counts.join(', ') },
  ];
}

/** All of it as it is now. @param said what just happened */
function overview(ctx: AppCtx, rules: PairingSettings, said?: string): Reply {
  const text = ctx.t('rules.title');
  const yes = (value: boolean) => (value ? 'yes' : 'no');
  const { answerHours: answer, introDays: intro, approval, coolingDays: cooling, ageBands, minimum, weights } = rules;
  const form = (label: Key, sub: string, input: object) => ({
    label: ctx.t(label),
    act: { path: ['community', sub] as const, input: { ...input }, does: 'form' as const },
  });
  return {
    summary: text,
    blocks: [
      ...(said === undefined ? [] : [{ kind: 'text' as const, text: said }]),
      { kind: 'heading', text },
      { kind: 'facts', facts: factsOf(ctx, rules) },
      { kind: 'note', text: ctx.rich<Span & object>('rules.note', { verify: { command: ['pairing', 'verify'] } }) },
      {
        kind: 'buttons',
        buttons: [
          form('rules.change', 'rules', { answer, intro, approval: yes(approval), cooling, bands: ageBands.join(', ') }),
          form('rules.minimum', 'minimum', { ...minimum, training: yes(minimum.training) }),
          form('rules.weights', 'weights', weights),
        ],
      },
    ],
  };
}

export const communitySettings = defineCommand({
  path: ['community', 'settings'],
  role: 'coordinator',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const { db } = ctx.scope;
    const [rules, days] = await Promise.all([pairingSettings(db), retentionDays(db)]);
    const { summary, blocks } = overview(ctx, rules);
    return { summary, blocks: [...blocks, ...retentionBlocks(ctx, days)] };
  },
});

/** @throws UserError when there are too many, or one is no name */
function readBands(text: string | undefined): string[] {
  const bands = [...new Set((text ?? '').split(',').map((band) => band.trim()))].filter((band) => band !== '');
  const { most, length } = AGE_BANDS;
  if (bands.length > most || bands.some((band) => band.length > length || !/[\p{L}\p{N}]/u.test(band)))
    throw new UserError('rules.problems.bands', { most, length });
  return bands;
}

const communityRules = defineCommand({
  path: ['community', 'rules'],
  ...coordinating,
  title: 'rules.change',
  params: {
    answer: ask('answer', param.int({ required: true, min: 1, max: 168 })),
    intro: ask('intro', param.int({ required: true, min: 1, max: 30 })),
    approval: ask('approval', param.bool({ required: true })),
    cooling: ask('cooling', param.int({ required: true, min: 0, max: 365 })),
    bands: ask('bands', param.text({ shown: 'led' })),
  },
  async run({ answer: answerHours, intro: introDays, approval, cooling: coolingDays, bands }, ctx) {
    const ageBands = readBands(bands);
    const change = (before: PairingSettings) => ({ ...before, answerHours, introDays, approval, coolingDays, ageBands });
    return overview(ctx, await changePairingRules(ctx.scope, change), ctx.t('rules.saved'));
  },
});

const communityMinimum = defineCommand({
  path: ['community', 'minimum'],
  ...coordinating,
  title: 'rules.minimum',
  params: {
    recovery: ask('recovery', param.choice(RECOVERIES, { required: true }), 'recoveries'),
    training: ask('training', param.bool({ required: true })),
    vouches: ask('vouches', param.int({ required: true, min: 0, max: 5 })),
  },
  async run(minimum, ctx) {
    const change = (before: PairingSettings) => ({ ...before, minimum });
    return overview(ctx, await changePairingRules(ctx.scope, change), ctx.t('rules.saved'));
  },
});

const weight = (wish: WishName) =>
  worded(param.int({ min: 0, max: 10 }), { label: `rules.wishes.${wish}`, help: 'rules.asks.weight.help' });

const communityWeights = defineCommand({
  path: ['community', 'weights'],
  ...coordinating,
  title: 'rules.weights',
  params: Object.fromEntries(WISH_NAMES.map((wish) => [wish, weight(wish)])) as Record<WishName, ReturnType<typeof weight>>,
  async run(said, ctx) {
    const weights = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const change = (before: PairingSettings) => ({ ...before, weights });
    return overview(ctx, await changePairingRules(ctx.scope, change), ctx.t('rules.saved'));
  },
});

export const settingsTaps = [communityRules, communityMinimum, communityWeights, communityKeep];
