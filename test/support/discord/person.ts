import type { Choice } from '../../../src/chat/index.js';
import { newestAnswer, type Person } from '../stage.js';
import { type Interaction, KIND } from './interactions.js';
import { readLine, type Typed, wrapped } from './line.js';
import type { LoopbackDiscord } from './loopback.js';
import { submission, toSeenForm } from './modal.js';
import type { Modal } from './rules.js';
import { type Control, controlsOf, toSeen } from './screen.js';
import type { Account, StoredMessage } from './world.js';

const BUTTON = 2;
const SELECT = 3;
const ADMINISTRATOR = 8n;
const ORDINARY = 0n;

interface Act {
  readonly kind: number;
  readonly channel: string;
  readonly data: object;
  readonly source?: StoredMessage;
}

/** A person with Discord's client, who can do what that client lets them do and sees what it shows them. */
export class DiscordPerson implements Person {
  #modal: { readonly modal: Modal; readonly source: StoredMessage | undefined; readonly channel: string } | undefined;

  constructor(
    private readonly discord: LoopbackDiscord,
    private readonly account: Account,
    private readonly settled: () => Promise<void>,
  ) {}

  get name() {
    return this.account.name;
  }
  get id() {
    return this.account.id;
  }

  #user() {
    return { id: this.account.id, username: this.account.name, discriminator: '0', global_name: this.account.name, avatar: null };
  }

  #where(channel: string) {
    const direct = this.discord.world.ownerOf(channel) !== undefined;
    if (direct)
      return {
        channel_id: channel,
        channel: { id: channel, type: 1 },
        context: 1,
        user: this.#user(),
        authorizing_integration_owners: { 0: '0' },
      };
    const guild = this.discord.guildId;
    const thread = this.discord.world.threads.get(channel);
    const permissions = String(this.account.admin ? ADMINISTRATOR : ORDINARY);
    return {
      channel_id: channel,
      channel: thread
        ? { id: channel, type: 12, name: thread.name, parent_id: thread.parent, permissions, last_message_id: null }
        : { id: channel, type: 0, name: 'general', permissions, last_message_id: null },
      context: 0,
      guild_id: guild,
      guild: { id: guild, locale: 'en-US', features: [] },
      guild_locale: 'en-US',
      member: {
        user: this.#user(),
        roles: this.account.roles,
        permissions,
        nick: null,
        joined_at: '2026-01-01T00:00:00.000Z',
        deaf: false,
        mute: false,
        flags: 0,
      },
      authorizing_integration_owners: { 0: guild },
    };
  }

  /** Does it, without waiting for an answer. */
  begin({ kind, channel, data, source }: Act): Interaction {
    const { world, interactions, gateway } = this.discord;
    const interaction = interactions.begin({ kind, channel, user: this.account.id, ...(source && { source }) });
    const packet = {
      version: 1,
      id: interaction.id,
      application_id: world.appId,
      type: kind,
      token: interaction.token,
      data,
      ...this.#where(channel),
      locale: this.account.locale,
      app_permissions: String(this.discord.world.botMay),
      entitlements: [],
      attachment_size_limit: 10_485_760,
      ...(source && { message: world.toApi(source) }),
    };
    world.wire.push(JSON.stringify(packet));
    gateway.dispatch('INTERACTION_CREATE', packet);
    return interaction;
  }

  /** Does it, and waits until the bot has answered fully. */
  async #do(act: Act): Promise<Interaction> {
    const interaction = this.begin(act);
    await this.discord.interactions.firstResponse(interaction);
    await this.settled();
    if (interaction.modal) this.#modal = { modal: interaction.modal, source: act.source, channel: act.channel };
    return interaction;
  }

  #resolved({ users, roles }: Typed['picked']) {
    const { accounts } = this.discord.world;
    const people = users.map((id) => [id, { id, username: accounts.get(id)?.name ?? id, discriminator: '0', avatar: null }]);
    return { users: Object.fromEntries(people), roles: Object.fromEntries(roles.map((id) => [id, { id, name: id }])) };
  }

  #commandData(typed: Typed, given = typed.given) {
    const { command } = typed;
    return {
      id: command.id,
      name: command.name,
      type: 1,
      options: wrapped({ sub: typed.sub, given }),
      resolved: this.#resolved(typed.picked),
    };
  }

  /** The interaction of a typed line, not waited for. */
  beginTyping(line: string, channel = this.discord.channelId): Interaction {
    const typed = readLine(this.discord.world, line, this.account.locale);
    return this.begin({ kind: KIND.command, channel, data: this.#commandData(typed) });
  }

  async #type(line: string, channel: string): Promise<void> {
    const typed = readLine(this.discord.world, line, this.account.locale);
    await this.#do({ kind: KIND.command, channel, data: this.#commandData(typed) });
  }

  type(line: string): Promise<void> {
    return this.#type(line, this.discord.channelId);
  }

  typeDirectly(line: string): Promise<void> {
    return this.#type(line, this.discord.world.direct(this.account.id));
  }

  #newestFirst(): StoredMessage[] {
    return this.discord.world.visibleTo(this.account.id).sort((a, b) => b.changed - a.changed);
  }

  #find(label: string, type: number): Control {
    const control = this.#newestFirst()
      .flatMap(controlsOf)
      .find((one) => one.label === label && one.type === type);
    if (!control) throw new Error(`${this.name} sees no ${type === BUTTON ? 'button' : 'option'} called "${label}".`);
    return control;
  }

  async #use(message: StoredMessage, customId: string, values?: readonly string[]): Promise<void> {
    const data = values
      ? { component_type: SELECT, custom_id: customId, values }
      : { component_type: BUTTON, custom_id: customId };
    await this.#do({ kind: KIND.component, channel: message.channel, data, source: message });
  }

  async press(label: string): Promise<void> {
    const { message, customId } = this.#find(label, BUTTON);
    await this.#use(message, customId);
  }

  async choose(label: string): Promise<void> {
    const { message, customId, value = '' } = this.#find(label, SELECT);
    await this.#use(message, customId, [value]);
  }

  async pressRaw(id: string): Promise<void> {
    const all = [...this.discord.world.messages.values()];
    const message = all.find((one) => controlsOf(one).some(({ customId }) => customId === id)) ?? all.at(-1);
    if (!message) throw new Error('There is no message whose button could be pressed.');
    const select = controlsOf(message).find(({ customId, type }) => customId === id && type === SELECT);
    await this.#use(message, id, select && [select.value ?? '']);
  }

  async fill(values: Readonly<Record<string, string | readonly string[]>>): Promise<void> {
    if (!this.#modal) throw new Error(`${this.name} has no form open.`);
    const { modal, source, channel } = this.#modal;
    const data = submission(modal, values);
    this.#modal = undefined;
    await this.#do({ kind: KIND.modal, channel, data, ...(source && { source }) });
  }

  form() {
    return this.#modal && toSeenForm(this.#modal.modal);
  }

  async complete(line: string, param: string, typed: string): Promise<readonly Choice[] | undefined> {
    const read = readLine(this.discord.world, line, this.account.locale);
    const option = (read.sub ? read.sub.options : read.command.options)?.find(({ name }) => name === param);
    if (!option) throw new Error(`Discord offers no option called "${param}" here.`);
    if (option.choices && option.choices.length > 0) {
      const local = option.choices.map(({ name, value, name_localizations }) => ({
        value: String(value),
        label: name_localizations?.[this.account.locale] ?? name,
      }));
      return local.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
    }
    if (!option.autocomplete) return undefined;
    const given = [
      ...read.given.filter(({ name }) => name !== param),
      { type: option.type, name: param, value: typed, focused: true },
    ];
    const asked = await this.#do({
      kind: KIND.autocomplete,
      channel: this.discord.channelId,
      data: this.#commandData(read, given),
    });
    return asked.choices?.map(({ name, value }) => ({ value, label: name }));
  }

  sees() {
    return this.discord.world.visibleTo(this.account.id).map((message) => toSeen(this.discord.world, message));
  }

  last() {
    const [newest] = this.#newestFirst();
    if (!newest) throw new Error(`${this.name} sees nothing.`);
    return toSeen(this.discord.world, newest);
  }

  answer() {
    return newestAnswer(
      this.name,
      this.#newestFirst().map((message) => toSeen(this.discord.world, message)),
    );
  }

  async open(ref: string) {
    const { world } = this.discord;
    const [message = '', name] = ref.split('/');
    const file = world
      .visibleTo(this.id)
      .find(({ id }) => id === message)
      ?.files.find((one) => one.name === name);
    if (!file) throw new Error(`${this.name} cannot open that file.`);
    return file.bytes;
  }

  rawIds() {
    const ids = this.discord.world
      .visibleTo(this.account.id)
      .flatMap((message) => controlsOf(message).map(({ customId }) => customId));
    return [...new Set(ids)];
  }
}
