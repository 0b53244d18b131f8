import { readLine, readLink } from '../lists/read.js';

const MINUTES = 24 * 60;

/** Minutes of `01:30:00` or of a number of minutes; undefined where that is no length of a meeting. */
export function readDuration(value: unknown): number | undefined {
  const [, hours = '', minutes = ''] = /^\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*$/u.exec(String(value)) ?? [];
  const length = typeof value === 'number' ? Math.round(value) : hours === '' ? Number.NaN : Number(hours) * 60 + Number(minutes);
  return length > 0 && length <= MINUTES ? length : undefined;
}

/** Conferences whose address without a number is no meeting. */
const CONFERENCES = /(?:^|\.)(?:zoom\.us|zoom\.com|gotomeet\.me|gotomeeting\.com|meet\.google\.com|webex\.com|discord\.gg)$/u;
const STARS = /\*{2,}|%2a%2a|x{5,}/iu;
/** What stands where a number should. */
const STAND_IN = /^(?:withheld|redacted|hidden|upon.?request|by.?request|tbd|tba|placeholder|none)$/iu;
const EXAMPLES = /(?:^|\.)example\.(?:com|org|net)$/u;

/** A link into a meeting; undefined for what only stands in its place. */
export function readJoinLink(value: unknown): string | undefined {
  const link = readLink(value);
  if (link === undefined) return undefined;
  const { hostname, pathname } = new URL(link);
  const steps = pathname.split('/').filter(Boolean);
  const leadsNowhere = CONFERENCES.test(hostname) && steps.length === 0;
  const isStandIn = STARS.test(link) || EXAMPLES.test(hostname) || steps.some((step) => STAND_IN.test(step));
  return leadsNowhere || isStandIn ? undefined : link;
}

/** Values of `"C,M"`, `["C", "M"]`, `"[open]"` or nothing, each once. */
export function readCodes(value: unknown): readonly string[] {
  const given = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  const lines = given.slice(0, 60).map((one) =>
    readLine(one)
      ?.replace(/^\[|\]$/gu, '')
      .trim()
      .slice(0, 40),
  );
  return [...new Set(lines.filter((code) => code !== undefined && code !== ''))] as string[];
}
