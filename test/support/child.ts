import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

/** A program of ours in a process of its own, that tests talk with by lines and may kill. */
export interface Child {
  readonly process: ChildProcess;
  /** Every line that it wrote so far, whole lines only. */
  readonly lines: readonly string[];
  /** The first line, present or coming, that begins with these words; rejects when it ends without one. */
  line(beginning: string): Promise<string>;
  /** Ends it as a power cut of the process would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Waits for its end. */
  ended(): Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** V8 spends two fifths of a short life on optimising the database's WebAssembly, which it never lives to see. */
export const BRIEF = ['--liftoff-only'];

const started = new Set<ChildProcess>();
/** None outlives its tests, also when one failed before it came to killing: jest would wait for it. */
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** @param program a `.mjs` file that imports our compiled sources from the folder in its first argument */
export function startChild(program: string, ...args: string[]): Child {
  const compiled = process.env.TEST_COMPILED;
  if (!compiled) throw new Error('TEST_COMPILED is missing: test/support/global-setup.mjs did not run.');
  const child = spawn(process.execPath, [...BRIEF, path.resolve(program), compiled, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  started.add(child);
  const lines: string[] = [];
  let errors = '';
  const reader = readline.createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const closed = once(child, 'close').then(([code]) => ({ code: code as number | null, errors }));

  return {
    process: child,
    lines,
    async line(beginning) {
      for (;;) {
        const found = lines.find((line) => line.startsWith(beginning));
        if (found !== undefined) return found;
        const end = await Promise.race([once(reader, 'line').then(() => undefined), closed]);
        if (end && !lines.some((line) => line.startsWith(beginning))) {
          throw new Error(`The child ended (${end.code}) without "${beginning}". ${end.errors}`);
        }
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    ended: () => closed,
  };
}
