/** What is shown of a meeting elsewhere. All texts are as the source published them, without markup. */
export interface MeetingDetails {
  readonly name: string;
  /** Minutes. */
  readonly duration?: number;
  readonly group?: string;
  /** The building or place. */
  readonly location?: string;
  readonly address?: string;
  /** City or region, from the nearest to the farthest. */
  readonly area?: string;
  readonly notes?: string;
  /** Where it is held online; http or https. */
  readonly link?: string;
  readonly linkNotes?: string;
  readonly phone?: string;
  readonly phoneNotes?: string;
  /** Its page at the source. */
  readonly page?: string;
  /** The day (YYYY-MM-DD) on which the source last changed it. */
  readonly updated?: string;
}

/** A meeting as it was read from a record. */
export interface ParsedMeeting {
  /** The source's own name for it, unique in the source. */
  readonly key: string;
  /** Local start in minutes since Sunday 00:00; null: by appointment. */
  readonly minute: number | null;
  /** IANA. */
  readonly zone: string;
  readonly isOnline: boolean;
  /** Both false: it is not held for now. */
  readonly isInPerson: boolean;
  readonly types: readonly string[];
  /** ISO 639. */
  readonly languages: readonly string[];
  readonly words: string;
  readonly details: MeetingDetails;
}

/** Why a record is not taken. */
export const SKIPS = [
  'not-a-record',
  'no-name',
  'no-key',
  'bad-key',
  'bad-day',
  'no-day',
  'bad-time',
  'no-time',
  'bad-zone',
  'no-zone',
  'unpublished',
  'duplicate',
] as const;
export type Skip = (typeof SKIPS)[number];

/** What of a record that is taken could not be used, or is not known. */
export const ODDITIES = ['end-time', 'link', 'phone', 'type'] as const;
export type Oddity = (typeof ODDITIES)[number];

/** What holds for every record of a source. */
export interface FeedDefaults {
  /** IANA, of meetings that name none; undefined: each must. */
  readonly zone?: string;
  /** ISO 639, of meetings that name none. */
  readonly language: string;
}

/** One record: its meetings (one for each day that it names), or why not. */
export type ParsedRecord =
  | { readonly ok: true; readonly meetings: readonly ParsedMeeting[]; readonly odd: readonly Oddity[] }
  | { readonly ok: false; readonly why: Skip };

export const skip = (why: Skip): ParsedRecord => ({ ok: false, why });
