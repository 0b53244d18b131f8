import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'prisma/config';

const root = import.meta.dirname;

/** Prisma's own engine is downloaded after install; where that was refused or impossible, its WebAssembly twin from npm serves. */
function nativeEngineExists(): boolean {
  const engines = path.join(root, 'node_modules/@prisma/engines');
  return existsSync(engines) && readdirSync(engines).some((file) => file.startsWith('schema-engine-'));
}

if (!nativeEngineExists() && process.platform !== 'win32') {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(root, 'tools/schema-engine.mjs');
}

// Prisma would report every command to its maker.
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only `prisma migrate deploy`, `status` and the like connect; `generate` and `diff` want an address and never use it.
  datasource: { url: process.env.DATABASE_URL || 'postgresql://postgres@127.0.0.1:5432/homegroup' },
});
