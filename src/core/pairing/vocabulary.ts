/** What a profile and a wish are made of. Every value has its words in the catalogue under `pairing.<list>.<value>`. */

/** Pathways of recovery: codes of ../shared/data/reference/pathways.csv (TSML's types, and those that it lacks). */
export const PATHWAYS = [
  ...(['AA', 'NA', 'CA', 'CMA', 'HA', 'MA', 'DAA', 'GA', 'OA', 'EDA', 'CEA-HOW', 'DA', 'SAA', 'SLAA', 'SA', 'SCA'] as const),
  ...(['CODA', 'ACA', 'RCA', 'DRA', 'ALANON', 'NARANON', 'PAL', 'SMART', 'RD', 'RR', 'LR', 'WFS', 'SOS', 'CR', 'MM'] as const),
  ...(['HAMS', 'MARA', 'MOUD', 'HR', 'WB', 'PHX', 'RCC', 'RH', 'CLIN', 'NAT', 'MULTI', 'UND'] as const),
] as const;
export type Pathway = (typeof PATHWAYS)[number];
/** The list in two, fellowships of twelve steps first, because no select takes all of it. */
export const STEP_PATHWAYS = PATHWAYS.slice(0, PATHWAYS.indexOf('PAL')) as [Pathway, ...Pathway[]];
export const OTHER_PATHWAYS = PATHWAYS.slice(STEP_PATHWAYS.length) as [Pathway, ...Pathway[]];

export const GENDERS = ['woman', 'man', 'nonbinary'] as const;
/** How two people talk. */
export const WAYS = ['text', 'voice', 'person'] as const;
/** How often. */
export const PACES = ['daily', 'several', 'weekly', 'fortnightly'] as const;
export const TONES = ['warm', 'direct'] as const;
/** What somebody can help with. */
export const TOPICS = [
  'housing',
  'work',
  'legal',
  'money',
  'health',
  'family',
  'steps',
  'justice',
  'emergency',
  'newcomers',
] as const;
/** What somebody has lived through. */
export const EXPERIENCES = [
  ...(['alcohol', 'opioids', 'stimulants', 'cannabis', 'benzos', 'gambling', 'food', 'mental', 'trauma', 'pain'] as const),
  ...(['parenting', 'lovedOne', 'homeless', 'prison', 'veteran', 'lgbtq'] as const),
] as const;
/** How long somebody has been in recovery: at least none, one, two, five or ten years. */
export const RECOVERIES = ['under1', 'years1', 'years2', 'years5', 'years10'] as const;
/** Parts of a week in local time: kind of day, then part of it. */
export const SLOTS = [
  ...(['weekday-morning', 'weekday-afternoon', 'weekday-evening', 'weekday-night'] as const),
  ...(['weekend-morning', 'weekend-afternoon', 'weekend-evening', 'weekend-night'] as const),
] as const;
export const URGENCIES = ['today', 'week', 'month'] as const;

export type Gender = (typeof GENDERS)[number];
export type Way = (typeof WAYS)[number];
export type Pace = (typeof PACES)[number];
export type Tone = (typeof TONES)[number];
export type Topic = (typeof TOPICS)[number];
export type Experience = (typeof EXPERIENCES)[number];
export type Recovery = (typeof RECOVERIES)[number];
export type Slot = (typeof SLOTS)[number];
export type Urgency = (typeof URGENCIES)[number];
