import { randomUUID } from 'node:crypto';
import { BOT, type Json, type Posted, TEAM, type User, type View, type World } from './world.js';

/** Bodies in the shape that Slack sends; see the slack-payloads of Slack's Java SDK (MIT). */
export interface Payloads {
  command(user: User, channel: string, command: string, text: string): Json;
  press(user: User, source: Posted | View, action: Json): Json;
  submit(user: User, view: View, state: Json): Json;
  suggest(user: User, view: View, blockId: string, actionId: string, value: string): Json;
  homeOpened(user: User): Json;
  uninstalled(): Json;
}

const isView = (source: Posted | View): source is View => 'body' in source;
const team = { id: TEAM.id, domain: TEAM.domain };
const person = ({ id, name }: User): Json => ({ id, username: name.toLowerCase(), name: name.toLowerCase(), team_id: TEAM.id });

const common = (type: string, user: User): Json => ({
  type,
  team,
  enterprise: null,
  is_enterprise_install: false,
  user: person(user),
  api_app_id: BOT.app,
  token: 'verification-token',
});

const viewBody = ({ id, hash, body }: View, state: Json): Json => ({
  id,
  team_id: TEAM.id,
  app_id: BOT.app,
  bot_id: BOT.bot,
  app_installed_team_id: TEAM.id,
  hash,
  root_view_id: id,
  previous_view_id: null,
  external_id: '',
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  callback_id: '',
  private_metadata: '',
  ...body,
  state,
});

export function makePayloads(world: World, responseUrl: (id: string) => string): Payloads {
  function answerAt(channel: string, user: User, message?: Posted): string {
    const id = randomUUID();
    world.responseUrls.set(id, { channel, user: user.id, ...(message && { message }), at: world.now(), uses: 0 });
    return responseUrl(id);
  }

  function fromMessage(user: User, message: Posted): Json {
    const { ts, channel, onlyFor, text, blocks } = message;
    return {
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: onlyFor !== undefined },
      channel: { id: channel, name: channel.startsWith('D') ? 'directmessage' : 'common' },
      ...(onlyFor === undefined && { message: { type: 'message', bot_id: BOT.bot, user: BOT.user, ts, text, blocks } }),
      response_url: answerAt(channel, user, message),
    };
  }

  const happened = (event: Json): Json => ({
    token: 'verification-token',
    team_id: TEAM.id,
    api_app_id: BOT.app,
    type: 'event_callback',
    event_id: `Ev${randomUUID()}`,
    event_time: Math.floor(world.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: TEAM.id, user_id: BOT.user, is_bot: true, is_enterprise_install: false }],
    event: { ...event, event_ts: `${world.now() / 1000}` },
  });

  return {
    command: (user, channel, command, text) => ({
      token: 'verification-token',
      team_id: TEAM.id,
      team_domain: TEAM.domain,
      channel_id: channel,
      channel_name: channel.startsWith('D') ? 'directmessage' : 'common',
      user_id: user.id,
      user_name: user.name.toLowerCase(),
      command,
      text,
      api_app_id: BOT.app,
      is_enterprise_install: 'false',
      response_url: answerAt(channel, user),
      trigger_id: world.trigger(user.id),
    }),
    press: (user, source, action) => ({
      ...common('block_actions', user),
      trigger_id: world.trigger(user.id),
      ...(isView(source)
        ? { container: { type: 'view', view_id: source.id }, view: viewBody(source, { values: {} }) }
        : fromMessage(user, source)),
      actions: [{ action_ts: `${world.now() / 1000}`, ...action }],
    }),
    submit: (user, view, state) => ({
      ...common('view_submission', user),
      trigger_id: world.trigger(user.id),
      view: viewBody(view, state),
      response_urls: [],
    }),
    suggest: (user, view, blockId, actionId, value) => ({
      ...common('block_suggestion', user),
      container: { type: 'view', view_id: view.id },
      view: viewBody(view, { values: {} }),
      action_id: actionId,
      block_id: blockId,
      value,
    }),
    homeOpened: (user) => happened({ type: 'app_home_opened', user: user.id, channel: world.direct(user.id), tab: 'home' }),
    uninstalled: () => happened({ type: 'app_uninstalled' }),
  };
}
