import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { importMeetings } from '../../src/cli/import-meetings.js';
import { BMLT, GUIDE } from '../core/meetings/feeds.js';
import { type Database, testDatabase } from '../support/db.js';
import { temporaryFolder } from '../support/temporary.js';

/** What an operator sees who brings in meetings from elsewhere. */

const home = temporaryFolder();
const inHome = (name: string) => path.join(home, name);
let database: Database;

/** The lines that are told, or the sentence that refuses. */
async function run(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  try {
    await importMeetings(database, args, (line) => void lines.push(line));
  } catch (error) {
    const { name, message } = error as Error;
    return [...lines, name === 'OperatorError' ? `refused: ${message}` : String(error)].join('\n');
  }
  return lines.join('\n');
}

beforeAll(async () => {
  database = await testDatabase();
  writeFileSync(inHome('guide.json'), JSON.stringify([...GUIDE, { slug: 'bad', name: 'Bad', day: 9, time: '19:00' }, 7]));
  writeFileSync(inHome('bmlt.json'), JSON.stringify(BMLT));
  writeFileSync(inHome('broken.json'), '[{"name": "A"');
});
afterAll(() => database.close());

test('says what it needs, each in a sentence', async () => {
  expect(await run(inHome('guide.json'), '--zone', 'America/New_York')).toContain('refused: There is no community yet.');
  await database.prisma.community.create({ data: {} });
  const refusals = [
    [[], 'Usage:'],
    [['--list', '--remove', 'x'], 'Usage:'],
    [[inHome('guide.json'), '--zone', 'Mars/Olympus'], '--zone: Mars/Olympus is no time zone'],
    [[inHome('guide.json'), '--language', 'english'], '--language: expected a code'],
    [[inHome('missing.json')], 'nor a file that can be read'],
    [[inHome('broken.json'), '--zone', 'UTC'], 'This is no JSON'],
    [[inHome('guide.json'), '--community', 'nobody'], 'Say whose meetings these are with --community. There are:'],
    [['http://127.0.0.1:1/meetings.json', '--zone', 'UTC'], 'Nobody answers at that address.'],
    [['--remove', 'nothing'], 'No list is called nothing.'],
  ] as const;
  for (const [args, sentence] of refusals) {
    const told = await run(...args);
    expect(told).toMatch(/^refused: /u);
    expect(told).toContain(sentence);
  }
  expect(await database.prisma.meetingSource.count()).toBe(0);
});

test('without a zone anywhere it asks for one', async () => {
  writeFileSync(inHome('nowhere.json'), JSON.stringify([{ slug: 'a', name: 'A', day: 1, time: '19:00' }]));
  expect(await run(inHome('nowhere.json'))).toContain('Say where they are with --zone');
});

test('tells what came in, what did not and why; again, it changes nothing', async () => {
  const args = [inHome('guide.json'), '--zone', 'America/New_York', '--name', 'Valley AA'];
  expect(await run(...args, '--dry-run')).toMatch(
    /Would be: 7 added, 0 changed, 0 removed, 0 as before\.\nNothing was changed\.$/u,
  );
  expect(await run(...args)).toBe(
    [
      'Valley AA (Meeting Guide): 8 records, 7 meetings.',
      '  1 skipped: its day is none (record 7)',
      '  1 skipped: no record of a meeting (record 8)',
      '  1 taken, although: has a code for its kind that nobody explains; it is shown as it is',
      '  1 taken, although: its link leads into no meeting, so none is shown',
      '7 added, 0 changed, 0 removed, 0 as before.',
      'A file is not looked at again: import it again when it changes.',
    ].join('\n'),
  );
  expect(await run(inHome('guide.json'), '--name', 'Valley AA')).toContain('0 added, 0 changed, 0 removed, 7 as before.');
  expect(await run(inHome('bmlt.json'), '--zone', 'America/Los_Angeles')).toContain('bmlt (BMLT): 3 records, 3 meetings.');
});

test('a list that is suddenly empty is not believed; lists are shown and forgotten', async () => {
  writeFileSync(inHome('guide.json'), '[]');
  expect(await run(inHome('guide.json'), '--name', 'Valley AA')).toContain('refused: The list had 7 meetings and has 0 now.');
  expect(await run('--list')).toMatch(/^Valley AA: 7 meetings, from a file.*\nbmlt: 3 meetings/u);
  expect(await run('--remove', 'Valley AA')).toBe('Valley AA and its meetings are gone.');
  expect(await run('--list')).toMatch(/^bmlt: 3 meetings/u);
});
