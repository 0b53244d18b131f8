import { randomUUID } from 'node:crypto';
import { type Block, param, type Reply, type Tap, worded } from '../src/chat/index.js';
import { listScripts, removeScript, saveScript } from '../src/core/live/own-scripts.js';
import { BUILT_INS, SCRIPT_LIMITS, writeSteps } from '../src/core/live/scripts.js';
import { scriptTitle, stepsOf } from '../src/core/live/words.js';
import { type AppCtx, defineCommand } from './define.js';
import { button } from './live-words.js';
import { saidWith } from './said.js';

const HOUR_LONG = 60;

const caring = { role: 'facilitator', reply: 'private', hidden: true } as const;

const form = (input: NonNullable<Tap['input']>): Tap => ({ path: ['live', 'script'], input, does: 'form' });

/** The scripts that come along, and the community's own with what can be done about them. */
async function overview(ctx: AppCtx, text = ctx.t('live.script.intro')): Promise<Reply> {
  const own = await listScripts(ctx.scope);
  const builtIn = BUILT_INS.map((name) => {
    const steps = stepsOf(ctx, { builtIn: name }, HOUR_LONG).map(({ title }) => title);
    return `${scriptTitle(ctx, { builtIn: name })}: ${steps.join(' · ')}`;
  });
  return {
    summary: ctx.t('live.script.list'),
    blocks: [
      { kind: 'heading', text: ctx.t('live.script.list') },
      { kind: 'text', text },
      { kind: 'list', items: builtIn },
      ...own.flatMap(({ id, title, steps }): Block<Tap>[] => [
        { kind: 'divider' },
        { kind: 'text', text: [{ bold: title }] },
        { kind: 'note', text: steps.map((step) => step.title).join(' · ') },
        {
          kind: 'buttons',
          buttons: [
            button(ctx.t('live.script.edit'), form({ id, title, steps: writeSteps(steps) })),
            button(ctx.t('live.script.remove'), { path: ['live', 'unscript'], input: { id }, does: 'edit' }),
          ],
        },
      ]),
      { kind: 'buttons', buttons: [button(ctx.t('live.script.new'), form({ id: randomUUID() }), 'primary')] },
    ],
  };
}

const liveScripts = defineCommand({
  path: ['live', 'scripts'],
  ...caring,
  params: {},
  run: (_args, ctx) => overview(ctx),
});

const liveScript = defineCommand({
  path: ['live', 'script'],
  ...caring,
  form: 'always',
  title: 'live.script.form',
  params: {
    title: worded(param.text({ shown: 'led', required: true, max: SCRIPT_LIMITS.title }), {
      label: 'live.script.title',
      help: 'live.script.titleHelp',
    }),
    steps: worded(param.long({ shown: 'led', required: true }), { label: 'live.script.steps', help: 'live.script.stepsHelp' }),
    id: param.ref({ required: true }),
  },
  async run({ id, title, steps }, ctx) {
    const wrong = await saveScript(ctx.scope, id, title, steps);
    if (wrong) {
      const { title: longest, ...limits } = SCRIPT_LIMITS;
      const problem = ctx.t(`live.script.problems.${wrong.why}`, { line: wrong.line, title: longest, ...limits });
      const again = button(ctx.t('live.script.tryAgain'), form({ id, title, steps }), 'primary');
      return saidWith(problem, [again]);
    }
    return overview(ctx, ctx.t('live.script.saved'));
  },
});

const liveUnscript = defineCommand({
  path: ['live', 'unscript'],
  ...caring,
  params: { id: param.ref({ required: true }) },
  async run({ id }, ctx) {
    await removeScript(ctx.scope, id);
    return overview(ctx, ctx.t('live.script.removed'));
  },
});

/** The care of a community's own scripts. */
export const liveScriptTaps = [liveScripts, liveScript, liveUnscript];
