import { type AnyCommand, commandHelp, rootHelp, shorten } from '../../chat/index.js';
import { type Words, wordsFor } from '../../words/index.js';
import { HTTP_PATH } from './connect.js';
import { BOT_SCOPES, LIMITS } from './limits.js';
import { commandText, type Prefix } from './text.js';

export interface ManifestOptions {
  /** Before every command's name, such as `hg-`. */
  readonly prefix?: Prefix;
  readonly mode: 'socket' | 'http';
  /** Where Slack reaches us in HTTP mode, without a path; `https` only. */
  readonly url?: string;
}

interface SlashCommand {
  readonly command: string;
  readonly description: string;
  readonly usage_hint?: string;
  readonly should_escape: true;
  readonly url?: string;
}

/** Slack's app manifest, as far as we use it. Schema: docs.slack.dev/reference/app-manifest. */
export interface Manifest {
  readonly _metadata: { readonly major_version: 1 };
  readonly display_information: { readonly name: string; readonly description: string };
  readonly features: {
    readonly app_home: {
      readonly home_tab_enabled: true;
      readonly messages_tab_enabled: true;
      readonly messages_tab_read_only_enabled: false;
    };
    readonly bot_user: { readonly display_name: string; readonly always_online: true };
    readonly slash_commands: readonly SlashCommand[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[]; readonly request_url?: string };
    readonly interactivity: {
      readonly is_enabled: true;
      readonly request_url?: string;
      readonly message_menu_options_url?: string;
    };
    readonly org_deploy_enabled: false;
    readonly socket_mode_enabled: boolean;
    readonly token_rotation_enabled: false;
  };
}

/** A root has words of its own unless it is a command by itself. */
function describe(words: Words, root: string, commands: readonly AnyCommand[]): string {
  const alone = commands.find(({ path }) => path[0] === root && path[1] === undefined);
  return shorten(alone ? commandHelp(words, alone.path) : rootHelp(words, root), LIMITS.commandDescription);
}

/** What can follow the command's name: `now | history`. */
function usage(root: string, commands: readonly AnyCommand[]): string {
  const subs = commands
    .filter(({ path }) => path[0] === root)
    .flatMap(({ path, params }) => path[1] ?? Object.keys(params).map((name) => `[${name}]`));
  return shorten(subs.join(' | '), LIMITS.commandUsage);
}

/**
 * What a workspace pastes into Slack to make the app.
 * @throws Error when HTTP mode has no https address
 */
export function manifest(commands: readonly AnyCommand[], { prefix = '', mode, url }: ManifestOptions): Manifest {
  if (mode === 'http' && !url?.startsWith('https://'))
    throw new Error('Slack reaches the HTTP mode at an https address: give one, such as https://bot.example.org.');
  const shown = commands.filter(({ hidden }) => !hidden);
  const address = mode === 'http' && url ? new URL(HTTP_PATH, url).href : undefined;
  const words = wordsFor('en');
  const slash = [...new Set(shown.map(({ path }) => path[0]))].map((root): SlashCommand => {
    const hint = usage(root, shown);
    return {
      command: commandText([root], prefix),
      description: describe(words, root, shown),
      ...(hint && { usage_hint: hint }),
      should_escape: true,
      ...(address && { url: address }),
    };
  });
  return {
    _metadata: { major_version: 1 },
    display_information: { name: 'Homegroup', description: 'Sessions, check-ins, mentors and resources for a group.' },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'homegroup', always_online: true },
      slash_commands: slash,
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { bot_events: ['app_home_opened', 'app_uninstalled'], ...(address && { request_url: address }) },
      interactivity: { is_enabled: true, ...(address && { request_url: address, message_menu_options_url: address }) },
      org_deploy_enabled: false,
      socket_mode_enabled: mode === 'socket',
      token_rotation_enabled: false,
    },
  };
}
