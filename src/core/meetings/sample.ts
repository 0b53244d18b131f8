import type { Words } from '../../words/index.js';
import { takeTurn } from '../lists/turn.js';
import type { Scope } from '../scope.js';
import { importFeed } from './import.js';
import { parseFeed } from './parse.js';
import { sourcesOf } from './sources.js';

const TIMES = {
  early: { time: '07:00', types: ['O', 'MED'], online: true },
  lunch: { time: '12:15', types: ['O', 'D'], room: 'library' },
  step: { time: '17:30', types: ['C', 'ST'], room: 'hall' },
  evening: { time: '19:00', types: ['O', 'SP', 'X'], room: 'hall', online: true },
  newcomers: { time: '19:30', types: ['O', 'BE'], online: true },
  spanish: { time: '20:00', types: ['O', 'S'], online: true },
  // Held online, and its link is not published.
  late: { time: '22:30', types: ['O', 'LGBTQ', 'ONL'], withheld: true },
} as const;

/** Made-up meetings of one week, in the community's zone: a feed like any other. */
function sampleFeed({ t }: Pick<Words, 't'>, zone: string): string {
  const records = Object.entries(TIMES).map(([name, meeting]) => ({
    slug: `sample-${name}`,
    name: t(`meeting.sample.names.${name as keyof typeof TIMES}`),
    day: [0, 1, 2, 3, 4, 5, 6],
    time: meeting.time,
    duration: 60,
    timezone: zone,
    types: [...meeting.types],
    notes: t('meeting.sample.notes'),
    region: t('meeting.sample.region'),
    city: t('meeting.sample.city'),
    ...('room' in meeting && { location: t(`meeting.sample.rooms.${meeting.room}`), address: '12 Example Street' }),
    ...('online' in meeting && { conference_url: `https://meet.invalid/${name}` }),
  }));
  return JSON.stringify(records);
}

/** Brings the made-up meetings into a community that has no list. Does nothing where there is one, or where one comes at this moment. */
export async function bringSample({ db, community, now }: Scope, words: Words): Promise<void> {
  const source = { name: words.t('meeting.sample.list'), zone: community.zone, language: words.language };
  const parsed = parseFeed(sampleFeed(words, community.zone), source);
  if (!parsed.ok) return;
  await db.transact(async (tx) => {
    await takeTurn(tx, 'sample meetings');
    if ((await sourcesOf(tx)).length > 0) return;
    await importFeed(tx, { source, feed: parsed.feed, nightZone: community.zone, now });
  });
}
