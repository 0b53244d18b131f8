import {
  type Capabilities,
  type First,
  type Invocation,
  type Message,
  meanwhile,
  type Problem,
  type Router,
  type Said,
} from '../../chat/index.js';
import { asJson, type Conversation, type NewEntry, sees, show } from './conversation.js';
import type { Streams } from './streams.js';
import type { Json, OpenForm, Persona, View, Where } from './wire.js';
import { type Population, placeOf, SPACE } from './world.js';

/** Where something was done, and on which message. */
export interface Spot {
  readonly where: Where;
  readonly message?: string;
}

type Held = OpenForm & Spot;
type Input = Readonly<Record<string, string | readonly string[]>>;

/** What people do, said to the router; and what it answers, shown to those who may see it. */
export class Acts {
  readonly #forms = new Map<string, Held>();

  constructor(
    private readonly people: Population,
    private readonly talk: Conversation,
    private readonly streams: Streams,
    private readonly can: Capabilities,
  ) {}

  /** What a persona sees now. */
  view(persona: Persona): View {
    const held = this.#forms.get(persona.id);
    return { messages: this.talk.seenBy(persona), form: held ? openForm(held) : null };
  }

  /** Ordinary words between people. The bot never reads them. */
  chat(persona: Persona, where: Where, words: string): void {
    const message = { summary: words, blocks: [{ kind: 'text', text: words }] } as const;
    const readers = { ...(where === 'direct' && { only: persona.id }), ...(where === 'thread' && { thread: persona.id }) };
    this.post({ where, from: persona.id, message, at: this.people.now(), ...readers });
  }

  invocation(persona: Persona, where: Where, said: Said): Invocation {
    return {
      platform: 'playground',
      said,
      user: { id: persona.id, locale: persona.locale, zone: persona.zone },
      space: SPACE,
      channel: placeOf(persona.id, where),
      standing: async () => {
        const { admin, roles } = this.people.find(persona.id) ?? persona;
        return { admin, roles };
      },
    };
  }

  /** Resolves when the answer is on the screen. */
  async say(router: Router, persona: Persona, said: Said, spot: Spot): Promise<void> {
    const call = this.invocation(persona, spot.where, said);
    const first = router.plan(call, this.can);
    if (first.first === 'form') {
      this.#open(persona.id, { ...spot, form: asJson(first.form), problems: [] });
      return;
    }
    const work = router.run(call, this.can);
    const wait = first.meanwhile;
    let shown: string | undefined;
    const show = async (message: Message) => {
      shown = this.post({ where: spot.where, message, at: this.people.now(), only: persona.id });
    };
    const message = await (wait ? meanwhile(work, () => show(wait)) : work);
    if (shown === undefined || !this.change(shown, message)) this.#answer(persona, first.show, message, spot, said);
  }

  /** As {@link say}; a form with problems stays open and shows them. */
  async submit(router: Router, persona: Persona, id: string, input: Input): Promise<readonly Problem[]> {
    const held = this.#forms.get(persona.id);
    const spot: Held | Spot = held?.form.id === id ? held : { where: 'channel' };
    const said: Said = { kind: 'submit', id, input };
    const problems = router.check(this.invocation(persona, spot.where, said), this.can);
    if (problems.length > 0) {
      if ('form' in spot) this.#open(persona.id, { ...spot, form: filled(spot.form, input), problems });
      return problems;
    }
    this.dismiss(persona.id);
    const { where, message } = spot;
    await this.say(router, persona, said, { where, ...(message && { message }) });
    return [];
  }

  dismiss(persona: string): void {
    if (this.#forms.delete(persona)) this.streams.tell('form', { for: persona, form: null });
  }

  /** Adds a message and tells everybody who sees it. */
  post(entry: NewEntry): string {
    const added = this.talk.add(entry);
    this.#tell(added);
    return added.id;
  }

  /** Puts another message in the place of one. @returns false when it is not there any more */
  change(id: string, message: Message): boolean {
    const edited = this.talk.edit(id, message);
    if (edited) this.#tell(edited);
    return edited !== undefined;
  }

  /** Takes away a message of the bot's own. @returns false when it is not there any more */
  takeBack(id: string): boolean {
    const gone = this.talk.takeBack(id);
    const readers = gone ? this.people.all.filter((persona) => sees(persona, gone)) : [];
    for (const persona of readers) this.streams.tell('wiped', { for: persona.id, id });
    return gone !== undefined;
  }

  #answer(persona: Persona, how: Extract<First, { first: 'ack' }>['show'], message: Message, spot: Spot, said: Said): void {
    const carrier = spot.message && this.talk.offers(persona, spot.message) ? spot.message : undefined;
    if (how === 'edit' && message.wipes && carrier && this.talk.remove(persona, carrier)) {
      this.streams.tell('wiped', { for: persona.id, id: carrier });
      return;
    }
    const edited = how === 'edit' && !message.aside && carrier ? this.talk.edit(carrier, message) : undefined;
    if (edited) {
      this.#tell(edited);
      return;
    }
    const open = how === 'public' && !message.aside && spot.where === 'channel';
    this.post({
      where: spot.where,
      message,
      at: this.people.now(),
      ...(!open && { only: persona.id }),
      ...(said.kind === 'call' && { after: { persona: persona.id, command: said.path.filter(Boolean).join(' ') } }),
    });
  }

  #open(persona: string, held: Held): void {
    this.#forms.set(persona, held);
    this.streams.tell('form', { for: persona, form: openForm(held) });
  }

  #tell(entry: Parameters<typeof show>[0]): void {
    for (const persona of this.people.all) {
      if (sees(persona, entry)) this.streams.tell('message', { for: persona.id, message: show(entry) });
    }
  }
}

const openForm = ({ form, where, problems }: Held): OpenForm => ({ form, where, problems });

/** The form as it was sent, so that nobody types an answer twice. */
function filled(form: OpenForm['form'], input: Input): OpenForm['form'] {
  const fields = form.fields.map(({ value: _before, ...field }) => {
    const value = input[field.name];
    return value === undefined ? field : { ...field, value };
  });
  return { ...form, fields } as Json<OpenForm['form']>;
}
