import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { FLAGS, LIMITS } from './limits.js';
import { create, edit, type Place } from './messages.js';
import { invalidForm, Refusal, unknown } from './refusal.js';
import { type MessageBody, type Modal, mustBeMessage, mustBeModal } from './rules.js';
import { mustFit } from './schema.js';
import type { StoredMessage, World } from './world.js';

export const KIND = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

export interface Shown {
  readonly kind: number;
  readonly user: string;
  readonly channel: string;
  /** The message whose component was used, or from which the form was opened. */
  readonly source?: StoredMessage;
}

/** One thing that a person did, and what became of it. */
export interface Interaction extends Shown {
  readonly id: string;
  readonly token: string;
  readonly at: number;
  answered: boolean;
  /** What `@original` is. */
  original: StoredMessage | undefined;
  modal: Modal | undefined;
  choices: readonly { name: string; value: string }[] | undefined;
}

interface Callback {
  readonly type: number;
  readonly data?: MessageBody & Partial<Modal> & { choices?: { name: string; value: string }[] };
}

const ANSWER = { message: 4, defer: 5, deferEdit: 6, edit: 7, choices: 8, modal: 9 } as const;

const schemas = {
  [ANSWER.message]: 'reply',
  [ANSWER.defer]: 'reply',
  [ANSWER.deferEdit]: 'update',
  [ANSWER.edit]: 'update',
  [ANSWER.choices]: 'choices',
  [ANSWER.modal]: 'modal',
} as const;

const isAnswer = (type: number): type is keyof typeof schemas => type in schemas;

/** What people did, and the answers that Discord takes: one first response, in time, of a kind that fits. */
export class Interactions extends EventEmitter {
  readonly #byToken = new Map<string, Interaction>();

  constructor(private readonly world: World) {
    super();
    this.setMaxListeners(0);
  }

  begin(shown: Shown): Interaction {
    const interaction: Interaction = {
      ...shown,
      id: this.world.snowflake(),
      token: randomBytes(48).toString('base64url'),
      at: this.world.now(),
      answered: false,
      original: undefined,
      modal: undefined,
      choices: undefined,
    };
    this.#byToken.set(interaction.token, interaction);
    return interaction;
  }

  /** Resolves with whether there was a first response in time. */
  async firstResponse(interaction: Interaction): Promise<boolean> {
    if (interaction.answered) return true;
    return new Promise((resolve) => {
      const name = `answered ${interaction.id}`;
      const timer = setTimeout(() => {
        this.off(name, done);
        this.world.faults.push(`No first response to an interaction of kind ${interaction.kind} within 3 s.`);
        resolve(false);
      }, LIMITS.firstResponse);
      const done = (inTime: boolean) => {
        clearTimeout(timer);
        resolve(inTime);
      };
      this.once(name, done);
    });
  }

  callback(id: string, token: string, body: Callback): void {
    const interaction = this.#byToken.get(token);
    if (!interaction || interaction.id !== id) throw unknown.interaction();
    if (interaction.answered) throw new Refusal(400, 40060, 'Interaction has already been acknowledged.');
    if (this.world.now() - interaction.at > LIMITS.firstResponse) {
      this.emit(`answered ${interaction.id}`, false);
      throw unknown.interaction();
    }
    this.#mustAnswer(interaction, body);
    this.#answer(interaction, body);
    interaction.answered = true;
    this.emit(`answered ${interaction.id}`, true);
  }

  #mustAnswer({ kind, source }: Interaction, { type, data }: Callback): void {
    if (!isAnswer(type)) throw invalidForm([`type: ${type} is not an answer.`]);
    mustFit(schemas[type], data === undefined ? { type } : { type, data });
    const completing = kind === KIND.autocomplete;
    if (completing !== (type === ANSWER.choices))
      throw invalidForm([`type: ${type} does not answer an interaction of kind ${kind}.`]);
    if (type === ANSWER.modal && kind === KIND.modal) throw invalidForm(['type: a modal cannot answer a modal.']);
    if ((type === ANSWER.deferEdit || type === ANSWER.edit) && !source) throw invalidForm(['type: there is no message to edit.']);
    if (type === ANSWER.message) mustBeMessage(data ?? {}, 'reply');
    if (type === ANSWER.defer && ((data?.flags ?? 0) & ~FLAGS.ephemeral) !== 0)
      throw invalidForm(['flags: only EPHEMERAL can be set here.']);
    if (type === ANSWER.modal) mustBeModal(data as Modal);
    if (type === ANSWER.choices) mustBeChoices(data?.choices ?? []);
  }

  #place(interaction: Interaction, flags: number | null | undefined): Place {
    const ephemeral = ((flags ?? 0) & FLAGS.ephemeral) !== 0;
    return { channel: interaction.channel, ...(ephemeral && { onlyFor: interaction.user }) };
  }

  #answer(interaction: Interaction, { type, data = {} }: Callback): void {
    const { source } = interaction;
    if (type === ANSWER.message) interaction.original = create(this.world, this.#place(interaction, data.flags), data);
    if (type === ANSWER.defer) interaction.original = create(this.world, this.#place(interaction, data.flags), {}, true);
    if (type === ANSWER.deferEdit) interaction.original = source;
    if (type === ANSWER.edit && source) interaction.original = edit(this.world, source, data);
    if (type === ANSWER.modal) interaction.modal = data as Modal;
    if (type === ANSWER.choices) interaction.choices = data.choices ?? [];
  }

  /** @throws Refusal when the token is not, not yet or no longer good for anything */
  #withToken(app: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (!interaction || app !== this.world.appId || !interaction.answered) throw unknown.webhook();
    if (this.world.now() - interaction.at > LIMITS.token) throw new Refusal(401, 50027, 'Invalid Webhook Token');
    return interaction;
  }

  #message(interaction: Interaction, id: string): StoredMessage {
    const message = id === '@original' ? interaction.original : this.world.messages.get(id);
    if (!message || !this.world.messages.has(message.id)) throw unknown.message();
    return message;
  }

  edit(app: string, token: string, id: string, body: MessageBody): StoredMessage {
    const interaction = this.#withToken(app, token);
    const message = this.#message(interaction, id);
    mustFit('edit', body);
    return edit(this.world, message, body);
  }

  remove(app: string, token: string, id: string): void {
    const message = this.#message(this.#withToken(app, token), id);
    this.world.messages.delete(message.id);
    this.world.tick();
  }

  /** As long as an acknowledged answer waits, the next message becomes it: to the same readers, whatever the flags say. */
  follow(app: string, token: string, body: MessageBody): StoredMessage {
    const interaction = this.#withToken(app, token);
    mustFit('follow', body);
    mustBeMessage(body, 'reply');
    const { original } = interaction;
    if (original?.loading && this.world.messages.has(original.id)) {
      const turned = { ...body, flags: (body.flags ?? 0) & (FLAGS.layout | FLAGS.suppressEmbeds) };
      this.world.uploads.set(turned, this.world.uploads.get(body) ?? []);
      return edit(this.world, original, turned);
    }
    return create(this.world, this.#place(interaction, body.flags), body);
  }
}

function mustBeChoices(choices: readonly { name: string; value: string }[]): void {
  const bad = choices.filter(
    ({ name, value }) => name.length < 1 || name.length > LIMITS.selectLabel || value.length > LIMITS.selectLabel,
  );
  if (bad.length > 0 || choices.length > LIMITS.autocomplete)
    throw invalidForm(['choices: at most 25, with names of 1 to 100 and values of at most 100 characters.']);
}
