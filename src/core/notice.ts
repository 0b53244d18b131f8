import type { PlatformName } from './names.js';

/** Something that is to be said. Tells what it is about, not what it says. */
export interface Notice {
  readonly communityId: string;
  readonly kind: string;
  readonly subjectId: string;
  /** The recipient; none for a channel. Erasing the member takes the notice along. */
  readonly memberId?: string;
  readonly platform: PlatformName;
  /** The same for the same message: a second one with it is never made. */
  readonly once: string;
  /** The promised instant. */
  readonly dueAt: Date;
  /** From then on it is pointless: it is dropped instead of being sent. */
  readonly expiresAt: Date;
}

export type MemberNotice = Notice & { readonly memberId: string };
