import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const start = path.dirname(fileURLToPath(import.meta.url));

function find(dir: string): string {
  if (existsSync(path.join(dir, 'prisma', 'schema.prisma'))) return dir;
  const up = path.dirname(dir);
  if (up === dir) throw new Error(`Homegroup's own files were not found above ${start}.`);
  return find(up);
}

/** A path inside the project, the same whether the sources or their build are running. */
export const fromRoot = (...parts: string[]): string => path.join(find(start), ...parts);
