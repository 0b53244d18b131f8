import { type Button, type Param, param, type Reply, type Tap, type Text, worded } from '../src/chat/index.js';
import { addResource, decideSuggestion, suggestResource } from '../src/core/resources/care/suggest.js';
import { asResource, MOST_ANSWER, type Suggested } from '../src/core/resources/care/suggestion.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { deciding } from './pairing-queue.js';
import { suggestPlaces } from './places.js';
import { changedText } from './resource-care-reply.js';
import { reviewPage } from './resource-review.js';
import { phonesOf } from './resource-texts.js';

const NAMES = ['name', 'what', 'contact', 'town', 'hours', 'who'] as const;
type Answer = (typeof NAMES)[number];

const words = (name: Answer) => ({ label: `resource.answers.${name}.label`, help: `resource.answers.${name}.help` }) as const;
const line = <const O extends { required?: true; suggest?: Param['suggest'] }>(name: Answer, o: O) =>
  worded(param.text({ shown: 'others', max: MOST_ANSWER[name], ...o }), words(name));

const answers = {
  name: line('name', { required: true }),
  what: worded(param.long({ shown: 'others', required: true, max: MOST_ANSWER.what }), words('what')),
  contact: line('contact', { required: true }),
  town: line('town', { suggest: suggestPlaces }),
  hours: line('hours', {}),
  who: line('who', {}),
};

const again = {
  name: param.ref({ required: true, max: MOST_ANSWER.name }),
  what: param.ref({ required: true, max: MOST_ANSWER.what }),
  contact: param.ref({ required: true, max: MOST_ANSWER.contact }),
  town: param.ref({ max: MOST_ANSWER.town }),
  hours: param.ref({ max: MOST_ANSWER.hours }),
  who: param.ref({ max: MOST_ANSWER.who }),
};

type Answers = { readonly [A in Answer]?: string | undefined } & Pick<Suggested, 'name' | 'what' | 'contact'>;

const suggestedOf = ({ name, what, contact, town, hours, who }: Answers): Suggested => ({
  ...{ name, what, contact },
  ...(town !== undefined && { town }),
  ...(hours !== undefined && { hours }),
  ...(who !== undefined && { who }),
});

/** As members would see it, who would see it, and what comes next. */
function preview(ctx: AppCtx, body: Suggested): Reply {
  const { details } = asResource(body, 'preview');
  const { name, description, phones, url, area, schedule, eligibility } = details;
  const reached: Text = phones.length > 0 ? phonesOf(phones) : url === undefined ? '' : [{ link: url }];
  const facts = [
    { label: ctx.t(phones.length > 0 ? 'resource.look.phone' : 'resource.look.page'), value: reached },
    ...(area === undefined ? [] : [{ label: ctx.t('resource.look.where'), value: area }]),
    ...(schedule === undefined ? [] : [{ label: ctx.t('resource.look.hours'), value: schedule }]),
    ...(eligibility === undefined ? [] : [{ label: ctx.t('resource.look.who'), value: eligibility }]),
    { label: ctx.t('resource.look.list'), value: ctx.t('resource.own') },
  ];
  const isFacilitator = ctx.scope.roles.has('facilitator') || ctx.scope.roles.has('coordinator');
  const send: Button<Tap> = {
    label: ctx.t('resource.suggest.send'),
    ...(isFacilitator ? {} : { style: 'primary' as const }),
    act: { path: ['resource', 'hand-in'], input: { ...body }, does: 'edit' },
  };
  const add: Button<Tap> = {
    label: ctx.t('resource.suggest.add'),
    style: 'primary',
    act: { path: ['resource', 'add-own'], input: { ...body }, does: 'edit' },
  };
  const change: Button<Tap> = {
    label: ctx.t('resource.suggest.change'),
    act: { path: ['resource', 'suggest'], input: { ...body }, does: 'form' },
  };
  return {
    summary: ctx.t('resource.summary'),
    blocks: [
      { kind: 'note', text: ctx.t('resource.suggest.preview') },
      { kind: 'heading', text: name },
      ...(description === undefined ? [] : [{ kind: 'text' as const, text: description }]),
      { kind: 'facts', facts },
      { kind: 'text', text: ctx.t('resource.suggest.who') },
      { kind: 'buttons', buttons: [...(isFacilitator ? [add] : []), send, change] },
    ],
  };
}

export const resourceSuggest = defineCommand({
  path: ['resource', 'suggest'],
  role: 'anyone',
  asksRoles: true,
  reply: 'private',
  params: answers,
  run: async (given, ctx) => preview(ctx, suggestedOf(given)),
});

const said = (ctx: AppCtx, text: string, id?: string): Reply => ({
  summary: ctx.t('resource.summary'),
  blocks: [
    { kind: 'text', text },
    ...(id === undefined
      ? []
      : [
          {
            kind: 'buttons' as const,
            buttons: [{ label: ctx.t('resource.told.see'), act: { path: ['resource', 'look'] as const, input: { id } } }],
          },
        ]),
  ],
});

const handIn = defineCommand({
  path: ['resource', 'hand-in'],
  counts: 'suggestion',
  ...tapped,
  params: again,
  async run(given, ctx) {
    await suggestResource(ctx.scope, suggestedOf(given), ctx.attempt);
    return said(ctx, ctx.t('resource.suggest.done'));
  },
});

const addOwn = defineCommand({
  path: ['resource', 'add-own'],
  ...deciding,
  params: again,
  async run(given, ctx) {
    const id = await addResource(ctx.scope, suggestedOf(given));
    return said(ctx, ctx.t('resource.review.done.accepted'), id);
  },
});

async function decided(ctx: AppCtx, id: string, how: { yes: boolean; body?: Suggested }): Promise<Reply> {
  const meanwhile = await decideSuggestion(ctx.scope, id, how);
  const done = ctx.t(how.yes ? 'resource.review.done.accepted' : 'resource.review.done.declined');
  return reviewPage(ctx, 0, meanwhile ? await changedText(ctx, meanwhile, 'meanwhile') : done);
}

const id = param.ref({ required: true });

const accept = defineCommand({
  path: ['resource', 'accept'],
  ...deciding,
  params: { id },
  run: ({ id: suggestion }, ctx) => decided(ctx, suggestion, { yes: true }),
});

const decline = defineCommand({
  path: ['resource', 'decline'],
  ...deciding,
  params: { id },
  run: ({ id: suggestion }, ctx) => decided(ctx, suggestion, { yes: false }),
});

/** In the facilitator's words. */
const acceptAs = defineCommand({
  path: ['resource', 'accept-as'],
  ...deciding,
  form: 'always',
  title: 'resource.review.change',
  params: { ...answers, id },
  run: ({ id: suggestion, ...given }, ctx) => decided(ctx, suggestion, { yes: true, body: suggestedOf(given) }),
});

export const resourceSuggestTaps = [handIn, addOwn, accept, decline, acceptAs];
