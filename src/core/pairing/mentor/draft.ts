import { z } from 'zod';
import { UserError } from '../../../chat/errors.js';
import { readLanguage } from '../../../words/languages.js';
import { CREDENTIALS, credentialDetailsSchema, MOST_CREDENTIALS } from '../credentials.js';
import { MOST_CAPACITY, mentorFactsSchema } from '../facts.js';
import type { MentorView } from '../mentor-view.js';

const credentialSchema = credentialDetailsSchema.extend({
  /** Of the row, also of one that is not there yet: what is said again is another credential. */
  id: z.uuid(),
  code: z.enum(CREDENTIALS).exclude(['none']),
  /** Local date, ISO. */
  expiresOn: z.iso.date().optional(),
});
export type DraftCredential = z.infer<typeof credentialSchema>;

/** A mentor's profile as it would be saved. */
export const mentorDraftSchema = z.object({
  facts: mentorFactsSchema,
  capacity: z.int().min(1).max(MOST_CAPACITY),
  credentials: z.array(credentialSchema).max(MOST_CREDENTIALS),
});
export type MentorDraft = z.infer<typeof mentorDraftSchema>;

/** @param zone IANA, in which usual hours are meant until they say otherwise */
export const newDraft = (zone: string): MentorDraft => ({
  facts: {
    ...{ pathways: [], experiences: [], ways: [], languages: [], slots: [], topics: [], onlyGenders: [] },
    ...{ zone, medicationFriendly: false },
  },
  capacity: 1,
  credentials: [],
});

/** What is there already, to be changed. */
export const draftOf = ({ facts, credentials }: MentorView, capacity: number): MentorDraft =>
  mentorDraftSchema.parse({ facts, capacity, credentials: credentials.map(({ isVerified: _, ...one }) => one) });

const primary = (text: string): string | undefined => {
  const tag = readLanguage(text);
  return tag === undefined ? undefined : new Intl.Locale(tag).language;
};

/** "English, español" or "en y es" as codes of ISO 639. @throws UserError that names what is not a language */
export function readLanguages(text: string): string[] {
  const parts = text.split(/[,;/]|\s(?:and|y|e|&)\s/iu).filter((part) => part.trim() !== '');
  const words = parts.flatMap((part) => (primary(part) === undefined ? part.trim().split(/\s+/u) : [part.trim()]));
  const codes = words.map((word) => {
    const code = primary(word);
    if (code === undefined) throw new UserError('mentor.problems.language', { language: word });
    return code;
  });
  if (codes.length === 0) throw new UserError('mentor.problems.language', { language: text });
  return [...new Set(codes)].slice(0, 10);
}

/** The same draft with some facts said anew; one that is undefined is taken away. */
export function withFacts(draft: MentorDraft, said: { [K in keyof MentorDraft['facts']]?: MentorDraft['facts'][K] | undefined }) {
  const facts = Object.fromEntries(Object.entries({ ...draft.facts, ...said }).filter(([, value]) => value !== undefined));
  return { ...draft, facts: facts as MentorDraft['facts'] };
}

/** @throws UserError when there are too many, or it has expired */
export function withCredential(draft: MentorDraft, one: DraftCredential, today: string): MentorDraft {
  if (draft.credentials.length >= MOST_CREDENTIALS)
    throw new UserError('mentor.problems.credentials', { most: MOST_CREDENTIALS });
  if (one.expiresOn !== undefined && one.expiresOn < today) throw new UserError('mentor.problems.expired');
  return { ...draft, credentials: [...draft.credentials, one] };
}
