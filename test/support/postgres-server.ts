import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A PostgreSQL server that a test may stop and start. */
export interface PostgresServer {
  readonly url: string;
  start(): void;
  /** At once, as a crash would. */
  stop(): void;
  /** Stops it and removes its files. */
  remove(): void;
}

/** Debian keeps the server's programs out of the path. */
function programs(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return folders.find((folder) => existsSync(path.join(folder, 'pg_ctl')) && existsSync(path.join(folder, 'initdb')));
}

/** Whether a server can be started here; tests that need one are skipped where not. */
export const serverExists = programs() !== undefined;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** PostgreSQL refuses to run as root: as its own user then. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** @param settings of the server, such as `max_connections=8` */
export async function startPostgres(...settings: string[]): Promise<PostgresServer> {
  const bin = programs();
  if (!bin) throw new Error('No PostgreSQL server is installed.');
  const port = await freePort();
  const user = account();
  const home = mkdtempSync(path.join(os.tmpdir(), 'homegroup-pg-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(home, user.uid, user.gid);
  const data = path.join(home, 'data');
  const run = (program: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(path.join(bin, program), args, {
      ...user,
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };

  const flags = [
    `-p ${port}`,
    `-k ${home}`,
    '-c listen_addresses=127.0.0.1',
    '-c fsync=off',
    ...settings.map((setting) => `-c ${setting}`),
  ];
  const start = () => run('pg_ctl', '-D', data, '-w', '-l', path.join(home, 'log'), '-o', flags.join(' '), 'start');
  const stop = () => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
  run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-N', '--no-instructions');
  start();
  return {
    url: `postgresql://postgres:secret@127.0.0.1:${port}/postgres`,
    start,
    stop,
    remove() {
      spawnSync(path.join(bin, 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop'], { ...user, cwd: home, stdio: 'ignore' });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
