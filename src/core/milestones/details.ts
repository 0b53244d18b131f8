import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Cipher } from '../../db/cipher.js';
import type { SealedAt } from '../../db/sealed.js';
import { IS_SHOWN } from '../privacy/declare.js';
import { MARK_LISTS, type MarkListName, MILESTONE_KINDS, type MilestoneKind } from './marks.js';
import type { Period } from './periods.js';

const names = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];
const date = z.iso.date();

const markSchema = z.object({ unit: z.enum(['days', 'months', 'years']), count: z.int().positive(), on: date });
const moment = z.int();

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
  words: z.string().describe('what was said in a channel'),
  /** The platform's id of the member, when they want to be named by their account. */
  mention: z.string().optional(),
  called: z.string().optional().describe('what they wanted to be called there'),
  at: moment.describe('when it was confirmed, in milliseconds since 1970, UTC'),
  backAt: moment.optional().describe('when it was taken back, in milliseconds since 1970, UTC'),
});

/** All that is kept of a milestone, sealed as a whole: what it is about, every date, and what was said of it. */
const detailsSchema = z.object({
  label: z.string().optional().describe("the member's own name for it; without one, its kind's"),
  kind: z.enum(names<MilestoneKind>(MILESTONE_KINDS)),
  marks: z.enum(names<MarkListName>(MARK_LISTS)),
  periods: z.array(z.object({ from: date, until: date.optional() })).describe('rising, by local day'),
  days: z.array(date).describe('on which something was done'),
  /** Never goes back. */
  through: date.describe('everything until this local day was looked at'),
  fresh: z.array(markSchema).describe('what the last look found'),
  shares: z.array(shareSchema),
  /** Mentors for whose eyes it is, by id, while a consent holds. */
  shownTo: z.array(z.uuid()).default([]),
});

/** What an export tells of a milestone. */
export const detailsShown = detailsSchema.omit({ shownTo: true }).extend({
  shares: z.array(shareSchema.pick({ words: true, called: true, at: true, backAt: true })),
  isShown: IS_SHOWN,
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
