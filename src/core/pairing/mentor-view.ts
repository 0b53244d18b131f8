import type { Cipher } from '../../db/cipher.js';
import type { MentorCredential, MentorProfile, MentorVouch, Prisma } from '../../db/generated/client.js';
import { type CredentialDetails, dayOfDate, isVerified, openCredential } from './credentials.js';
import { type MentorFacts, openFacts } from './facts.js';

export interface CredentialView extends CredentialDetails {
  readonly id: string;
  readonly code: string;
  /** Local date, ISO. */
  readonly expiresOn?: string;
  /** Somebody of the community saw it, and it holds; otherwise it is as the mentor says. */
  readonly isVerified: boolean;
}

/** What is shown of a mentor: no name, no picture. */
export interface MentorView {
  readonly facts: MentorFacts;
  readonly credentials: readonly CredentialView[];
  /** Local date, ISO: since when this community knows them, as one of its facilitators says. */
  readonly knownSince?: string;
  /** Different people who speak for them. */
  readonly vouches: number;
}

/** What a profile is read with to be shown. */
export const SHOWN = {
  credentials: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
  vouches: true,
} satisfies Prisma.MentorProfileInclude;

type ShownProfile = MentorProfile & {
  readonly credentials: readonly MentorCredential[];
  readonly vouches: readonly MentorVouch[];
};

/** @param today local to the community, ISO */
export function mentorView(cipher: Cipher, profile: ShownProfile, today: string): MentorView {
  const [known] = profile.vouches.flatMap(({ since }) => (since ? [dayOfDate(since)] : [])).sort();
  return {
    facts: openFacts(cipher, profile),
    credentials: profile.credentials.map((row) => ({
      id: row.id,
      code: row.code,
      ...openCredential(cipher, row),
      ...(row.expiresOn && { expiresOn: dayOfDate(row.expiresOn) }),
      isVerified: isVerified(row, today),
    })),
    ...(known !== undefined && { knownSince: known }),
    vouches: profile.vouches.filter(({ kind }) => kind === 'vouched').length,
  };
}
