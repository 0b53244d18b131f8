import type { webApi } from '@slack/bolt';
import { type Remover, removeParts } from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { asBusy, codeOf, slackFields } from './errors.js';
import { LIMITS } from './limits.js';

const GONE = new Set(['message_not_found', 'channel_not_found']);

/** A message of several parts: the conversation, and the `ts` of each. */
export const refOf = (channel: string, parts: readonly string[]): string => `${channel}:${parts.join(',')}`;

export function partsOf(ref: string): readonly [channel: string, parts: readonly string[]] {
  const [channel = '', parts = ''] = ref.split(':');
  return [channel, parts.split(',').filter(Boolean)];
}

/** Deletes messages that the bot posted; of others Slack lets it delete none. */
export const makeRemover = (client: webApi.WebClient, log: Told): Remover => ({
  gap: LIMITS.removeGapMs,
  remove(ref) {
    const [channel, parts] = partsOf(ref);
    return removeParts(parts, async (ts) => {
      try {
        await client.chat.delete({ channel, ts });
        return { ok: true };
      } catch (error) {
        const busy = asBusy(error);
        if (busy) return { ok: false, why: 'busy', ...(busy.after !== undefined && { after: busy.after }) };
        if (GONE.has(codeOf(error) ?? '')) return { ok: false, why: 'gone' };
        log.warn(slackFields(error), 'Slack did not let a message be taken back.');
        return { ok: false, why: 'refused' };
      }
    });
  },
});
