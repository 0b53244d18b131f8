import { wishesCard } from '../src/cards/wishes.js';
import { type Block, type Button, param, type Reply, type Tap } from '../src/chat/index.js';
import { idOfAttempt } from '../src/core/attempt.js';
import { draftSchema, type RequestDraft, readLanguages, readPathways, withWishes } from '../src/core/pairing/draft.js';
import { beginRequest } from '../src/core/pairing/request.js';
import { mustBeFree } from '../src/core/pairing/restrict.js';
import { pairingSettings } from '../src/core/pairing/settings.js';
import type { WishName } from '../src/core/pairing/wishes.js';
import { type AppCtx, defineCommand, defineUnheldCommand, tapped } from './define.js';
import { said } from './said.js';
import { allTypedOnly } from './session-params.js';
import { basics, draftRef, people, together } from './sponsor-params.js';
import { sponsorPick } from './sponsor-pick.js';
import { statusReply } from './sponsor-status.js';

const readDraft = (text: string): RequestDraft => draftSchema.parse(JSON.parse(text));

const newDraft = (ctx: AppCtx): RequestDraft => ({
  id: idOfAttempt(ctx.scope.member.id, ctx.attempt),
  urgency: 'month',
  wishes: { wishes: [], zone: ctx.scope.member.zone },
});

const values = (draft: RequestDraft, what: WishName) => draft.wishes.wishes.find((wish) => wish.what === what)?.values;

/** What a form is filled with when it opens again. */
function given(ctx: AppCtx, draft: RequestDraft) {
  const { wishes, words, gender } = draft.wishes;
  const text = JSON.stringify(draft);
  return {
    basics: {
      ...{ draft: text, urgency: draft.urgency, words, topic: values(draft, 'topic'), way: values(draft, 'way') },
      language: values(draft, 'language')?.join(', '),
    },
    people: {
      draft: text,
      pathway: values(draft, 'pathway')
        ?.map((code) => ctx.t(`pairing.pathways.${code}` as 'pairing.pathways.AA'))
        .join('; '),
      ...{ gender: values(draft, 'gender'), experience: values(draft, 'experience'), hours: values(draft, 'hours') },
      must: wishes.filter(({ must }) => must).map(({ what }) => what),
    },
    together: {
      ...{ draft: text, recovery: values(draft, 'recovery')?.[0], tone: values(draft, 'tone'), pace: values(draft, 'pace') },
      ...{ medication: values(draft, 'medication') && 'yes', mine: gender },
    },
  };
}

/** What whoever is asked will read, before anybody is asked. */
async function preview(ctx: AppCtx, draft: RequestDraft): Promise<Reply> {
  const { approval, answerHours } = await pairingSettings(ctx.scope.db);
  const fill = given(ctx, draft);
  const text = JSON.stringify(draft);
  const form = (label: string, sub: string, input: object): Button<Tap> => ({
    label,
    act: { path: ['sponsor', sub], input: { ...input }, does: 'form' },
  });
  const edit = (label: string, sub: string, input: object = {}): Button<Tap> => ({
    label,
    act: { path: ['sponsor', sub], input: { ...input }, does: 'edit' },
  });
  const ask = edit(ctx.t('sponsor.ask.best'), 'ask', { draft: text });
  const blocks: Block<Tap>[] = [
    { kind: 'heading', text: ctx.t('sponsor.preview.title') },
    { kind: 'note', text: ctx.t('sponsor.preview.nothing') },
    ...wishesCard(ctx, draft.wishes),
    { kind: 'text', text: ctx.t('sponsor.preview.urgency', { urgency: ctx.t(`pairing.urgencies.${draft.urgency}`) }) },
    { kind: 'note', text: ctx.t(approval ? 'sponsor.preview.approval' : 'sponsor.preview.how', { hours: answerHours }) },
    {
      kind: 'buttons',
      buttons: [{ ...ask, style: 'primary' }, edit(ctx.t('sponsor.ask.pick'), 'pick', { draft: text })],
    },
    {
      kind: 'buttons',
      buttons: [
        form(ctx.t('sponsor.more.people'), 'people', fill.people),
        form(ctx.t('sponsor.more.together'), 'together', fill.together),
        form(ctx.t('sponsor.more.basics'), 'basics', fill.basics),
        edit(ctx.t('sponsor.ask.drop'), 'drop'),
      ],
    },
  ];
  return { summary: ctx.t('sponsor.preview.title'), blocks };
}

type Basics = { urgency: RequestDraft['urgency']; words?: string | undefined; language?: string | undefined } & {
  [name in 'topic' | 'way']?: readonly string[] | undefined;
};

function withBasics(draft: RequestDraft, { urgency, words, topic, way, language }: Basics): RequestDraft {
  const { words: _before, ...rest } = withWishes(draft.wishes, { values: { topic, way, language: readLanguages(language) } });
  return { ...draft, urgency, wishes: { ...rest, ...(words !== undefined && { words }) } };
}

type People = { [name in 'gender' | 'experience' | 'hours']?: readonly string[] | undefined } & {
  pathway?: string | undefined;
  must?: readonly WishName[] | undefined;
};

function withPeople(ctx: AppCtx, draft: RequestDraft, { pathway, gender, experience, hours, must }: People): RequestDraft {
  const pathways = readPathways(pathway, (code) => ctx.t(`pairing.pathways.${code}`));
  const said = { values: { pathway: pathways, gender, experience, hours }, musts: must ?? [] };
  return { ...draft, wishes: withWishes(draft.wishes, said) };
}

type Together = {
  recovery?: string | undefined;
  medication?: boolean | undefined;
  mine?: RequestDraft['wishes']['gender'] | undefined;
} & { [name in 'tone' | 'pace']?: readonly string[] | undefined };

function withTogether(draft: RequestDraft, { recovery, tone, pace, medication, mine }: Together): RequestDraft {
  const one = (value: string | undefined) => (value === undefined ? [] : [value]);
  const said = { values: { recovery: one(recovery), tone, pace, medication: medication ? ['yes'] : [] } };
  const { gender: _before, ...rest } = withWishes(draft.wishes, said);
  return { ...draft, wishes: { ...rest, ...(mine && { gender: mine }) } };
}

export const sponsorRequest = defineCommand({
  path: ['sponsor', 'request'],
  role: 'anyone',
  reply: 'private',
  params: { ...basics, ...allTypedOnly({ ...people, ...together }) },
  async run(said, ctx) {
    await mustBeFree(ctx.scope, 'ask');
    const first = withBasics(newDraft(ctx), said);
    return preview(ctx, withTogether(withPeople(ctx, first, said), said));
  },
});

const editing = { ...tapped, form: 'always' } as const;

const changeBasics = defineCommand({
  path: ['sponsor', 'basics'],
  ...editing,
  title: 'commands.sponsor.request.title',
  params: { ...basics, draft: draftRef },
  run: ({ draft, ...said }, ctx) => preview(ctx, withBasics(readDraft(draft), said)),
});

const changePeople = defineCommand({
  path: ['sponsor', 'people'],
  ...editing,
  title: 'sponsor.more.people',
  params: { ...people, draft: draftRef },
  run: ({ draft, ...said }, ctx) => preview(ctx, withPeople(ctx, readDraft(draft), said)),
});

const changeTogether = defineCommand({
  path: ['sponsor', 'together'],
  ...editing,
  title: 'sponsor.more.together',
  params: { ...together, draft: draftRef },
  run: ({ draft, ...said }, ctx) => preview(ctx, withTogether(readDraft(draft), said)),
});

/** The last tap: from now on somebody is asked. A second one shows the same. */
const ask = defineCommand({
  path: ['sponsor', 'ask'],
  counts: 'request',
  ...tapped,
  params: { draft: draftRef, pick: param.ref({}) },
  async run({ draft, pick }, ctx) {
    await beginRequest(ctx.scope, { ...readDraft(draft), picks: pick === undefined ? [] : [pick] });
    return statusReply(ctx, ctx.t('sponsor.begun'));
  },
});

const drop = defineUnheldCommand({
  path: ['sponsor', 'drop'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    return said(ctx.t('sponsor.dropped'));
  },
});

export const sponsorRequestTaps = [sponsorPick, changeBasics, changePeople, changeTogether, ask, drop];
