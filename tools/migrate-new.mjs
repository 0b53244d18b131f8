/**
 * node tools/migrate-new.mjs <name>
 * Writes the next migration: the SQL that leads from the migrations so far to prisma/schema.prisma. Needs no database.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const migrations = path.join(root, 'prisma/migrations');
const lockFile = path.join(migrations, 'migration_lock.toml');

/** The SQL still missing; empty when the migrations already describe the schema. */
function missingSql() {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'homegroup-migration-'));
  const output = path.join(scratch, 'next.sql');
  const prisma = path.join(root, 'node_modules/prisma/build/index.js');
  const sides = ['--from-migrations', migrations, '--to-schema', path.join(root, 'prisma/schema.prisma')];
  try {
    execFileSync(process.execPath, [prisma, 'migrate', 'diff', ...sides, '--script', '--output', output], {
      cwd: root,
      env: { ...process.env, CHECKPOINT_DISABLE: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const sql = existsSync(output) ? readFileSync(output, 'utf8') : '';
    return /^\s*(-- This is an empty migration\.\s*)?$/.test(sql) ? '' : sql;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const name = process.argv[2]?.toLowerCase().replace(/[^a-z0-9]+/g, '_');
if (!name) {
  console.error('Say what the migration does: node tools/migrate-new.mjs <name>');
  process.exit(2);
}
mkdirSync(migrations, { recursive: true });
if (!existsSync(lockFile))
  writeFileSync(lockFile, '# Prisma reads here which dialect the migrations are written in.\nprovider = "postgresql"\n');

const sql = missingSql().trimStart();
if (!sql) {
  console.log('The migrations already describe the schema; nothing was written.');
} else {
  const folder = path.join(migrations, `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`);
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'migration.sql'), sql);
  console.log(`${sql}\n${path.relative(root, folder)}/migration.sql was written.`);
  console.log('Once it is right, add its line to test/db/drift.test.ts, which fails until then and shows it.');
}
