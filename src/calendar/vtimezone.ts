import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import { type ClockChange, changesBetween, offsetAt } from '../time/changes.js';

/** Years that are told beyond the one in which a file is made, and before it. Programs that know the zone's name do not need them. */
const AHEAD = 10;
const BEHIND = 3;

/** What a file must say of one zone: its clock at the beginning, and every change that matters to it. */
interface ZoneStory {
  readonly first: number;
  readonly changes: readonly ClockChange[];
}

const stories = new LRUCache<string, ZoneStory>({ max: 600 });

/** Of the years around `now`. Remembered, because finding the changes takes long. */
export function storyOf(zone: string, now: Temporal.Instant): ZoneStory {
  const { year } = now.toZonedDateTimeISO('UTC');
  const key = `${zone} ${year}`;
  const known = stories.get(key);
  if (known) return known;
  const begin = Temporal.Instant.from(`${year - BEHIND}-01-01T00:00Z`);
  const changes = changesBetween(zone, begin, Temporal.Instant.from(`${year + AHEAD + 1}-01-01T00:00Z`));
  const story = { first: offsetAt(begin, zone), changes };
  stories.set(key, story);
  return story;
}

const two = (n: number) => String(n).padStart(2, '0');

/** +0530, and seconds only where there are any. */
function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const rest = size % 60 === 0 ? '' : two(size % 60);
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${two(Math.floor(size / 60) % 60)}${rest}`;
}

/** A wall time as iCalendar writes it. */
export const wallText = (local: Temporal.PlainDateTime): string =>
  local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/gu, '');

/** What the clocks showed at the very change before they were moved: so RFC 5545 wants onsets. */
const onset = ({ at, before }: ClockChange) => at.toZonedDateTimeISO('UTC').toPlainDateTime().add({ seconds: before });

function observance(name: 'STANDARD' | 'DAYLIGHT', changes: readonly ClockChange[]): string[] {
  const [first, ...rest] = changes as [ClockChange, ...ClockChange[]];
  return [
    `BEGIN:${name}`,
    `DTSTART:${wallText(onset(first))}`,
    `TZOFFSETFROM:${offsetText(first.before)}`,
    `TZOFFSETTO:${offsetText(first.after)}`,
    ...rest.map((change) => `RDATE:${wallText(onset(change))}`),
    `END:${name}`,
  ];
}

/**
 * The zone as iCalendar describes it, from the same table of clock changes by which the bot itself sends reminders: a file
 * and a reminder never disagree. Exact from three years before `now` to ten years after.
 */
export function vtimezone(zone: string, now: Temporal.Instant): string {
  const { first, changes } = storyOf(zone, now);
  const kinds = new Map<string, ClockChange[]>();
  for (const change of changes) {
    const key = `${change.before} ${change.after}`;
    kinds.set(key, [...(kinds.get(key) ?? []), change]);
  }
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offsetText(first)}`,
    `TZOFFSETTO:${offsetText(first)}`,
    'END:STANDARD',
    ...[...kinds.values()].flatMap((same) =>
      observance((same[0] as ClockChange).after > (same[0] as ClockChange).before ? 'DAYLIGHT' : 'STANDARD', same),
    ),
    'END:VTIMEZONE',
  ].join('\r\n');
}
