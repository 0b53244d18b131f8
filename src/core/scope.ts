import type { Events } from '../chat/events.js';
import type { Membership } from '../chat/membership.js';
import type { Remover } from '../chat/remover.js';
import type { Rooms } from '../chat/rooms.js';
import type { Cipher } from '../db/cipher.js';
import type { PrismaClient } from '../db/generated/client.js';
import type { TenantDb } from '../db/tenant.js';
import type { Places } from './communities/places.js';
import type { PlatformName, RoleName } from './names.js';

/** Where people's browsers and calendars reach us. Absent: nobody set it up. */
export interface Site {
  /** Without a slash at its end. */
  url?: string;
}

/** Calendars of the platforms that this process is connected to and that have one. */
export type Calendars = Partial<Record<PlatformName, Events>>;

/** Voice channels of the platforms that this process is connected to and that tell who is in them. */
export type PlatformRooms = Partial<Record<PlatformName, Rooms>>;

/** The platforms that this process is connected to and that tell who is still there. */
export type Memberships = Partial<Record<PlatformName, Membership>>;

/** What takes messages of the bot's own away, of the platforms that this process is connected to. */
export type Removers = Partial<Record<PlatformName, Remover>>;

/** Each forgets what it keeps of an account in the memory of this process; by who keeps it. */
export type Forgetters = Map<string, (platform: PlatformName, account: string) => void>;

/** A journal of erasings that is kept beside the database. Resolves when it is on disk; never rejects. */
export interface Erasures {
  note(digests: readonly string[], now: Date): Promise<void>;
}

/** What the whole process shares. */
export interface World {
  /** Across communities: only for finding out which community somebody is in. */
  readonly prisma: PrismaClient;
  readonly cipher: Cipher;
  readonly places: Places;
  readonly site?: Site;
  readonly calendars?: Calendars;
  readonly rooms?: PlatformRooms;
  readonly memberships?: Memberships;
  readonly removers?: Removers;
  readonly forgetters?: Forgetters;
  readonly erasures?: Erasures;
}

/** One member acting in one community: what every verb of the core is given. */
export interface Scope {
  readonly db: TenantDb;
  readonly cipher: Cipher;
  readonly places: Places;
  readonly site?: Site;
  readonly calendars?: Calendars;
  readonly forgetters?: Forgetters;
  readonly erasures?: Erasures;
  /** Whether somebody is in the community, by the id of the member's platform; also true where that cannot be said now. */
  isHere?(account: string): Promise<boolean>;
  readonly now: Date;
  readonly community: {
    readonly id: string;
    /** IANA. */
    readonly zone: string;
    readonly language: string;
    /** ISO 3166-1 alpha-2. */
    readonly country?: string;
    readonly isSetUp: boolean;
  };
  readonly space?: { readonly id: string; readonly platform: PlatformName; readonly externalId: string };
  readonly member: {
    readonly id: string;
    /** IANA: what the member chose, else what the platform told last, else the community's. */
    readonly zone: string;
    /** Of a catalogue, as the platform told it last. */
    readonly language?: string;
    readonly isGreeted: boolean;
    /** Something could not reach them, and they were not told yet. */
    readonly isUnreached: boolean;
    /** Their platform says that they are in none of the community's guilds and workspaces any more: they left, or were removed or banned. */
    readonly isGone: boolean;
  };
  readonly roles: ReadonlySet<RoleName>;
  /** Administers the guild or workspace. */
  readonly isAdmin: boolean;
}
