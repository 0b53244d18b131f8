/** What the loopback Slack knows: people, conversations, messages, views, and the tickets that it hands out. */

export type Json = Record<string, unknown>;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly admin: boolean;
  readonly locale: string;
  readonly zone: string;
  /** The user groups that they are in. */
  readonly groups: readonly string[];
  /** Takes no messages of the app. */
  closed: boolean;
  disabled: boolean;
}

export interface Posted {
  readonly ts: string;
  readonly channel: string;
  /** Only this person sees it. */
  readonly onlyFor?: string;
  text: string;
  blocks: readonly Json[];
  /** Files that were shared with the message. */
  readonly files?: readonly FileRow[];
  /** Grows with every change in the world, so that the newest change can be found. */
  changed: number;
  readonly born: number;
  gone: boolean;
}

/** A file on its way: an address to send it to, its bytes, and then the conversation that it is shared in. */
export interface FileRow {
  readonly id: string;
  readonly name: string;
  readonly alt: string;
  readonly length: number;
  bytes?: Uint8Array;
  shared: boolean;
}

export interface View {
  readonly id: string;
  readonly user: string;
  body: Json;
  hash: string;
  changed: number;
  readonly born: number;
}

export interface Trigger {
  readonly user: string;
  readonly at: number;
  used: boolean;
}

export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  /** The message that carried what was pressed. */
  readonly message?: Posted;
  at: number;
  uses: number;
}

export const TEAM = { id: 'T0HOMEGROUP', domain: 'homegroup-test' } as const;
export const COMMON = 'C0COMMON';
export const BOT = { user: 'U0BOT', bot: 'B0BOT', app: 'A0HOMEGROUP' } as const;

export class World {
  readonly users = new Map<string, User>();
  /** Those of whom Slack does not tell the app. */
  readonly hidden = new Set<string>();
  readonly groups = new Map<string, { readonly id: string; readonly handle: string; readonly name: string }>();
  /** Direct conversations with the app, by person. */
  readonly directs = new Map<string, string>();
  readonly messages: Posted[] = [];
  /** Open forms of each person, the top one last. */
  readonly modals = new Map<string, View[]>();
  readonly homes = new Map<string, View>();
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  readonly files = new Map<string, FileRow>();
  /** Channels that the app was invited to. */
  readonly joined = new Set<string>([COMMON]);
  readonly channels = new Set<string>([COMMON]);
  /** Added to the time of this machine, so that a test need not wait. */
  skew = 0;
  #count = 0;

  next(): number {
    this.#count += 1;
    return this.#count;
  }

  now(): number {
    return Date.now() + this.skew;
  }

  id(letter: string): string {
    return `${letter}0${String(this.next()).padStart(8, '0')}`;
  }

  addUser(name: string, as: Partial<Omit<User, 'id' | 'name'>> = {}): User {
    const user: User = {
      id: this.id('U'),
      name,
      admin: as.admin ?? false,
      locale: as.locale ?? 'en-US',
      zone: as.zone ?? 'Europe/Lisbon',
      groups: as.groups ?? [],
      closed: as.closed ?? false,
      disabled: as.disabled ?? false,
    };
    this.users.set(user.id, user);
    for (const group of user.groups) this.addGroup(group);
    return user;
  }

  addGroup(id: string, handle = id.toLowerCase()): void {
    if (!this.groups.has(id)) this.groups.set(id, { id, handle, name: `Group ${handle}` });
  }

  direct(user: string): string {
    const known = this.directs.get(user);
    if (known) return known;
    const id = this.id('D');
    this.directs.set(user, id);
    this.channels.add(id);
    this.joined.add(id);
    return id;
  }

  post(message: Pick<Posted, 'channel' | 'text' | 'blocks' | 'files'> & { readonly onlyFor?: string }): Posted {
    const born = this.next();
    const ts = `${Math.floor(this.now() / 1000)}.${String(born).padStart(6, '0')}`;
    const posted: Posted = { ...message, ts, born, changed: born, gone: false };
    this.messages.push(posted);
    return posted;
  }

  change(message: Posted, to: Pick<Posted, 'text' | 'blocks'>): void {
    message.text = to.text;
    message.blocks = to.blocks;
    message.changed = this.next();
  }

  trigger(user: string): string {
    const id = `${this.next()}.${TEAM.id}.${Math.random().toString(16).slice(2)}`;
    this.triggers.set(id, { user, at: this.now(), used: false });
    return id;
  }

  open(user: string, body: Json, replace: boolean): View {
    const born = this.next();
    const view: View = { id: this.id('V'), user, body: withBlockIds(body), hash: `${born}.hash`, born, changed: born };
    const stack = replace ? [] : (this.modals.get(user) ?? []);
    this.modals.set(user, [...stack, view]);
    return view;
  }

  publish(user: string, body: Json): View {
    const known = this.homes.get(user);
    const same = known && JSON.stringify(known.body) === JSON.stringify(withBlockIds(body));
    if (known && same) return known;
    const born = this.next();
    const view: View = {
      id: known?.id ?? this.id('V'),
      user,
      body: withBlockIds(body),
      hash: `${born}.hash`,
      born: known?.born ?? born,
      changed: born,
    };
    this.homes.set(user, view);
    return view;
  }
}

/** Slack names the blocks that the app left unnamed. */
const withBlockIds = (body: Json): Json => ({
  ...body,
  blocks: blocksOf(body).map((block, i) => ({ block_id: `blk${i}`, ...block })),
});

export const blocksOf = (body: Json): readonly Json[] => (Array.isArray(body.blocks) ? (body.blocks as Json[]) : []);
