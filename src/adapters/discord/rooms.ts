import {
  type APIGuildMember,
  type APIVoiceState,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { InRoom, RoomChange, RoomRefused, Rooms } from '../../chat/index.js';
import { limits } from './limits.js';
import { describe, isPassing, troubleOf } from './trouble.js';

const away: readonly number[] = [RESTJSONErrorCodes.TargetUserIsNotConnectedToVoice, RESTJSONErrorCodes.UnknownVoiceState];
const gone: readonly number[] = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];
const forbidden: readonly number[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
];

/** @throws Error when the bot itself is at fault */
function refusalOf(error: unknown): RoomRefused {
  const trouble = troubleOf(error);
  const code = trouble.code ?? 0;
  if (away.includes(code)) return { ok: false, why: 'away' };
  if (gone.includes(code)) return { ok: false, why: 'gone' };
  if (forbidden.includes(code)) return { ok: false, why: 'forbidden' };
  if (isPassing(trouble)) return { ok: false, why: 'busy', ...(trouble.after !== undefined && { after: trouble.after }) };
  throw new Error(`Discord refused to turn a microphone (${describe(trouble)}).`);
}

type Member = Pick<APIGuildMember, 'roles' | 'user'>;

/** @returns undefined for somebody who is in no room */
function inRoom({ channel_id, user_id, mute, suppress }: APIVoiceState, member: Member | undefined): InRoom | undefined {
  if (channel_id === null) return undefined;
  const isBot = member?.user.bot ?? false;
  return { account: user_id, room: channel_id, isMuted: mute, isAudience: suppress, isBot, roles: member?.roles ?? [] };
}

const isSame = (a: InRoom | undefined, b: InRoom | undefined) =>
  a?.room === b?.room && a?.isMuted === b?.isMuted && a?.isAudience === b?.isAudience;

export interface DiscordRooms extends Rooms {
  /** Takes in what the gateway tells; anything else passes by. */
  hear(packet: GatewayDispatchPayload): void;
}

/** The voice channels and stages of guilds, as the gateway tells of them with the `GuildVoiceStates` intent. */
export function makeRooms(rest: REST): DiscordRooms {
  const guilds = new Map<string, Map<string, InRoom>>();
  let listener: ((change: RoomChange) => void) | undefined;

  /** All that is so at this moment. */
  function begin(guild: GatewayGuildCreateDispatchData): void {
    if (guild.unavailable) return;
    const members = new Map(guild.members.map((member) => [member.user.id, member]));
    const people = guild.voice_states.flatMap((state) => inRoom(state as APIVoiceState, members.get(state.user_id)) ?? []);
    guilds.set(guild.id, new Map(people.map((person) => [person.account, person])));
    if (people.length === 0) return;
    const [accounts, rooms] = [people.map(({ account }) => account), people.map(({ room }) => room)];
    listener?.({ space: guild.id, accounts, rooms: [...new Set(rooms)] });
  }

  function change(space: string, account: string, person: InRoom | undefined): void {
    const people = guilds.get(space) ?? new Map<string, InRoom>();
    const before = people.get(account);
    if (person) people.set(account, person);
    else people.delete(account);
    guilds.set(space, people);
    if (isSame(before, person)) return;
    const rooms = [...new Set([before, person].flatMap((one) => one?.room ?? []))];
    listener?.({ space, accounts: [account], rooms });
  }

  /** What was done shows at once, before the gateway tells of it. */
  function show(space: string, account: string, how: Pick<InRoom, 'isMuted'> | Pick<InRoom, 'isAudience'>): void {
    const person = guilds.get(space)?.get(account);
    if (person) guilds.get(space)?.set(account, { ...person, ...how });
  }

  return {
    pace: limits.microphones,
    hear({ t, d }) {
      if (t === GatewayDispatchEvents.GuildCreate) begin(d);
      else if (t === GatewayDispatchEvents.GuildDelete) guilds.delete(d.id);
      else if (t === GatewayDispatchEvents.VoiceStateUpdate && d.guild_id) change(d.guild_id, d.user_id, inRoom(d, d.member));
    },
    people: (space) => {
      const people = guilds.get(space);
      return people && [...people.values()];
    },
    async turn(space, { account, room }, kind, isOff) {
      try {
        if (kind === 'voice') await rest.patch(Routes.guildMember(space, account), { body: { mute: isOff } });
        else await rest.patch(Routes.guildVoiceState(space, account), { body: { channel_id: room, suppress: isOff } });
        show(space, account, kind === 'voice' ? { isMuted: isOff } : { isAudience: isOff });
        return { ok: true };
      } catch (error) {
        return refusalOf(error);
      }
    },
    watch(watcher) {
      listener = watcher;
    },
  };
}
