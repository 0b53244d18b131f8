import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteractionDataBasicOption,
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import type { Channel, Input, Invocation, Path, Said, Standing } from '../../chat/index.js';
import { pressedId } from './distinct.js';
import { readForm } from './form.js';

/** What a person can do that wants an answer. */
export type Act = APIChatInputApplicationCommandInteraction | APIMessageComponentInteraction | APIModalSubmitInteraction;

/** Asking what could be typed next. */
export type Asking = APIApplicationCommandAutocompleteInteraction;

export const isAsking = (raw: APIInteraction): raw is Asking => raw.type === InteractionType.ApplicationCommandAutocomplete;

export const isAct = (raw: APIInteraction): raw is Act =>
  raw.type === InteractionType.MessageComponent ||
  raw.type === InteractionType.ModalSubmit ||
  (raw.type === InteractionType.ApplicationCommand && raw.data.type === ApplicationCommandType.ChatInput);

type Options = readonly APIApplicationCommandInteractionDataOption<
  InteractionType.ApplicationCommand | InteractionType.ApplicationCommandAutocomplete
>[];
type Basic = APIApplicationCommandInteractionDataBasicOption<
  InteractionType.ApplicationCommand | InteractionType.ApplicationCommandAutocomplete
>;

/** The command that is meant, and the options given to it. */
export function readOptions(root: string, options: Options = []): { readonly path: Path; readonly given: readonly Basic[] } {
  const sub = options.find((option) => option.type === ApplicationCommandOptionType.Subcommand);
  const given = (sub ? (sub.options ?? []) : options).filter(
    (option): option is Basic =>
      option.type !== ApplicationCommandOptionType.Subcommand && option.type !== ApplicationCommandOptionType.SubcommandGroup,
  );
  return { path: sub ? [root, sub.name] : [root], given };
}

const toInput = (given: readonly Basic[]): Input => Object.fromEntries(given.map(({ name, value }) => [name, value]));

function said(raw: Act | Asking): Said {
  switch (raw.type) {
    case InteractionType.MessageComponent:
      return { kind: 'press', id: pressedId(raw.data.custom_id), ...('values' in raw.data && { values: raw.data.values }) };
    case InteractionType.ModalSubmit:
      return { kind: 'submit', id: raw.data.custom_id, input: readForm(raw.data) };
    default: {
      const { path, given } = readOptions(raw.data.name, raw.data.options);
      return { kind: 'call', path, input: toInput(given) };
    }
  }
}

const administers = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild;

/** Discord sends what a member may do along with everything they do. */
function standing(raw: Act | Asking): Standing {
  if (!raw.member) return { admin: false, roles: [] };
  return { admin: (BigInt(raw.member.permissions) & administers) !== 0n, roles: raw.member.roles };
}

/** What the bot needs to open a private thread and write in it. Discord sends along what it may do where somebody did something. */
const NEEDED =
  PermissionFlagsBits.ViewChannel | PermissionFlagsBits.CreatePrivateThreads | PermissionFlagsBits.SendMessagesInThreads;

/** To make events and to change and remove one's own; "Manage Events" lets the bot do so with those of others too. */
const EVENTS = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageEvents | PermissionFlagsBits.CreateEvents;

const MICROPHONES = PermissionFlagsBits.Administrator | PermissionFlagsBits.MuteMembers;

/** Only a text channel can hold private threads; in one of its threads it is that channel. */
function threadsFrom({ channel, app_permissions }: Act | Asking): Channel['threads'] {
  const parent =
    channel?.type === ChannelType.PrivateThread || channel?.type === ChannelType.PublicThread ? channel.parent_id : undefined;
  const id = channel?.type === ChannelType.GuildText ? channel.id : parent;
  if (!id) return undefined;
  const may = BigInt(app_permissions);
  const allowed = (may & PermissionFlagsBits.Administrator) !== 0n || (may & NEEDED) === NEEDED;
  return { channel: id, allowed };
}

function guildParts({ guild_id, app_permissions }: Act | Asking): Pick<Channel, 'events' | 'rooms'> {
  if (!guild_id) return {};
  const may = BigInt(app_permissions);
  return { events: { allowed: (may & EVENTS) !== 0n }, rooms: { allowed: (may & MICROPHONES) !== 0n } };
}

/**
 * What a person did, free of Discord.
 * @param spaceName what a guild is called, if known.
 */
export function receive(raw: Act | Asking, spaceName: (guild: string) => string | undefined): Invocation {
  const user = raw.member?.user ?? raw.user;
  if (!user) throw new TypeError('The interaction names no person.');
  const channel = raw.channel?.id ?? raw.channel_id;
  const direct = raw.context === InteractionContextType.BotDM || raw.channel?.type === ChannelType.DM;
  const threads = threadsFrom(raw);
  const name = raw.guild_id && spaceName(raw.guild_id);
  return {
    platform: 'discord',
    said: said(raw),
    user: { id: user.id, ...(raw.locale && { locale: raw.locale }) },
    ...(raw.guild_id && { space: { id: raw.guild_id, ...(name && { name }) } }),
    ...(channel && { channel: { id: channel, direct, ...(threads && { threads }), ...guildParts(raw) } }),
    standing: async () => standing(raw),
  };
}
