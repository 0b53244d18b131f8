import type { Channel } from '../../chat/index.js';
import type { Persona, Where, World } from './wire.js';

export const SPACE = { id: 'playground', name: 'Playground' } as const;
export const CHANNEL = { id: 'common-room', name: 'common-room' } as const;
/** Platform roles, as a guild or workspace would have them. What they mean is up to `/community setup`. */
export const ROLES = ['facilitators', 'mentors', 'coordinators'] as const;

const first: readonly Persona[] = [
  { id: 'rosa', name: 'Rosa', locale: 'en', zone: 'America/New_York', admin: true, roles: ['facilitators'], closedDirect: false },
  { id: 'sam', name: 'Sam', locale: 'en', zone: 'America/Chicago', admin: false, roles: [], closedDirect: false },
  { id: 'luz', name: 'Luz', locale: 'es', zone: 'America/Mexico_City', admin: false, roles: [], closedDirect: false },
  { id: 'theo', name: 'Theo', locale: 'en', zone: 'Europe/London', admin: false, roles: ['mentors'], closedDirect: false },
];

/** The id of a persona's own conversation with the bot. */
const directId = (persona: string) => `direct-${persona}`;
/** The id of the private thread that a persona has in the common channel. */
export const threadId = (persona: string) => `thread-${persona}`;
export function placeOf(persona: string, where: Where): Channel {
  if (where === 'direct') return { id: directId(persona), direct: true };
  const id = where === 'thread' ? threadId(persona) : CHANNEL.id;
  return { id, direct: false, threads: { channel: CHANNEL.id, allowed: true } };
}

/** The time of the playground. Moving it is how a day is tried out in a minute. */
export interface Clock {
  now(): Date;
  /** Moves it forward by milliseconds. What has become due may be done before it resolves. */
  advance(ms: number): void | Promise<void>;
}

/** Who is there, and what time it is. */
export class Population {
  readonly #personas = new Map<string, Persona>(first.map((persona) => [persona.id, persona]));
  readonly #clock: Clock | undefined;
  #moved = 0;

  constructor(clock?: Clock) {
    this.#clock = clock;
  }

  get all(): readonly Persona[] {
    return [...this.#personas.values()];
  }

  find(id: string): Persona | undefined {
    return this.#personas.get(id);
  }

  put(persona: Persona): void {
    this.#personas.set(persona.id, persona);
  }

  now(): Date {
    return this.#clock?.now() ?? new Date();
  }

  get movable(): boolean {
    return this.#clock !== undefined;
  }

  async advance(ms: number): Promise<void> {
    this.#moved += ms;
    await this.#clock?.advance(ms);
  }

  world(): World {
    const clock = { now: this.now().toISOString(), moved: this.#moved, fixed: !this.movable };
    return { space: SPACE, channel: CHANNEL, roles: ROLES, personas: this.all, clock };
  }

  /** Turns `@Sam` and `@mentors` into what platforms send for a mention, so that the same reading serves all of them. */
  withMentions(line: string): string {
    const names = new Map<string, string>(ROLES.map((role) => [role, `<@&${role}>`]));
    for (const { id, name } of this.#personas.values()) {
      names.set(id.toLowerCase(), `<@${id}>`);
      names.set(name.toLowerCase(), `<@${id}>`);
    }
    return line.replace(/(?<![\p{L}\p{N}<])@([\p{L}\p{N}_-]+)/gu, (all, name: string) => names.get(name.toLowerCase()) ?? all);
  }
}
