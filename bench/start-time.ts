import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fromRoot } from '../src/root.js';

/** What is in the repository or would be with the next commit, and nothing that was built from it. */
function sources(): string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  return execFileSync('git', list, { cwd: fromRoot(), encoding: 'utf8' }).split('\0').filter(Boolean);
}

/** @returns seconds from the command to the first page of the playground */
async function start(copy: string, dataDir: string): Promise<number> {
  const begun = performance.now();
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: '0', LOG_LEVEL: 'error', DATA_DIR: dataDir };
  const program = spawn('npm', ['start'], { cwd: copy, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let out = '';
    for await (const piece of program.stdout.setEncoding('utf8')) {
      out += piece;
      const [, url] = /Try it in your browser: (\S+)\n/u.exec(out) ?? [];
      if (url === undefined) continue;
      const { ok } = await fetch(url);
      if (ok) return (performance.now() - begun) / 1000;
    }
    throw new Error(`The copy did not start: ${out}`);
  } finally {
    // npm and the program that it started.
    if (program.pid !== undefined) process.kill(-program.pid, 'SIGKILL');
  }
}

export interface StartTimes {
  /** Nothing was ever built or run; `npm ci --ignore-scripts` leaves a checkout like this. */
  readonly unbuilt: number;
  /** Built, but never run; `npm ci` leaves it like this. */
  readonly built: number;
  /** Run before. */
  readonly again: number;
}

/** Starts a copy of the sources whose packages are installed already. All in seconds. */
export async function startTimes(): Promise<StartTimes> {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'homegroup-copy-'));
  try {
    for (const file of sources()) {
      mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
      cpSync(fromRoot(file), path.join(copy, file));
    }
    symlinkSync(fromRoot('node_modules'), path.join(copy, 'node_modules'));
    return { unbuilt: await start(copy, 'first'), built: await start(copy, 'second'), again: await start(copy, 'second') };
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  }
}
