import type { BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { type AnyCommand, type Invocation, type Path, parseLine, type Said } from '../../chat/index.js';
import { readAction } from './draw.js';
import { readForm, type ViewState } from './form.js';
import { type Origin, readOrigin } from './origin.js';
import type { People } from './people.js';
import type { Prefix } from './text.js';

/** What Slack sent, understood: what was said, and where an answer can go. */
export interface Received {
  readonly call: Invocation;
  readonly origin: Origin;
}

interface Who {
  readonly user: string;
  readonly space: { readonly id: string; readonly name?: string };
  readonly channel?: string;
}

const channelOf = (id: string | undefined): Pick<Invocation, 'channel'> =>
  id ? { channel: { id, direct: id.startsWith('D') } } : {};

function invocation(said: Said, { user, space, channel }: Who, people: People): Invocation {
  const { locale, zone } = people.known(user) ?? {};
  return {
    platform: 'slack',
    said,
    user: { id: user, ...(locale && { locale }), ...(zone && { zone }) },
    space,
    ...channelOf(channel),
    standing: () => people.standing(user),
  };
}

/** The same call with what Slack says of the person now. Without an answer the old knowledge has to do. */
export async function refreshed(call: Invocation, people: People): Promise<Invocation> {
  const profile = await people.profile(call.user.id).catch(() => people.known(call.user.id));
  const { locale, zone } = profile ?? {};
  return { ...call, user: { id: call.user.id, ...(locale && { locale }), ...(zone && { zone }) } };
}

/** With `should_escape` Slack writes mentions as ids and these three characters as entities. */
const plainText = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** `/hg-checkin now mood:7` with the prefix `hg-` is `checkin now mood:7`. */
export function readCommand(body: SlashCommand, commands: readonly AnyCommand[], prefix: Prefix, people: People): Received {
  const name = body.command.replace(/^\//u, '');
  const root = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const said = parseLine(`${root} ${plainText(body.text ?? '')}`, commands);
  const who = { user: body.user_id, space: { id: body.team_id, name: body.team_domain }, channel: body.channel_id };
  return {
    call: invocation(said, who, people),
    origin: { channel: body.channel_id, url: body.response_url },
  };
}

const spaceOf = (team: { id: string; domain: string } | null, user: object): Who['space'] =>
  team ? { id: team.id, name: team.domain } : { id: 'team_id' in user ? String(user.team_id) : '' };

/** undefined for what is not ours to answer, such as a link that was opened. */
export function readPress(body: BlockAction, people: People): Received | undefined {
  const action = readAction(body.actions[0]);
  if (!action) return undefined;
  const channel = body.channel?.id;
  const who = { user: body.user.id, space: spaceOf(body.team, body.user), ...(channel && { channel }) };
  const { container } = body;
  const card = container.type === 'message';
  const message = card && container.is_ephemeral === false ? String(container.message_ts) : undefined;
  return {
    call: invocation({ kind: 'press', ...action }, who, people),
    origin: {
      ...(channel && { channel }),
      ...(body.response_url && { url: body.response_url }),
      ...(card && { card: true as const }),
      ...(message && { message }),
      ...(body.view?.type === 'home' && { home: true as const }),
    },
  };
}

export function readSubmission(body: ViewSubmitAction, people: People): Received {
  const { view, user, team } = body;
  const origin = readOrigin(view.private_metadata);
  const who = { user: user.id, space: spaceOf(team, user), ...(origin.channel && { channel: origin.channel }) };
  const said: Said = { kind: 'submit', id: view.callback_id, input: readForm(view.state as unknown as ViewState) };
  return { call: invocation(said, who, people), origin };
}

/** App Home is the hidden command `home`, said by opening a tab; `home gone` is what it shows to somebody of whom nothing is known. */
export function readHome(user: string, team: string, people: People, path: Path = ['home']): Invocation {
  return invocation({ kind: 'call', path, input: {} }, { user, space: { id: team } }, people);
}
