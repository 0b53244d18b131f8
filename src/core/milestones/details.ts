import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import { MARK_LISTS, type MarkListName, MILESTONE_KINDS, type MilestoneKind } from './marks.js';
import type { Period } from './periods.js';

const names = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const date = z.iso.date();

const markSchema = z.object({ unit: z.enum(['days', 'months', 'years']), count: z.int().positive(), on: date });

/** The consent to what is said in a channel. */
export const SHARED_FACT = 'milestone.shared';

/** Something that the member said in a channel about a milestone, exactly as they confirmed it. */
const shareSchema = z.object({
  /** Of the consent; also what makes the message one of its own. */
  consent: z.uuid(),
  platform: z.enum(['discord', 'slack', 'playground']),
  /** The platform's ids. */
  space: z.string(),
  channel: z.string(),
  words: z.string(),
  /** The platform's id of the member, when they want to be named by their account. */
  mention: z.string().optional(),
  /** What they want to be called there. */
  called: z.string().optional(),
  /** Epoch milliseconds: when it was confirmed, and when it was taken back. */
  at: z.int(),
  backAt: z.int().optional(),
});

/** All that is kept of a milestone, sealed as a whole: what it is about, every date, and what was said of it. */
const detailsSchema = z.object({
  /** The member's own name for it; without one, its kind's. */
  label: z.string().optional(),
  kind: z.enum(names<MilestoneKind>(MILESTONE_KINDS)),
  marks: z.enum(names<MarkListName>(MARK_LISTS)),
  /** Rising, by local day. */
  periods: z.array(z.object({ from: date, until: date.optional() })),
  /** The days on which something was done. */
  days: z.array(date),
  /** Everything until this local day was looked at; never goes back. */
  through: date,
  /** What the last look found. */
  fresh: z.array(markSchema),
  shares: z.array(shareSchema),
  /** Mentors for whose eyes it is, by id, while a consent holds. */
  shownTo: z.array(z.uuid()).default([]),
});

export type Details = z.infer<typeof detailsSchema>;
export type Share = z.infer<typeof shareSchema>;
export type FreshMark = z.infer<typeof markSchema>;

const binding = (id: string): SealedAt => `Milestone.details:${id}`;

export const sealDetails = (cipher: Cipher, id: string, details: Details): Uint8Array<ArrayBuffer> =>
  cipher.seal(JSON.stringify(details), binding(id));

export const openDetails = (cipher: Cipher, { id, details }: { id: string; details: Uint8Array }): Details =>
  detailsSchema.parse(JSON.parse(cipher.open(details, binding(id))));

const { from: day } = Temporal.PlainDate;

export const periodsOf = ({ periods }: Details): Period[] =>
  periods.map(({ from, until }) => ({ from: day(from), ...(until && { until: day(until) }) }));

export const keepPeriods = (periods: readonly Period[]): Details['periods'] =>
  periods.map(({ from, until }) => ({ from: from.toString(), ...(until && { until: until.toString() }) }));
