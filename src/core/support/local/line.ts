import { z } from 'zod';
import { https, telephone } from '../crisis-table.js';
import type { ShownLine } from '../shown.js';
import { TOPICS } from '../topics.js';

/** What a line of a community can be for: a topic, or an emergency number, which is shown beside the known one. */
export const LOCAL_TOPICS = [...TOPICS, 'emergency'] as const;
export type LocalTopic = (typeof LOCAL_TOPICS)[number];

/** Characters. Little, because a line is read by somebody who is afraid, and a message holds 4,000 on Discord. */
export const LENGTHS = { name: 60, link: 120, hours: 40, note: 60, source: 120, keyword: 20, languages: 8 } as const;

/** What coordinators say of a line. */
export const factsSchema = z
  .strictObject({
    topic: z.enum(LOCAL_TOPICS),
    name: z.string().min(2).max(LENGTHS.name),
    phone: telephone.optional(),
    sms: z
      .strictObject({
        number: telephone,
        keyword: z
          .string()
          .regex(/^[\p{L}\p{N}]+$/u)
          .max(LENGTHS.keyword)
          .optional(),
      })
      .optional(),
    chat: https.max(LENGTHS.link).optional(),
    web: https.max(LENGTHS.link).optional(),
    hours: z.string().max(LENGTHS.hours).optional(),
    /** ISO 639. */
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/u))
      .min(1)
      .max(LENGTHS.languages),
    note: z.string().max(LENGTHS.note).optional(),
    /** Where they know it from. */
    source: z.string().min(2).max(LENGTHS.source),
  })
  .refine((line) => line.phone ?? line.sms ?? line.chat ?? line.web, 'can be reached somehow');

export type LineFacts = Readonly<z.infer<typeof factsSchema>>;

/** What one community says of crisis lines, beyond the table that everybody has. */
export interface LocalLine {
  readonly id: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The line of the table that this corrects, or hides. */
  readonly shipped?: string | undefined;
  /** The day on which a coordinator checked it last, such as 2026-11-01. */
  readonly verified: string;
  /** Absent: the line of the table is hidden. */
  readonly facts?: LineFacts | undefined;
}

/** As it is shown among the others. */
export function localShown({ id, verified }: LocalLine, { topic, phone, sms, ...facts }: LineFacts): ShownLine {
  const { name, chat, web, languages, hours, note, source } = facts;
  return {
    ...{ id, name, verified, languages, topics: topic === 'emergency' ? [] : [topic] },
    phone: phone === undefined ? [] : [{ number: phone }],
    ...(sms && { sms }),
    ...(chat !== undefined && { chat }),
    ...(web !== undefined && { web }),
    local: { source, ...(hours !== undefined && { hours }), ...(note !== undefined && { note }) },
  };
}
