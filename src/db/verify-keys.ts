import { existsSync } from 'node:fs';
import { type Keyring, makeCipher } from './cipher.js';
import { DatabaseProblem } from './errors.js';
import type { PrismaClient } from './generated/client.js';
import { type KeySource, type LoadedKeys, loadKeys } from './keys.js';

/** Sealed with every key that was ever used, to tell at start whether we still have it. */
const CHECK = 'homegroup';
const bindOf = (id: string) => `EncryptionKey.check:${id}`;

/** With the key of that id alone: another key of the ring proves nothing. */
function proves(keyring: Keyring, row: { id: string; check: Uint8Array }): boolean {
  const key = keyring.find(({ id }) => id === row.id);
  if (!key) return false;
  try {
    return makeCipher([key]).open(row.check, bindOf(row.id)) === CHECK;
  } catch {
    return false;
  }
}

/**
 * Makes sure that we hold every key that this database was sealed with, and writes nothing.
 * @returns the ids of those keys
 * @throws {@link DatabaseProblem} when one is missing
 */
async function proveKeys(prisma: PrismaClient, keyring: Keyring): Promise<ReadonlySet<string>> {
  const rows = await prisma.encryptionKey.findMany({ orderBy: { createdAt: 'asc' } });
  const lost = rows.filter((row) => !proves(keyring, row)).map(({ id }) => id);
  if (lost.length > 0) {
    throw new DatabaseProblem(
      `This database was sealed with a key that is not in ENCRYPTION_KEY or the key file (id ${lost.join(', ')}). Add that key after the active one; without it, what members wrote cannot be read. Nothing was changed.`,
    );
  }
  return new Set(rows.map(({ id }) => id));
}

/**
 * The same, and registers the keys that are new to this database.
 * @throws {@link DatabaseProblem} when one is missing; nothing was written then
 */
export async function verifyKeys(prisma: PrismaClient, keyring: Keyring): Promise<void> {
  const known = await proveKeys(prisma, keyring);
  const fresh = keyring.filter(({ id }) => !known.has(id));
  await prisma.encryptionKey.createMany({
    data: fresh.map((key) => ({ id: key.id, check: makeCipher([key]).seal(CHECK, bindOf(key.id)) })),
    skipDuplicates: true,
  });
}

/**
 * The keys for this database: from the setting, from the key file, or, for a database that nothing was sealed in yet, from
 * a key file made just now.
 * @throws {@link DatabaseProblem}
 */
export async function prepareKeys(prisma: PrismaClient, source: Omit<KeySource, 'mayCreate'>): Promise<LoadedKeys> {
  const loaded = loadKeys({ ...source, mayCreate: (await prisma.encryptionKey.count()) === 0 });
  await verifyKeys(prisma, loaded.keyring);
  return loaded;
}

/**
 * Looks at the keys as {@link prepareKeys} would, but makes and writes nothing.
 * @returns undefined when there is no key yet, and nothing that needs one
 * @throws {@link DatabaseProblem}
 */
export async function lookAtKeys(prisma: PrismaClient, source: Omit<KeySource, 'mayCreate'>): Promise<LoadedKeys | undefined> {
  const isUnused = (await prisma.encryptionKey.count()) === 0;
  if (isUnused && !source.setting && source.file && !existsSync(source.file)) return undefined;
  const loaded = loadKeys({ ...source, mayCreate: false });
  await proveKeys(prisma, loaded.keyring);
  return loaded;
}
