import { isDeepStrictEqual } from 'node:util';
import { type APIApplicationCommand, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { AnyCommand } from '../../chat/index.js';
import { type CommandBody, toBodies } from './commands.js';
import type { CommandIds } from './markdown.js';
import { advice, DiscordSetupError, describe, troubleOf } from './trouble.js';

export interface Where {
  readonly appId: string;
  /** Publishes to this server only. */
  readonly guildId?: string | undefined;
}

export interface Registered {
  /** Whether anything had to be written. */
  readonly changed: boolean;
  /** How many root commands there are now. */
  readonly count: number;
  readonly ids: CommandIds;
}

const routeOf = ({ appId, guildId }: Where) =>
  guildId ? Routes.applicationGuildCommands(appId, guildId) : Routes.applicationCommands(appId);

/** What Discord adds to a definition, and what means the same as leaving it out. */
const added = new Set([
  'id',
  'application_id',
  'version',
  'guild_id',
  'nsfw',
  'default_member_permissions',
  'default_permission',
  'dm_permission',
  'handler',
  'name_localized',
  'description_localized',
]);
const isNothing = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** One form of a definition, so that ours and Discord's copy of it can be compared. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !added.has(key))
    .map(([key, inner]) => [key, essence(inner)] as const)
    .filter(([, inner]) => !isNothing(inner));
  return Object.fromEntries(entries);
}

const sorted = (values: readonly unknown[] | null | undefined) => [...(values ?? [])].map(Number).sort((a, b) => a - b);

function comparable(commands: readonly (CommandBody | APIApplicationCommand)[], scope: 'global' | 'guild') {
  return commands
    .map((command) => {
      const { contexts, integration_types, ...rest } = command;
      const places = scope === 'global' ? { contexts: sorted(contexts), integration_types: sorted(integration_types) } : {};
      return { ...(essence(rest) as { name: string }), ...places };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

const toIds = (published: readonly APIApplicationCommand[]): CommandIds => new Map(published.map(({ name, id }) => [name, id]));

function explain(error: unknown): Error {
  const trouble = troubleOf(error);
  if (trouble.status === 401) return new DiscordSetupError(advice.token);
  if (
    trouble.code === RESTJSONErrorCodes.MissingAccess ||
    trouble.code === RESTJSONErrorCodes.UnknownGuild ||
    trouble.status === 403
  )
    return new DiscordSetupError(advice.scope);
  if (trouble.code === RESTJSONErrorCodes.UnknownApplication || trouble.status === 404)
    return new DiscordSetupError(advice.application);
  if (trouble.status === 400) return new DiscordSetupError(`${advice.commands} (${describe(trouble)})`);
  return new DiscordSetupError(
    `Discord could not be asked about its commands (${describe(trouble)}). Look at the network, at DISCORD_API_URL and at discordstatus.com, then try again.`,
  );
}

const fetchPublished = (rest: REST, where: Where) =>
  rest.get(routeOf(where), { query: new URLSearchParams({ with_localizations: 'true' }) }) as Promise<APIApplicationCommand[]>;

/** The ids that Discord gave to what is published; they make `/commands` in a text clickable. */
export const fetchIds = async (rest: REST, where: Where): Promise<CommandIds> => toIds(await fetchPublished(rest, where));

/**
 * Publishes the definitions, and writes nothing when Discord has them already: each write counts against a daily limit.
 * @throws {@link DiscordSetupError} whose sentence says what to do
 */
export async function register(rest: REST, where: Where, commands: readonly AnyCommand[]): Promise<Registered> {
  const scope = where.guildId ? 'guild' : 'global';
  const wanted = toBodies(commands, scope);
  try {
    const published = await fetchPublished(rest, where);
    if (isDeepStrictEqual(comparable(wanted, scope), comparable(published, scope))) {
      return { changed: false, count: wanted.length, ids: toIds(published) };
    }
    const now = (await rest.put(routeOf(where), { body: wanted })) as APIApplicationCommand[];
    return { changed: true, count: wanted.length, ids: toIds(now) };
  } catch (error) {
    throw explain(error);
  }
}
