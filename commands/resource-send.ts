import { type Block, type Button, param, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { type FoundResource, lookAtResource } from '../src/core/resources/look.js';
import { resourceSourcesOf } from '../src/core/resources/sources.js';
import { savedOf } from '../src/core/saved/mine.js';
import { menteesToSendTo, sendResource, sentToMe, takeSent } from '../src/core/saved/send.js';
import type { Pairing } from '../src/db/generated/client.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { serviceBlocks } from './resource-look-reply.js';
import { said, saidWith } from './said.js';
import { allSaved } from './saved-reply.js';
import { otherName } from './sponsor-status.js';

const OPTION = 75;
const ID = param.ref({ required: true });

async function shownWhole(ctx: AppCtx, resource: FoundResource): Promise<Block<Tap>[]> {
  const source = (await resourceSourcesOf(ctx.scope.db)).find(({ id }) => id === resource.sourceId);
  return source ? serviceBlocks(ctx, resource, source) : [];
}

/** A pairing of the member's own in which they may send something. @throws UserError when there is none any more */
async function menteeIn(ctx: AppCtx, pairing: string): Promise<Pairing> {
  const found = (await menteesToSendTo(ctx.scope)).find(({ id }) => id === pairing);
  if (!found) throw new UserError('rhythm.problems.over');
  return found;
}

async function toWhom(ctx: AppCtx, pairings: readonly Pairing[], resource: string): Promise<Reply> {
  const each = await Promise.all(
    pairings.map(async ({ id }, i): Promise<Block<Tap>[]> => {
      const act: Tap = { path: ['resource', 'send'], input: { id: resource, pairing: id }, does: 'edit' };
      const who = await otherName(ctx, pairings[i] as Pairing);
      return [
        { kind: 'text', text: ctx.rich<Span & object>('saved.send.to', { who }) },
        { kind: 'buttons', buttons: [{ label: ctx.t('saved.send.one'), act }] },
      ];
    }),
  );
  return said(ctx.t('saved.send.whom'), each.flat());
}

/** Exactly what the mentee would get, before they do. */
const resourceSend = defineCommand({
  path: ['resource', 'send'],
  ...tapped,
  params: { id: ID, pairing: param.ref({}) },
  async run({ id, pairing }, ctx) {
    const resource = await lookAtResource(ctx.scope, id);
    if (!resource || resource.retiredAt) throw new UserError('resource.gone');
    const mentees = await menteesToSendTo(ctx.scope);
    if (pairing === undefined && mentees.length > 1) return toWhom(ctx, mentees, id);
    const to = await menteeIn(ctx, pairing ?? mentees[0]?.id ?? '');
    const input = { id, pairing: to.id };
    const yes: Button<Tap> = {
      label: ctx.t('saved.send.yes'),
      style: 'primary',
      act: { path: ['resource', 'send-yes'], input, does: 'edit' },
    };
    return {
      summary: ctx.t('saved.send.one'),
      blocks: [
        { kind: 'text', text: ctx.rich<Span & object>('saved.send.preview', { who: await otherName(ctx, to) }) },
        { kind: 'divider' },
        ...(await shownWhole(ctx, resource)),
        { kind: 'divider' },
        { kind: 'note', text: ctx.t('saved.send.rules') },
        {
          kind: 'buttons',
          buttons: [yes, { label: ctx.t('saved.send.no'), act: { path: ['resource', 'send-no'], does: 'edit' } }],
        },
      ],
    };
  },
});

const resourceSendYes = defineCommand({
  path: ['resource', 'send-yes'],
  counts: 'reach',
  ...tapped,
  params: { id: ID, pairing: ID },
  async run({ id, pairing }, ctx) {
    const who = await otherName(ctx, await menteeIn(ctx, pairing));
    const isNew = await sendResource(ctx.scope, pairing, id);
    const text = ctx.rich<Span & object>(isNew ? 'saved.send.done' : 'saved.send.twice', { who });
    const mentees: Button<Tap> = { label: ctx.t('share.mentees.title'), act: { path: ['mentor', 'mentees'] } };
    return {
      summary: ctx.t('saved.send.one'),
      blocks: [
        { kind: 'text', text },
        { kind: 'buttons', buttons: [mentees] },
      ],
    };
  },
});

const resourceSendNo = defineCommand({
  path: ['resource', 'send-no'],
  ...tapped,
  params: {},
  run: async (_args, ctx) => said(ctx.t('saved.send.notSent')),
});

/** From the list of mentees: one of what the mentor saved, or the way to find one. */
const resourceSendOne = defineCommand({
  path: ['resource', 'send-one'],
  ...tapped,
  params: { pairing: ID },
  async run({ pairing }, ctx) {
    await menteeIn(ctx, pairing);
    const mine = (await savedOf(ctx.scope)).filter(({ now }) => now && !now.retiredAt);
    const options = mine.map(({ resource, as }) => ({ value: resource, label: as.name.slice(0, OPTION) }));
    const find: Button<Tap> = { label: ctx.t('saved.find'), act: { path: ['resource', 'find'], does: 'form' } };
    return said(ctx.t('saved.send.choose'), [
      ...(options.length === 0
        ? []
        : [
            {
              kind: 'select' as const,
              placeholder: ctx.t('saved.send.one'),
              act: { path: ['resource', 'send'] as const, input: { pairing } },
              param: 'id',
              options,
            },
          ]),
      { kind: 'buttons', buttons: [find, allSaved(ctx)] },
    ]);
  },
});

/** What a mentor sent, as the mentee opens it. */
const resourceSent = defineCommand({
  path: ['resource', 'sent'],
  ...tapped,
  params: { id: ID },
  async run({ id }, ctx) {
    const sent = await sentToMe(ctx.scope, id);
    const resource = sent?.resource;
    if (!sent || !resource) throw new UserError('saved.sent.over');
    const save: Button<Tap> = {
      label: ctx.t('saved.save'),
      style: 'primary',
      act: { path: ['resource', 'save'], input: { id: resource.id, sent: id } },
    };
    const enough: Button<Tap> = {
      label: ctx.t('saved.sent.enough'),
      act: { path: ['resource', 'take'], input: { pairing: sent.pairing.id, say: 'no' }, does: 'edit' },
    };
    return {
      summary: ctx.t('saved.sent.summary'),
      blocks: [
        { kind: 'text', text: ctx.rich<Span & object>('saved.sent.from', { who: await otherName(ctx, sent.pairing) }) },
        ...(resource.retiredAt ? [{ kind: 'text' as const, text: ctx.t('saved.retired') }] : []),
        ...(await shownWhole(ctx, resource)),
        { kind: 'buttons', buttons: [...(resource.retiredAt ? [] : [save]), enough] },
        { kind: 'note', text: ctx.t('saved.sent.note') },
      ],
    };
  },
});

const resourceTake = defineCommand({
  path: ['resource', 'take'],
  ...tapped,
  params: { pairing: ID, say: param.pressed(['yes', 'no']) },
  async run({ pairing: id, say }, ctx) {
    await takeSent(ctx.scope, id, say === 'yes');
    if (say === 'yes') return saidWith(ctx.t('saved.sent.taken'), [allSaved(ctx)]);
    const pairing = await ctx.scope.db.pairing.findUniqueOrThrow({ where: { id } });
    const text = ctx.rich<Span & object>('saved.sent.refused', { who: await otherName(ctx, pairing) });
    const undo: Tap = { path: ['resource', 'take'], input: { pairing: id, say: 'yes' }, does: 'edit' };
    return {
      summary: ctx.t('saved.all'),
      blocks: [
        { kind: 'text', text },
        { kind: 'buttons', buttons: [{ label: ctx.t('saved.sent.undo'), act: undo }] },
      ],
    };
  },
});

/** Reached from services, from the list of mentees and from what was sent. */
export const sendTaps = [resourceSend, resourceSendYes, resourceSendNo, resourceSendOne, resourceSent, resourceTake];
