import { type Keyring, makeCipher } from './cipher.js';
import { DatabaseProblem } from './errors.js';
import type { PrismaClient } from './generated/client.js';
import { type KeySource, type LoadedKeys, loadKeys, makesKeyFile } from './keys.js';

/** Sealed with every key that was ever used, to tell at start whether we still have it. */
const CHECK = 'homegroup';
const bindOf = (id: string): `EncryptionKey.check:${string}` => `EncryptionKey.check:${id}`;

/** With the key of that id alone: another key of the ring proves nothing. */
function proves(keyring: Keyring, row: { id: string; check: Uint8Array }): boolean {
  const key = keyring.find(({ id }) => id === row.id);
  if (!key) return false;
  try {
    return makeCipher<ReturnType<typeof bindOf>>([key]).open(row.check, bindOf(row.id)) === CHECK;
  } catch {
    return false;
  }
}

/**
 * Makes sure that we hold every key that something in this database is sealed with, and writes nothing.
 * @returns the ids of all keys that are known here
 * @throws {@link DatabaseProblem} when one is missing
 */
async function proveKeys(prisma: PrismaClient, keyring: Keyring): Promise<ReadonlySet<string>> {
  const rows = await prisma.encryptionKey.findMany({ orderBy: { createdAt: 'asc' } });
  // Of one that is retired nothing is left: it may be gone, but what has its id must be it.
  const needed = rows.filter(({ id, retiredAt }) => retiredAt === null || keyring.some((key) => key.id === id));
  const lost = needed.filter((row) => !proves(keyring, row)).map(({ id }) => id);
  if (lost.length > 0) {
    throw new DatabaseProblem(
      `This database was sealed with a key that is not among those that were given (ENCRYPTION_KEY, or the key file or command that is used instead; id ${lost.join(', ')}). Add that key after the active one; without it, what members wrote cannot be read. Nothing was changed.`,
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
    data: fresh.map((key) => ({ id: key.id, check: makeCipher<ReturnType<typeof bindOf>>([key]).seal(CHECK, bindOf(key.id)) })),
    skipDuplicates: true,
  });
  // Gone back to: from now on something is sealed with it again.
  await prisma.encryptionKey.updateMany({ where: { id: keyring[0].id, retiredAt: { not: null } }, data: { retiredAt: null } });
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
  if (isUnused && makesKeyFile(source)) return undefined;
  const loaded = loadKeys({ ...source, mayCreate: false });
  await proveKeys(prisma, loaded.keyring);
  return loaded;
}
