import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { MentorCredential } from '../../db/generated/client.js';
import type { SealedAt } from '../../db/sealed.js';

/** Trainings and certificates that can be told of: codes of ../shared/data/reference/mentor_credentials.csv. `none` is as good as any. */
export const CREDENTIALS = [
  ...(['none', 'IC&RC-PR', 'NCPRSS', 'CCAR-RCA', 'CCAR-RCP', 'CCAR-ETH'] as const),
  ...(['CPRC-A', 'CPRC', 'CPRS-DE', 'NCPS', 'CADC/LADC/LCDC', 'OTHER'] as const),
] as const;
export const MOST_CREDENTIALS = 5;
/** Characters. */
export const CREDENTIAL_LIMITS = { name: 100, issuer: 100, number: 40 } as const;

export const credentialDetailsSchema = z.object({
  name: z.string().max(CREDENTIAL_LIMITS.name).optional().describe('As its owner calls it, where the code does not say it all'),
  issuer: z.string().max(CREDENTIAL_LIMITS.issuer).optional(),
  number: z
    .string()
    .max(CREDENTIAL_LIMITS.number)
    .optional()
    .describe('Shown to who verifies it alone: public registers tell the name behind a number'),
});
export type CredentialDetails = z.infer<typeof credentialDetailsSchema>;

const binding = (id: string): SealedAt => `MentorCredential.details:${id}`;

export const sealCredential = (cipher: Cipher, id: string, details: CredentialDetails): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(credentialDetailsSchema.parse(details)), binding(id));

export const openCredential = (cipher: Cipher, { id, details }: Pick<MentorCredential, 'id' | 'details'>): CredentialDetails =>
  credentialDetailsSchema.parse(JSON.parse(cipher.open(details, binding(id))));

/** A local date as columns of dates keep it. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const dayOfDate = (date: Date): string => date.toISOString().slice(0, 10);

/** Whether somebody saw it and it has not expired: it holds on its last day. From then on it is as its owner says. @param today local, ISO */
export const isVerified = (
  { verifiedAt, expiresOn }: { readonly verifiedAt: Date | null; readonly expiresOn: Date | null },
  today: string,
): boolean => verifiedAt !== null && (expiresOn === null || dayOfDate(expiresOn) >= today);
