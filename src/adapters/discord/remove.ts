import { type REST, Routes } from 'discord.js';
import { type Remover, removeParts } from '../../chat/index.js';
import { limits } from './limits.js';
import { partsOf } from './send.js';
import { awake } from './threads.js';
import { isPassing, troubleOf } from './trouble.js';

/** Deletes messages that the bot sent, which Discord lets it do at any age, in its own conversations and threads. */
export const makeRemover = (rest: REST): Remover => ({
  gap: limits.removeGap,
  remove(ref) {
    const [channel, parts] = partsOf(ref);
    return removeParts(parts, async (part) => {
      try {
        await awake(rest, channel, () => rest.delete(Routes.channelMessage(channel, part)));
        return { ok: true };
      } catch (error) {
        const trouble = troubleOf(error);
        if (isPassing(trouble)) return { ok: false, why: 'busy', ...(trouble.after !== undefined && { after: trouble.after }) };
        return { ok: false, why: trouble.status === 404 ? 'gone' : 'refused' };
      }
    });
  },
});
