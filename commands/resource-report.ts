import { type Button, param, type Reply, type Tap, UserError, worded } from '../src/chat/index.js';
import { MOST_WORDS, reportResource } from '../src/core/resources/care/report.js';
import { TROUBLES } from '../src/core/resources/care/settle.js';
import { findResources } from '../src/core/resources/find.js';
import { type FoundResource, lookAtResource } from '../src/core/resources/look.js';
import { searchOf } from '../src/core/resources/understand.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { namesOf } from './resource-reply.js';

/** Services that are offered to choose from. */
const PAGE = 5;

async function service(ctx: AppCtx, id: string): Promise<FoundResource> {
  const resource = await lookAtResource(ctx.scope, id);
  if (!resource || resource.retiredAt) throw new UserError('resource.gone');
  return resource;
}

/** What can be wrong with it. */
function kinds(ctx: AppCtx, { id, details }: FoundResource): Reply {
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'heading', text: details.name },
      { kind: 'text', text: ctx.t('resource.report.ask') },
      {
        kind: 'select',
        placeholder: ctx.t('resource.report.choose'),
        act: { path: ['resource', 'wrong-what'], input: { id }, does: 'edit' },
        param: 'what',
        options: TROUBLES.map((value) => ({ value, label: ctx.t(`resource.troubles.${value}`) })),
      },
      { kind: 'note', text: ctx.t('resource.report.who') },
    ],
  };
}

export const resourceReport = defineCommand({
  path: ['resource', 'report'],
  role: 'anyone',
  reply: 'private',
  params: { what: param.text({ shown: 'asked', required: true, max: 120 }) },
  async run({ what }, ctx) {
    const { resources } = await findResources(ctx.scope, await searchOf(ctx.scope.db, { what }), PAGE);
    const [only, ...others] = resources;
    if (!only) throw new UserError('resource.report.unknown');
    if (others.length === 0) return kinds(ctx, only);
    return {
      summary: ctx.t('resource.summary'),
      blocks: [
        { kind: 'text', text: ctx.t('resource.report.which') },
        {
          kind: 'select',
          placeholder: ctx.t('resource.report.which'),
          act: { path: ['resource', 'wrong'], does: 'edit' },
          param: 'id',
          options: namesOf(resources),
        },
      ],
    };
  },
});

const wrong = defineCommand({
  path: ['resource', 'wrong'],
  ...tapped,
  params: { id: param.ref({ required: true }) },
  run: async ({ id }, ctx) => kinds(ctx, await service(ctx, id)),
});

/** Before the last tap, who will read it. */
const wrongWhat = defineCommand({
  path: ['resource', 'wrong-what'],
  ...tapped,
  params: { what: param.pressed(TROUBLES), id: param.ref({ required: true }) },
  async run({ what, id }, ctx): Promise<Reply> {
    const { details } = await service(ctx, id);
    const buttons: Button<Tap>[] = [
      {
        label: ctx.t('resource.report.send'),
        style: 'primary',
        act: { path: ['resource', 'tell'], input: { id, what }, does: 'edit' },
      },
      { label: ctx.t('resource.report.add'), act: { path: ['resource', 'tell-words'], input: { id, what }, does: 'form' } },
    ];
    return {
      summary: ctx.t('resource.summary'),
      blocks: [
        { kind: 'text', text: [{ bold: details.name }, `\n${ctx.t(`resource.troubles.${what}`)}`] },
        { kind: 'text', text: ctx.t('resource.report.who') },
        { kind: 'buttons', buttons },
      ],
    };
  },
});

function thanks(ctx: AppCtx): Reply {
  const text = ctx.t('resource.report.done');
  return { summary: ctx.t('resource.summary'), blocks: [{ kind: 'text', text }] };
}

const about = { what: param.pressed(TROUBLES), id: param.ref({ required: true }) };

const tell = defineCommand({
  path: ['resource', 'tell'],
  counts: 'serviceReport',
  ...tapped,
  params: about,
  async run({ id, what }, ctx) {
    await reportResource(ctx.scope, id, { what, attempt: ctx.attempt });
    return thanks(ctx);
  },
});

const tellWords = defineCommand({
  path: ['resource', 'tell-words'],
  counts: 'serviceReport',
  ...tapped,
  form: 'always',
  title: 'resource.report.title',
  params: {
    words: worded(param.long({ shown: 'team', required: true, max: MOST_WORDS }), {
      label: 'resource.report.words',
      help: 'resource.report.wordsHelp',
    }),
    ...about,
  },
  async run({ id, what, words }, ctx) {
    await reportResource(ctx.scope, id, { what, words, attempt: ctx.attempt });
    return thanks(ctx);
  },
});

export const resourceReportTaps = [wrong, wrongWhat, tell, tellWords];
