/** What is shown of a service. All texts are as the source published them, without markup. */
export interface ResourceDetails {
  readonly name: string;
  readonly organization?: string;
  readonly description?: string;
  /** What has to be known first, such as that it is closed for a while. */
  readonly alert?: string;
  readonly address?: string;
  /** City, state and postal code. */
  readonly area?: string;
  readonly phones: readonly string[];
  readonly email?: string;
  /** http or https. */
  readonly url?: string;
  /** Who may use it. */
  readonly eligibility?: string;
  /** How to start. */
  readonly start?: string;
  readonly documents?: string;
  readonly wait?: string;
  readonly cost?: string;
  /** Hours in the source's own words. */
  readonly schedule?: string;
  /** ISO 639, or what the source calls them. */
  readonly languages: readonly string[];
}

/** A service at one place, as it was read from a record. */
export interface ParsedResource {
  /** The source's own name for it, unique in the source. */
  readonly key: string;
  readonly name: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** IANA. */
  readonly zone: string | null;
  /** Minutes since Sunday 00:00: each opening followed by its closing. */
  readonly hours: readonly number[];
  /** YYYY-MM-DD. */
  readonly verified: string | null;
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly terms: readonly string[];
  readonly details: ResourceDetails;
}

/** Why a record is not taken. */
export const SKIPS = ['not-a-record', 'no-name', 'no-key', 'inactive', 'too-long', 'duplicate'] as const;
export type Skip = (typeof SKIPS)[number];

/** What of a record that is taken could not be used, or was mended. */
export const ODDITIES = ['phone', 'place', 'hours', 'zone', 'postal', 'capitals', 'link'] as const;
export type Oddity = (typeof ODDITIES)[number];

/** One record: the service at each of its places, or why not. */
export type ParsedRecord =
  | { readonly ok: true; readonly resources: readonly ParsedResource[]; readonly odd: readonly Oddity[] }
  | { readonly ok: false; readonly why: Skip };
