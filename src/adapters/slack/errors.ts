import { webApi } from '@slack/bolt';
import { Busy, type Sent } from '../../chat/index.js';
import { errorFields } from '../../log/errors.js';
import { OperatorError } from '../../operator.js';

/** What the person who runs the bot must do before Slack works. The sentence says it. */
export class SlackSetupError extends OperatorError {
  override readonly name = 'SlackSetupError';
}

type Refused = Extract<Sent, { ok: false }>['why'];

/** Slack's error codes for "not this person, not now". Source: the error tables of conversations.open, chat.postMessage, chat.update. */
const WHY: Readonly<Record<string, Refused>> = {
  user_disabled: 'gone',
  user_not_found: 'gone',
  users_not_found: 'gone',
  account_inactive: 'gone',
  team_not_found: 'gone',
  channel_not_found: 'gone',
  message_not_found: 'gone',
  cannot_dm_bot: 'closed',
  cannot_message_user: 'closed',
  messages_tab_disabled: 'closed',
  user_not_visible: 'closed',
  restricted_action: 'closed',
  restricted_action_read_only_channel: 'closed',
  missing_scope: 'forbidden',
  not_in_channel: 'forbidden',
  cant_update_message: 'forbidden',
  edit_window_closed: 'forbidden',
  is_archived: 'forbidden',
  no_permission: 'forbidden',
  token_revoked: 'forbidden',
  token_expired: 'forbidden',
  invalid_auth: 'forbidden',
  not_authed: 'forbidden',
  ekm_access_denied: 'forbidden',
};

const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Slack's own code, such as `missing_scope`; undefined where Slack was not reached. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;

/** The scope that Slack says is missing. */
function neededScope(error: unknown): string | undefined {
  if (codeOf(error) !== 'missing_scope') return undefined;
  const { needed } = (error as webApi.WebAPIPlatformError).data as unknown as { needed?: string };
  return needed ?? 'a scope that Slack did not name';
}

/** What the log may hold of an error: what it is to Slack, never a body or an address. */
export function slackFields(error: unknown) {
  const needed = neededScope(error);
  const slack = codeOf(error) ?? (error instanceof webApi.WebAPIHTTPError ? `http_${error.statusCode}` : undefined);
  return { ...errorFields(error), ...(slack !== undefined && { slack }), ...(needed !== undefined && { needed }) };
}

/** A Busy for what passes by itself, else undefined. */
export function asBusy(error: unknown): Busy | undefined {
  if (error instanceof Busy) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new Busy('Slack asked us to wait.', error.retryAfter * 1000, { cause: error });
  }
  const unreached = error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError;
  const code = codeOf(error);
  return unreached || (code !== undefined && PASSING.has(code))
    ? new Busy('Slack could not take it now.', undefined, { cause: error })
    : undefined;
}

/** @throws Busy for what passes; the error itself where the fault is ours (such as `invalid_blocks`). */
export function asRefused(error: unknown): Sent {
  const busy = asBusy(error);
  if (busy) throw busy;
  const why = WHY[codeOf(error) ?? ''];
  if (why === undefined) throw error;
  return { ok: false, why };
}

export const missingScopes = (scopes: readonly string[], token: 'bot' | 'app'): string =>
  token === 'bot'
    ? `Slack says that the bot token lacks ${scopes.join(', ')}. Paste the output of \`homegroup manifest\` into the app's settings (App Manifest), then install the app again.`
    : `Slack says that the app-level token lacks ${scopes.join(', ')}. Make a new one with that scope under Basic Information, App-Level Tokens, and set it as SLACK_APP_TOKEN.`;

const START: Readonly<Record<string, string>> = {
  invalid_auth: 'is not known to Slack. Copy it again',
  not_authed: 'is empty. Copy it again',
  token_revoked: 'was revoked. Install the app again and copy the new one',
  token_expired: 'has expired. Install the app again and copy the new one',
  account_inactive: 'belongs to an app that was removed from the workspace. Install the app again and copy the new one',
  not_allowed_token_type: 'is of the wrong kind. Copy the right one',
};

/** A sentence that says what to do, for an operator whose tokens do not work. Tokens are never part of it. */
export function explainStart(error: unknown, token: 'bot' | 'app'): SlackSetupError {
  const [name, page] =
    token === 'bot'
      ? ['SLACK_BOT_TOKEN', 'OAuth & Permissions (it starts with xoxb-)']
      : ['SLACK_APP_TOKEN', 'Basic Information, App-Level Tokens (it starts with xapp-)'];
  const needed = neededScope(error);
  if (needed !== undefined) return new SlackSetupError(missingScopes([needed], token), { cause: error });
  const said = START[codeOf(error) ?? ''];
  if (said !== undefined)
    return new SlackSetupError(`${name} ${said}: it is in the app's settings under ${page}.`, { cause: error });
  const busy = asBusy(error);
  if (busy)
    return new SlackSetupError(
      'Slack cannot be reached now. Look at the network, at SLACK_API_URL and at status.slack.com, then start again.',
      { cause: error },
    );
  return new SlackSetupError(`Slack refused to connect (${codeOf(error) ?? 'unknown error'}).`, { cause: error });
}
