import { GatewayDispatchEvents, type GatewayDispatchPayload, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Banned, BotMoved, Membership } from '../../chat/index.js';
import { describe, isPassing, troubleOf } from './trouble.js';

const notThere: readonly number[] = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];
const removed: readonly number[] = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];

export interface DiscordMembership extends Membership {
  /** What the gateway tells of the bot. */
  hear(moved: BotMoved): void;
  /** What it tells of others: who is banned, with the `GuildModeration` intent and where the bot may see it. */
  hearOf(packet: GatewayDispatchPayload): void;
}

/** Asks for one member of a guild at a time, which needs no privileged intent, as a list of them would. */
export function makeMembership(rest: REST): DiscordMembership {
  let tell: (moved: BotMoved | Banned) => void = () => undefined;
  return {
    async isMember(space, account) {
      try {
        await rest.get(Routes.guildMember(space, account));
        return { ok: true, isMember: true };
      } catch (error) {
        const trouble = troubleOf(error);
        const code = trouble.code ?? 0;
        if (notThere.includes(code)) return { ok: true, isMember: false };
        if (removed.includes(code)) return { ok: false, why: 'removed' };
        if (isPassing(trouble)) return { ok: false, why: 'busy', ...(trouble.after !== undefined && { after: trouble.after }) };
        throw new Error(`Discord did not say whether somebody is there (${describe(trouble)}).`);
      }
    },
    watch(listener) {
      tell = listener;
    },
    hear: (moved) => tell(moved),
    hearOf(packet) {
      if (packet.t !== GatewayDispatchEvents.GuildBanAdd) return;
      tell({ space: packet.d.guild_id, account: packet.d.user.id });
    },
  };
}
