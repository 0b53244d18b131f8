import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder for the tests of this file, removed when they are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'homegroup-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
