import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { BRIEF } from '../child.js';

/** As it is started by an operator. */
export const BIN = path.resolve('bin/homegroup.js');
/** In CI, the same in one file (`bundle.mjs`). */
const QUICK = process.env.TEST_PROGRAM ?? BIN;

/** None outlives its test file, whatever failed. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** The real program in a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  readonly out: string;
  readonly err: string;
  /** What the pattern finds in the standard output, now or later; rejects when the program ends without it. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Where the playground is, once it can be used. */
  playground(): Promise<string>;
  /** Resolves when it has ended by itself or by a signal. */
  readonly ended: Promise<Ended>;
  signal(signal: NodeJS.Signals): Promise<Ended>;
}

/**
 * Runs `homegroup` with these settings and no others: nothing of the environment that the tests run in, and no `.env`.
 * @param home the folder that it runs in
 * @param bin the file to run; `BIN` where the starting itself is tested
 */
export function homegroup(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  home: string,
  bin = QUICK,
): Program {
  const { PATH = '', HOME = home, TZ } = process.env;
  const child = spawn(process.execPath, [...BRIEF, bin, ...args], {
    cwd: home,
    env: { PATH, HOME, ...(TZ && { TZ }), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  const collect = (stream: NodeJS.ReadableStream, add: (text: string) => void) => stream.setEncoding('utf8').on('data', add);
  collect(child.stdout, (text) => {
    out += text;
  });
  collect(child.stderr, (text) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    running.delete(child);
    return { code, signal, out, err };
  });

  async function says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(out);
      if (found) return found;
      const end = await Promise.race([once(child.stdout, 'data').then(() => undefined), ended]);
      if (end && !pattern.test(out))
        throw new Error(`The program ended (${end.code ?? end.signal}) without ${pattern}.\n${out}${err}`);
    }
  }

  return {
    process: child,
    get out() {
      return out;
    },
    get err() {
      return err;
    },
    says,
    playground: async () => (await says(/Try it in your browser: (\S+)\n/u))[1]?.replace(/\/$/u, '') ?? '',
    ended,
    signal(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
