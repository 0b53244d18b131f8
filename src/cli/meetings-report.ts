import type { Oddity, Skip } from '../core/meetings/meeting.js';
import type { Feed, NoFeed } from '../core/meetings/parse.js';
import { sourcesOf, type Trouble } from '../core/meetings/sources.js';
import type { TenantDb } from '../db/tenant.js';

const SKIPPED: Readonly<Record<Skip, string>> = {
  'not-a-record': 'no record of a meeting',
  'no-name': 'no name',
  'no-key': 'no slug or id to know it by',
  'bad-key': 'its slug or id cannot be read',
  'bad-day': 'its day is none',
  'no-day': 'a time, but no day',
  'bad-time': 'its time is none',
  'no-time': 'a day, but no time',
  'bad-zone': 'its time zone is not known',
  'no-zone': 'no time zone, and none was given with --zone',
  unpublished: 'archived or not published',
  duplicate: 'the same meeting twice',
};

const KEPT: Readonly<Record<Oddity, string>> = {
  'end-time': 'its end or duration cannot be read',
  link: 'its link leads into no meeting, so none is shown',
  phone: 'its phone number is none',
  type: 'has a code for its kind that nobody explains; it is shown as it is',
};

const TROUBLE: Readonly<Record<Trouble, string>> = {
  unreachable: 'nobody answered the last time',
  refused: 'its server refused it the last time',
  'too-large': 'it was too large the last time',
  'too-slow': 'its server was too slow the last time',
  unreadable: 'it was no list of meetings the last time',
  lost: 'it has lost most of its meetings, and was not believed; import it with --believe if that is right',
};

/** Records that are told of by their places in the list. */
const EXAMPLES = 5;

/** What came in, what did not, and why. */
export function describeFeed(name: string, { kind, records, meetings, skipped, odd }: Feed): string {
  const reasons = [...new Set(skipped.map(({ why }) => why))].map((why) => {
    const places = skipped.filter((one) => one.why === why).map(({ at }) => at);
    const shown = places.slice(0, EXAMPLES).join(', ');
    return `  ${places.length} skipped: ${SKIPPED[why]} (${places.length > EXAMPLES ? `records ${shown}, …` : `record ${shown}`})`;
  });
  const odds = [...odd].map(([what, count]) => `  ${count} taken, although: ${KEPT[what]}`);
  const form = kind === 'bmlt' ? 'BMLT' : 'Meeting Guide';
  return [`${name} (${form}): ${records} records, ${meetings.length} meetings.`, ...reasons, ...odds].join('\n');
}

export function describeNoFeed(why: NoFeed): string {
  if (why.why === 'not-json')
    return `This is no JSON${why.at === undefined ? '' : `: it cannot be read after ${why.at} characters`}. Nothing was changed.`;
  if (why.why === 'too-many') return 'This list is longer than all meetings of the world. Nothing was changed.';
  return "This is JSON, but no list of meetings: expected Meeting Guide, or BMLT's GetSearchResults. Nothing was changed.";
}

/** A line for each list of a community. */
export async function describeList(db: TenantDb): Promise<readonly string[]> {
  const sources = await sourcesOf(db);
  if (sources.length === 0) return ['There is no list yet.'];
  return Promise.all(
    sources.map(async ({ id, name, url, seenAt, trouble }) => {
      const count = await db.meeting.count({ where: { sourceId: id } });
      const seen = `${url ?? 'from a file'}, last as in its source on ${seenAt.toISOString().slice(0, 10)}`;
      return `${name}: ${count} meetings, ${seen}${trouble ? `; ${TROUBLE[trouble]}` : ''}`;
    }),
  );
}

/** What an operator should look at: lists that could not be refreshed. */
export const describeTrouble = ({ name, trouble }: { readonly name: string; readonly trouble: Trouble }): string =>
  `The list of meetings ${name} could not be refreshed: ${TROUBLE[trouble]}.`;
