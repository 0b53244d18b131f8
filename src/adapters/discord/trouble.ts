import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { Busy } from '../../chat/index.js';
import { errorFields } from '../../log/errors.js';
import { OperatorError } from '../../operator.js';

/** What the person who runs the bot must do before Discord works. The sentence says it. */
export class DiscordSetupError extends OperatorError {
  override readonly name = 'DiscordSetupError';
}

export const advice = {
  token:
    'Discord refused DISCORD_TOKEN. Copy the token anew from the Bot page of your application in the Discord developer portal; resetting it there makes earlier ones useless.',
  intents:
    'Discord refused the intents of this bot. Homegroup asks for no privileged intent (Guilds and GuildModeration, and GuildVoiceStates with DISCORD_VOICE=on), so the token probably belongs to another or a restricted application; check DISCORD_TOKEN and DISCORD_APP_ID.',
  shards: 'Discord refused the number of connections of this bot. Start it again so that it asks for the right number.',
  scope:
    'Discord does not let this bot publish commands there. Invite it again with the scopes "bot" and "applications.commands", and check that DISCORD_APP_ID and DISCORD_GUILD_ID are right.',
  application:
    'Discord knows no application with the id in DISCORD_APP_ID that belongs to this token. Copy the Application ID from the General Information page of the developer portal.',
  commands: 'Discord refused the command definitions. Start the bot to see which definition breaks which limit.',
  removed:
    'The bot was removed from this server. Nothing can be sent there until somebody with "Manage Server" invites it again.',
} as const;

/** How Discord's refusals are told apart. None of these fields holds what anybody wrote, nor a token. */
export interface Trouble {
  /** HTTP status, if there was an answer. */
  readonly status?: number;
  /** Discord's own error code, if it gave one. */
  readonly code?: number;
  /** Milliseconds to wait, if Discord asked for it. */
  readonly after?: number;
  /** Kind of failure where there was no answer, such as ECONNREFUSED. */
  readonly kind?: string;
}

const textOr = (value: unknown, fallback: string) => (typeof value === 'string' ? value : fallback);

/**
 * The harmless part of an error. The error itself carries the body and the address of the request, so it must never be
 * logged or passed on.
 */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof DiscordAPIError)
    return { status: error.status, ...(typeof error.code === 'number' && { code: error.code }) };
  if (error instanceof RateLimitError) return { status: 429, after: error.retryAfter };
  if (error instanceof HTTPError) return { status: error.status };
  if (error instanceof Error) {
    const cause = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
    return { kind: textOr(cause ?? ('code' in error ? error.code : undefined), error.name) };
  }
  return { kind: typeof error };
}

/** What the log may hold of an error. */
export function discordFields(error: unknown) {
  const { status, code } = troubleOf(error);
  return { ...errorFields(error), ...(status !== undefined && { status }), ...(code !== undefined && { code }) };
}

/** Whether the same request may succeed later. A failure without an answer is one of the network. */
export const isPassing = ({ status, kind }: Trouble): boolean =>
  status === undefined ? kind !== 'TypeError' && kind !== 'RangeError' : status === 429 || status >= 500;

/** "Opening direct messages too fast"; a wait helps. */
const OPENING_TOO_FAST = 40003;
/** The bot shares no server with that person any more, or they do not take its messages. */
const NO_MUTUAL_GUILDS = 50278;

const closed: readonly number[] = [RESTJSONErrorCodes.CannotSendMessagesToThisUser, NO_MUTUAL_GUILDS];
const gone: readonly number[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownMessage,
];
const forbidden: readonly number[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
  RESTJSONErrorCodes.ThreadLocked,
  RESTJSONErrorCodes.MaximumActiveThreads,
];

/**
 * Why a message cannot reach its reader.
 * @throws {@link Busy} when it may later; Error when the bot itself is at fault.
 */
export function unreachable(trouble: Trouble): 'closed' | 'gone' | 'forbidden' {
  const code = trouble.code ?? 0;
  if (closed.includes(code)) return 'closed';
  if (gone.includes(code)) return 'gone';
  if (forbidden.includes(code)) return 'forbidden';
  if (isPassing(trouble) || code === OPENING_TOO_FAST)
    throw new Busy(`Discord cannot take a message now (${describe(trouble)}).`, trouble.after);
  throw new Error(`Discord refused a message (${describe(trouble)}).`);
}

export const describe = ({ status, code, kind }: Trouble): string =>
  [status && `status ${status}`, code && `code ${code}`, kind].filter(Boolean).join(', ') || 'no reason given';

/** The token of the interaction is used up, or the interaction is not known (any more). */
export const isOver = ({ code }: Trouble): boolean =>
  code === RESTJSONErrorCodes.UnknownInteraction ||
  code === RESTJSONErrorCodes.UnknownWebhook ||
  code === RESTJSONErrorCodes.InvalidWebhookToken;
