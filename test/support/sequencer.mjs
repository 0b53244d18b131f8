import path from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** Those that take longest, on either database, the longest first. */
const LONG = [
  'process/crash',
  'process/many-hands',
  'security/authorisation',
  'process/prompts-crash',
  'process/outage',
  'schedule/crash',
  'scenarios/live-session',
  'scenarios/mentor',
  'scenarios/one-evening',
  'core/pairing/model',
  'cli/doctor',
  'scenarios/who-comes',
  'cli/connect',
  'scenarios/session-planning',
  'db/durability',
  'scenarios/going-quiet',
  'adapters/playground/browser',
  'time/recurrence',
  'schedule/pace',
  'schedule/delivery',
  'schedule/fallback',
];
/** Folders whose other files take long. */
const FOLDERS = ['process', 'scenarios', 'schedule', 'db', 'conformance', 'time', 'adapters'];

const nameOf = ({ path: file }) => path.relative('test', file).replaceAll(path.sep, '/');
const placeOf = (test) => LONG.indexOf(nameOf(test).replace(/\.test\.ts$/, ''));

/** Whether this file is one of those that take longest. */
export const isLong = (test) => placeOf(test) >= 0;

const rankOf = (test) => {
  const [folder] = nameOf(test).split('/');
  const rank = placeOf(test);
  if (rank >= 0) return rank;
  return LONG.length + (FOLDERS.includes(folder) ? FOLDERS.indexOf(folder) : FOLDERS.length);
};

/**
 * Begins with what takes longest, so that nobody waits for one file at the end. Jest knows how long each took last time; on
 * a clean checkout it would go by the size of a file, and a file of a few lines kills a program again and again.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const known = sorted.some(({ duration }) => duration !== undefined);
    return known ? sorted : sorted.sort((a, b) => rankOf(a) - rankOf(b));
  }
}
