import path from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** Folders whose files take longest, the longest first. */
const LONG = ['process', 'scenarios', 'schedule', 'time', 'db', 'conformance'];

const rankOf = ({ path: file }) => {
  const [folder] = path.relative('test', file).split(path.sep);
  return LONG.includes(folder) ? LONG.indexOf(folder) : LONG.length;
};

/**
 * Begins with what takes longest, so that nobody waits for one file at the end. Jest knows how long each took last time; on
 * a clean checkout it would go by the size of a file, and a file of a few lines kills a program thirty times.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const known = sorted.some(({ duration }) => duration !== undefined);
    return known ? sorted : sorted.sort((a, b) => rankOf(a) - rankOf(b));
  }
}
