import type { webApi } from '@slack/bolt';
import type { Banned, BotMoved, Membership } from '../../chat/index.js';
import { asBusy, codeOf } from './errors.js';

const NOT_THERE = new Set(['user_not_found', 'users_not_found']);
const REMOVED = new Set(['account_inactive', 'token_revoked', 'invalid_auth', 'team_not_found']);

export interface SlackMembership extends Membership {
  /** What Slack's events tell. */
  hear(moved: BotMoved): void;
}

/** Asks for one person at a time. Slack's events about people tell their whole profile, which we do not want to be told. */
export function makeMembership(client: webApi.WebClient): SlackMembership {
  let tell: (moved: BotMoved | Banned) => void = () => undefined;
  return {
    async isMember(_space, account) {
      try {
        const { user } = await client.users.info({ user: account });
        return { ok: true, isMember: user?.deleted !== true };
      } catch (error) {
        const code = codeOf(error) ?? '';
        if (NOT_THERE.has(code)) return { ok: true, isMember: false };
        if (REMOVED.has(code)) return { ok: false, why: 'removed' };
        if (code === 'user_not_visible') return { ok: false, why: 'hidden' };
        const busy = asBusy(error);
        if (!busy) throw error;
        return { ok: false, why: 'busy', ...(busy.after !== undefined && { after: busy.after }) };
      }
    },
    watch(listener) {
      tell = listener;
    },
    hear: (moved) => tell(moved),
  };
}
