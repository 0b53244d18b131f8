import type { NotReadable } from '../core/lists/unreadable.js';
import type { Report } from '../core/resources/report.js';
import type { Oddity, Skip } from '../core/resources/resource.js';
import { resourceSourcesOf } from '../core/resources/sources.js';
import type { TenantDb } from '../db/tenant.js';

const SKIPPED: Readonly<Record<Skip, string>> = {
  'not-a-record': 'no record of a service',
  'no-name': 'no name',
  'no-key': 'no id to know it by',
  inactive: 'not active any more',
  'too-long': 'its id is too long',
  duplicate: 'the same service twice',
};

const KEPT: Readonly<Record<Oddity, string>> = {
  phone: 'its phone number is none',
  place: 'its coordinates are not on the earth',
  hours: 'its hours cannot be read, or are not the same every week; nobody is told that it is open',
  zone: 'its time zone is none, such as an offset; say it with --zone',
  postal: 'zeros at the beginning of its postal code were lost, and are back',
  capitals: 'its name was in capitals only, and is written as usual',
  link: 'its link cannot be opened, so none is shown',
};

const WHY: Readonly<Record<NotReadable, string>> = {
  'not-json': 'This begins like JSON, but is none.',
  'not-csv': 'This table cannot be read: a row is broken.',
  'cut-off': 'This ends before its end: it was cut off.',
  'too-large': 'This is too large, or packs more than may be unpacked.',
  'not-zip': 'This archive is damaged.',
  hostile: 'This archive reaches out of its folder.',
  nothing: 'There is no table and no JSON in there.',
  'not-services': 'There are tables, but none is called services.csv.',
};

/** Why nothing was taken. */
export const describeUnreadable = (why: NotReadable): string => `${WHY[why]} Nothing was changed.`;

/** What came in, what did not, and why. */
export function describeReport(name: string, { records, skipped, odd }: Report): string {
  const reasons = [...skipped].map(([why, { count, examples }]) => {
    const places = `${examples.join(', ')}${count > examples.length ? ', …' : ''}`;
    return `  ${count} skipped: ${SKIPPED[why]} (${examples.length > 1 ? 'records' : 'record'} ${places})`;
  });
  const odds = [...odd].map(([what, count]) => `  ${count} taken, although: ${KEPT[what]}`);
  return [`${name}: ${records} records.`, ...reasons, ...odds].join('\n');
}

/** A line for each list of a community. */
export async function describeLists(db: TenantDb): Promise<readonly string[]> {
  const sources = await resourceSourcesOf(db);
  if (sources.length === 0) return ['There is no list yet.'];
  return Promise.all(
    sources.map(async ({ id, name, url, attribution, licence, seenAt }) => {
      const count = await db.resource.count({ where: { sourceId: id, retiredAt: null } });
      const retired = await db.resource.count({ where: { sourceId: id, NOT: { retiredAt: null } } });
      const whose = [attribution, licence].filter(Boolean).map((text) => `, ${text}`);
      return `${name}: ${count} services, ${retired} retired, ${url ?? 'from a file'}, last as in its source on ${seenAt.toISOString().slice(0, 10)}${whose.join('')}`;
    }),
  );
}
