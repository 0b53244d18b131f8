import { createHash } from 'node:crypto';
import { statSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DatabaseProblem } from './errors.js';

/** `sun_path` takes 108 bytes on Linux and 104 on macOS, with the terminating zero. */
const LONGEST_SOCKET_PATH = 100;
const ATTEMPTS = 5;
/** What file systems answer that hold no sockets, such as some container mounts. */
const NO_SOCKETS_HERE = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EPERM', 'EINVAL']);

const windows = process.platform === 'win32';
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type Listened = { readonly server: net.Server } | { readonly code: string | undefined; readonly error: Error };

function listen(address: string): Promise<Listened> {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => socket.end());
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code, error }));
    server.listen(address, () => resolve({ server }));
  });
}

function somebodyAnswers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT'));
  });
}

function inode(address: string): number | undefined {
  return statSync(address, { throwIfNoEntry: false })?.ino;
}

function close(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Beside the directory where possible, so that containers that share the volume see it; elsewhere when that cannot be. */
function addresses(folder: string): string[] {
  const name = `homegroup-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (windows) return [`\\\\.\\pipe\\${name}`];
  const beside = `${folder}.lock`;
  const elsewhere = path.join(os.tmpdir(), `${name}.lock`);
  return Buffer.byteLength(beside) > LONGEST_SOCKET_PATH ? [elsewhere] : [beside, elsewhere];
}

/** One try; undefined where a rival moved at the same moment. */
async function attempt(address: string, folder: string): Promise<net.Server | undefined> {
  const listened = await listen(address);
  if ('server' in listened) {
    listened.server.unref();
    const mine = windows ? undefined : inode(address);
    // A rival that judged our predecessor's socket dead may be about to remove ours in its place.
    await pause(50);
    if (windows || inode(address) === mine) return listened.server;
    await close(listened.server);
    return undefined;
  }
  if (listened.code !== 'EADDRINUSE') throw listened.error;
  if (await somebodyAnswers(address)) {
    throw new DatabaseProblem(
      `The database in ${folder} is in use by another Homegroup process. Stop that one first, or set DATABASE_URL to a PostgreSQL server: many processes can share that.`,
    );
  }
  try {
    unlinkSync(address);
  } catch {
    // The rival removed it first.
  }
  return undefined;
}

/**
 * Keeps a directory for this process until the returned function is called or the process ends, however it ends. The lock
 * is a listening socket: it dies with its process, so there is no stale process id to judge, also between containers.
 * @throws {@link DatabaseProblem} when a living process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const places = addresses(folder);
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    try {
      const server = await attempt(places[0] as string, folder);
      if (server) return () => close(server);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (places.length === 1 || !code || !NO_SOCKETS_HERE.has(code)) throw error;
      places.shift();
    }
    await pause(50 + Math.random() * 200);
  }
  throw new DatabaseProblem(`The database in ${folder} could not be locked: other processes keep trying to open it.`);
}
