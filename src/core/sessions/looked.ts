/** Something to be said: to a member, or without one to the channel. */
export interface Notice {
  readonly kind: string;
  readonly subjectId: string;
  readonly memberId?: string;
  /** The same for the same message. */
  readonly once: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
}

/** What one look at a date found. */
export interface Looked {
  readonly notices: readonly Notice[];
  /** When there may be more to do. */
  readonly next: readonly Date[];
}
