import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** The server and all its sessions. */
async function processesOf(url: string): Promise<number[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
  await client.end();
  const [first = ''] = readFileSync(path.join(rows[0]?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n');
  const children = readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim().split(/\s+/u);
  return [first, ...children].map(Number);
}

/**
 * Makes a PostgreSQL server hang: it takes connections and answers nothing, as one does behind a failing disk. Linux only.
 * @returns what lets it go on
 */
export async function freeze(url: string): Promise<() => void> {
  const pids = await processesOf(url);
  const tell = (signal: NodeJS.Signals) => {
    for (const pid of pids) {
      try {
        process.kill(pid, signal);
      } catch {
        // A session that ended meanwhile.
      }
    }
  };
  tell('SIGSTOP');
  return () => tell('SIGCONT');
}
