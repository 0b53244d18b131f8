import fs from 'node:fs';
import path from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type InitOptions = Parameters<NodeFS['init']>[1];
type PreRun = (module: { NODEFS: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } } }) => void;

/**
 * PGlite's directory on disk, with an fsync that reaches the disk.
 *
 * Emscripten's NODEFS has no fsync, and its fdatasync does nothing. PostgreSQL believes that its log is safe while it
 * still lies in the page cache, so that a power cut loses acknowledged writes and can leave a directory that never opens.
 * Needs `fsync=on` and `wal_sync_method=fsync` among the start parameters.
 */
export class DurableNodeFS extends NodeFS {
  override async init(pglite: PGlite, options: InitOptions) {
    const result = await super.init(pglite, options);
    const addFsync: PreRun = ({ NODEFS }) => {
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        if (nfd !== undefined) fs.fsyncSync(nfd);
        return 0;
      };
    };
    const hooks = result.emscriptenOpts as { preRun?: PreRun[] };
    hooks.preRun = [...(hooks.preRun ?? []), addFsync];
    return result;
  }
}

/** Forces one file or folder to the disk. Windows cannot open folders, and needs no such call for their entries. */
export function syncPath(target: string): void {
  if (process.platform === 'win32' && fs.statSync(target).isDirectory()) return;
  const handle = fs.openSync(target, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Forces a folder and everything in it to the disk. */
export function syncTree(folder: string): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const target = path.join(folder, entry.name);
    if (entry.isDirectory()) syncTree(target);
    else if (entry.isFile()) syncPath(target);
  }
  syncPath(folder);
}
