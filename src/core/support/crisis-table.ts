import { z } from 'zod';
import { crisisTable } from './crisis-lines.js';

/** UN M49 code of the whole world, which international directories carry in place of a country. */
export const WORLD = '001';
/** Carries the emergency number that works in every member state. */
export const EUROPEAN_UNION = 'EU';

const categories = [
  'emergency',
  'suicide_crisis',
  'suicide_addiction',
  'emotional_support',
  'text',
  'overdose_prevention',
  'drugs_alcohol',
  'drugs',
  'alcohol',
  'treatment_referral',
  'domestic_violence',
  'women',
  'veterans',
  'lgbtq',
  'lgbtq_youth',
  'text_youth',
  'indigenous',
  'medical',
  'poison',
  'information',
  'directory',
] as const;

/** As people dial it: digits with spaces, dashes and brackets, 3 to 15 digits (ITU-T E.164 allows no more). */
export const telephone = z
  .string()
  .regex(/^\+?[0-9(][0-9() -]*[0-9]$/u)
  .refine((text) => {
    const digits = text.replace(/\D/gu, '').length;
    return digits >= 3 && digits <= 15;
  }, 'has 3 to 15 digits');

export const https = z.url({ protocol: /^https$/u });

const lineSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9_]+$/u),
    /** ISO 3166-1 alpha-2, {@link EUROPEAN_UNION} or {@link WORLD}. */
    country: z.string().regex(/^(?:[A-Z]{2}|001)$/u),
    category: z.enum(categories),
    /** Its own name, in its own language. */
    name: z.string().min(2),
    /** The first is to be tried first. `press`: the key to press when it answers. */
    phone: z.array(z.strictObject({ number: telephone, press: z.string().regex(/^\d$/u).optional() })),
    sms: z
      .strictObject({
        number: telephone,
        keyword: z
          .string()
          .regex(/^[A-Z]+$/u)
          .optional(),
      })
      .optional(),
    chat: https.optional(),
    web: https.optional(),
    /** Words under `crisis.hours`. */
    hours: z.enum(['always', 'check', 'area', 'office', 'daily', 'limited', 'varies']),
    /** ISO 639; `mul`: many. */
    languages: z.array(z.string().regex(/^[a-z]{2,3}$/u)).min(1),
    interpreters: z.boolean().optional(),
    sources: z.array(z.string().min(2)).min(1),
    confidence: z.enum(['high', 'medium']),
    /** The day on which the sources were last compared, such as 2026-11-01. */
    verified: z.iso.date(),
    /** `crisis.notes.<id>` says something that matters to a caller. */
    note: z.boolean().optional(),
  })
  .refine((line) => line.phone.length > 0 || line.sms || line.chat || line.web, 'can be reached somehow');

export type CrisisLine = Readonly<z.infer<typeof lineSchema>>;
export type CrisisCategory = CrisisLine['category'];

/**
 * Every line that may be shown, read and checked once, when the process starts.
 * @throws {z.ZodError} naming the row and the field.
 */
export const readTable = (table: unknown): readonly CrisisLine[] => z.array(lineSchema).min(1).parse(table);

export const crisisLines = readTable(crisisTable);
