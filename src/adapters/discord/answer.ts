import { RESTJSONErrorCodes } from 'discord.js';
import { type First, type Message, withoutEnclosed } from '../../chat/index.js';
import type { Drawn } from './body.js';
import { type InteractionCalls, isEphemeral, isLayout, persist } from './calls.js';
import { drawLayout, drawSummary } from './layout.js';
import { drawLetter } from './letter.js';
import type { CommandIds } from './markdown.js';
import type { Act } from './receive.js';
import { troubleOf } from './trouble.js';

/** How the first response said that the answer will be shown. Discord does not let it change afterwards. */
export type Shown = Extract<First, { first: 'ack' }>['show'];

export interface Answering {
  readonly raw: Act;
  readonly calls: InteractionCalls;
  readonly shown: Shown;
  readonly ids: CommandIds;
  readonly patience: readonly number[];
}

const messageOf = (raw: Act) => ('message' in raw ? raw.message : undefined);

/** Sends the further parts after the first one, to the same readers. */
async function followAll(answering: Answering, bodies: readonly Drawn[], isPrivate: boolean): Promise<void> {
  for (const body of bodies) await persist(() => answering.calls.follow(body, isPrivate), answering.patience);
}

/**
 * A private answer to something that was acknowledged in public. The waiting placeholder must be gone before the private
 * message is sent: as long as it waits, Discord would turn the next message into it, for everybody to read.
 * When it cannot be removed nothing is shown.
 */
async function answerAside(answering: Answering, message: Message): Promise<void> {
  if (answering.shown === 'public') {
    await persist(answering.calls.remove, answering.patience).catch((error: unknown) => {
      if (troubleOf(error).code !== RESTJSONErrorCodes.UnknownMessage) throw error;
    });
  }
  await followAll(answering, drawLayout(message, answering.ids), true);
}

/** An edit keeps the way in which the message was drawn at first, because Discord cannot take the layout flag back. */
const drawEdit = ({ raw, ids }: Answering, message: Message): Drawn[] =>
  isLayout(messageOf(raw))
    ? drawLayout(message, ids).map((drawn) => ({ ...drawn, attachments: drawn.attachments ?? [] }))
    : drawLetter(message, ids);

/** @returns false when the message is still there. Only one that its reader alone sees is taken away. */
async function wipe({ raw, calls, shown, patience }: Answering): Promise<boolean> {
  if (shown !== 'edit' || !isEphemeral(messageOf(raw))) return false;
  try {
    await persist(calls.remove, patience);
    return true;
  } catch (error) {
    return troubleOf(error).code === RESTJSONErrorCodes.UnknownMessage;
  }
}

async function answerInPlace(answering: Answering, message: Message): Promise<void> {
  const { raw, calls, shown, patience } = answering;
  const isPrivate = shown === 'edit' ? isEphemeral(messageOf(raw)) : shown === 'private';
  const whole = isPrivate ? message : withoutEnclosed(message);
  const [head, ...rest] = shown === 'edit' ? drawEdit(answering, whole) : drawLayout(whole, answering.ids);
  if (!head) return;
  await persist(() => calls.edit(head), patience);
  await followAll(answering, rest, isPrivate);
}

/**
 * Shows the answer to those who were meant to see it, or to nobody.
 * @throws what Discord answered, when the answer could not be shown
 */
export async function answer(answering: Answering, message: Message): Promise<void> {
  if (message.wipes && (await wipe(answering))) return;
  if (message.aside && answering.shown !== 'private') await answerAside(answering, message);
  else await answerInPlace(answering, message);
}

/** When the whole could not be drawn: its one sentence, to the one who asked. */
export async function answerBriefly(answering: Answering, message: Message): Promise<void> {
  if (answering.shown === 'private') await persist(() => answering.calls.edit(drawSummary(message)), answering.patience);
  else await answerAside(answering, { ...message, blocks: [] });
}
