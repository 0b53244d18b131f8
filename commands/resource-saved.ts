import { param, type Span, UserError } from '../src/chat/index.js';
import { unshareService } from '../src/core/pairing/share.js';
import { lookAtResource } from '../src/core/resources/look.js';
import { setAsks, wantsAsks } from '../src/core/saved/answer.js';
import { MOST_NOTE } from '../src/core/saved/details.js';
import { oneSaved } from '../src/core/saved/mine.js';
import { cancelReminder, setNote, setReminder } from '../src/core/saved/remind.js';
import { removeSaved, saveResource } from '../src/core/saved/save.js';
import { sentToMe } from '../src/core/saved/send.js';
import { defineCommand, defineUnheldCommand, tapped } from './define.js';
import { which } from './goal-reply.js';
import { said } from './said.js';
import { allSaved, savedCard, savedList } from './saved-reply.js';
import { moment } from './schedule-words.js';

/** Ids of a page of what was found. */
const IDS = 400;
const ID = param.ref({ required: true });

export const resourceSaved = defineCommand({
  path: ['resource', 'saved'],
  role: 'anyone',
  reply: 'private',
  params: { skip: param.ref({}) },
  run: ({ skip }, ctx) => savedList(ctx, Number(skip ?? 0) || 0),
});

/** Which of those that were found is to be saved. */
const resourcePick = defineCommand({
  path: ['resource', 'pick'],
  ...tapped,
  params: { ids: param.ref({ required: true, max: IDS }) },
  async run({ ids }, ctx) {
    const found = await Promise.all(ids.split(',').map((id) => lookAtResource(ctx.scope, id)));
    const items = found.flatMap((one) => (one ? [{ id: one.id, words: one.details.name }] : []));
    if (items.length === 0) throw new UserError('resource.gone');
    return which(ctx.t('saved.which'), items, { path: ['resource', 'save'] }, 'id');
  },
});

const resourceSave = defineCommand({
  path: ['resource', 'save'],
  ...tapped,
  params: { id: ID, sent: param.ref({}) },
  async run({ id, sent }, ctx) {
    const from = sent === undefined ? undefined : await sentToMe(ctx.scope, sent);
    const saved = await saveResource(ctx.scope, id, from?.pairing.mentorId);
    if (!saved.isNew) return savedCard(ctx, saved.id, ctx.t('saved.already'));
    return savedCard(ctx, saved.id, ctx.t((await wantsAsks(ctx.scope)) ? 'saved.saved' : 'saved.savedSilently'));
  },
});

const resourceKept = defineCommand({
  path: ['resource', 'kept'],
  ...tapped,
  params: { id: ID },
  run: ({ id }, ctx) => savedCard(ctx, id),
});

/** What a reminder opens. */
const resourceReminded = defineCommand({
  path: ['resource', 'reminded'],
  ...tapped,
  params: { id: ID },
  run: ({ id }, ctx) => savedCard(ctx, id, ctx.t('saved.reminded')),
});

const resourceNote = defineCommand({
  path: ['resource', 'note'],
  ...tapped,
  form: 'always',
  params: { note: param.long({ shown: 'own', max: MOST_NOTE }), id: ID },
  async run({ id, note }, ctx) {
    await setNote(ctx.scope, id, note);
    return savedCard(ctx, id, ctx.t(note === undefined ? 'saved.forgotten' : 'saved.noted'));
  },
});

const resourceRemind = defineCommand({
  path: ['resource', 'remind'],
  ...tapped,
  params: { when: param.when({ required: true }), id: ID },
  async run({ id, when }, ctx) {
    const named = when.at(ctx.scope.member.zone, ctx.now, true);
    if (!named) throw new UserError('chat.problems.when');
    const { at, isQuiet } = await setReminder(ctx.scope, id, named);
    const text = ctx.rich<Span & object>(isQuiet ? 'saved.willRemindQuietly' : 'saved.willRemind', { when: moment(ctx, at) });
    return savedCard(ctx, id, text);
  },
});

const resourceUnremind = defineUnheldCommand({
  path: ['resource', 'unremind'],
  ...tapped,
  params: { id: ID },
  async run({ id }, ctx) {
    await cancelReminder(ctx.scope, id);
    return savedCard(ctx, id, ctx.t('saved.willNotRemind'));
  },
});

const resourceHide = defineUnheldCommand({
  path: ['resource', 'hide'],
  ...tapped,
  params: { id: ID },
  async run({ id }, ctx) {
    await unshareService(ctx.scope, id);
    return savedCard(ctx, id, ctx.t('saved.isHidden'));
  },
});

const resourceRemove = defineUnheldCommand({
  path: ['resource', 'remove'],
  ...tapped,
  params: { id: ID, sure: param.ref({}) },
  async run({ id, sure }, ctx) {
    if (sure !== undefined) {
      await removeSaved(ctx.scope, id);
      return savedList(ctx, 0, ctx.t('saved.remove.done'));
    }
    const { as } = await oneSaved(ctx.scope, id);
    return said(ctx.t('saved.remove.ask'), [
      { kind: 'list', items: [as.name] },
      {
        kind: 'buttons',
        buttons: [
          {
            label: ctx.t('saved.remove.yes'),
            style: 'danger',
            act: { path: ['resource', 'remove'], input: { id, sure: 'yes' }, does: 'edit' },
          },
          { label: ctx.t('saved.remove.no'), act: { path: ['resource', 'kept'], input: { id }, does: 'edit' } },
          allSaved(ctx),
        ],
      },
    ]);
  },
});

const resourceAsks = defineUnheldCommand({
  path: ['resource', 'asks'],
  ...tapped,
  params: { say: param.pressed(['yes', 'no']) },
  async run({ say }, ctx) {
    await setAsks(ctx.scope, say === 'yes');
    return savedList(ctx, 0, ctx.t(say === 'yes' ? 'saved.ask.isOn' : 'saved.ask.isOff'));
  },
});

/** Reached from what was found, and from what was saved. */
export const savedTaps = [
  resourcePick,
  resourceSave,
  resourceKept,
  resourceReminded,
  resourceNote,
  resourceRemind,
  resourceUnremind,
  resourceHide,
  resourceRemove,
  resourceAsks,
];
