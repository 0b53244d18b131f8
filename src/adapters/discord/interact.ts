import { randomBytes } from 'node:crypto';
import type { APIInteraction, REST } from 'discord.js';
import {
  type Capabilities,
  type Choice,
  type First,
  type Invocation,
  type Message,
  meanwhile,
  type Router,
  shorten,
} from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { wordsFor } from '../../words/index.js';
import { type Answering, answer, answerBriefly, type Shown } from './answer.js';
import { type InteractionCalls, interactionCalls } from './calls.js';
import { drawForm } from './form.js';
import { drawSummary } from './layout.js';
import { limits } from './limits.js';
import type { CommandIds } from './markdown.js';
import { type Act, type Asking, isAct, isAsking, receive } from './receive.js';
import { suggestFor } from './suggest.js';
import { discordFields, isOver, troubleOf } from './trouble.js';

export interface Desk {
  readonly rest: REST;
  readonly appId: string;
  readonly router: Router;
  readonly can: Capabilities;
  readonly log: Told;
  readonly patience: readonly number[];
  ids(): CommandIds;
  spaceName(guild: string): string | undefined;
}

/** An edit needs a message that can be edited; a form opened by a slash command has none. */
const canEdit = (raw: Act) => 'message' in raw && raw.message !== undefined;

/** A router that cannot decide still leaves the person with an answer, and a private one. */
function plan({ router, can, log }: Desk, call: Invocation): First {
  try {
    return router.plan(call, can);
  } catch (error) {
    log.error(discordFields(error), 'Deciding on the first response failed.');
    return { first: 'ack', show: 'private' };
  }
}

async function acknowledge(calls: InteractionCalls, show: Shown, raw: Act): Promise<Shown> {
  if (show === 'edit' && canEdit(raw)) {
    await calls.deferEdit();
    return 'edit';
  }
  await calls.defer(show !== 'public');
  return show === 'public' ? 'public' : 'private';
}

/** @returns how the answer will be shown; undefined where the form was the answer. */
async function respond(
  desk: Desk,
  first: First,
  call: Invocation,
  calls: InteractionCalls,
  raw: Act,
): Promise<Shown | undefined> {
  if (first.first === 'ack') return acknowledge(calls, first.show, raw);
  if (call.said.kind === 'submit') return acknowledge(calls, 'private', raw);
  try {
    await calls.showForm(drawForm(first.form));
    return undefined;
  } catch (error) {
    if (isOver(troubleOf(error))) throw error;
    desk.log.error(discordFields(error), 'A form could not be shown.');
    return acknowledge(calls, 'private', raw);
  }
}

/** The router answers every failure of its own; this is for one that it did not foresee. */
async function run({ router, can, log }: Desk, call: Invocation): Promise<Message> {
  try {
    return await router.run(call, can);
  } catch (error) {
    const reference = randomBytes(4).toString('hex');
    log.error({ ...discordFields(error), reference }, 'A command was left unanswered.');
    return { summary: wordsFor(call.user.locale).t('chat.errors.unexpected', { reference }), blocks: [], aside: true };
  }
}

async function show(desk: Desk, answering: Answering, call: Invocation, wait: Message | undefined): Promise<void> {
  const work = run(desk, call);
  const message = wait ? await meanwhile(work, () => answering.calls.edit(drawSummary(wait))) : await work;
  try {
    await answer(answering, message);
  } catch (error) {
    if (isOver(troubleOf(error))) {
      desk.log.warn({}, 'An answer came too late to be shown; it was dropped.');
      return;
    }
    desk.log.error(discordFields(error), 'An answer could not be shown in full.');
    await answerBriefly(answering, message);
  }
}

async function handle(desk: Desk, raw: Act): Promise<void> {
  const call = receive(raw, desk.spaceName);
  const calls = interactionCalls(desk.rest, desk.appId, raw);
  const first = plan(desk, call);
  const shown = await respond(desk, first, call, calls, raw);
  if (!shown) return;
  const wait = first.first === 'ack' ? first.meanwhile : undefined;
  await show(desk, { raw, calls, shown, ids: desk.ids(), patience: desk.patience }, call, wait);
}

const none: readonly Choice[] = [];

/** Completion never fails: what cannot be suggested in time is an empty list. */
async function complete(desk: Desk, raw: Asking): Promise<void> {
  const calls = interactionCalls(desk.rest, desk.appId, raw);
  const call = receive(raw, desk.spaceName);
  const choices = await suggestFor(desk.router, call, raw).catch(() => none);
  const { choices: most, choiceLabel, choiceValue } = limits.command;
  const fitting = choices.filter(({ value, label }) => value.length <= choiceValue && label.length > 0);
  await calls.complete(fitting.slice(0, most).map(({ value, label }) => ({ name: shorten(label, choiceLabel), value })));
}

/** Answers one interaction. Never rejects; a late or refused answer is logged without its content. */
export async function interact(desk: Desk, raw: APIInteraction): Promise<void> {
  try {
    if (isAsking(raw)) await complete(desk, raw);
    else if (isAct(raw)) await handle(desk, raw);
  } catch (error) {
    if (isOver(troubleOf(error))) desk.log.error({}, 'An interaction was over before it was answered.');
    else desk.log.error(discordFields(error), 'An interaction failed.');
  }
}
