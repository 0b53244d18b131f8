import type { Cipher } from '../../../db/cipher.js';
import type { Prisma } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { World } from '../../scope.js';
import { factsSchema, type LocalLine } from './line.js';

type Row = Prisma.LocalLineGetPayload<object>;

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** undefined for a row that cannot be read any more, so that it takes no other line with it. */
function read(cipher: Cipher, { id, country, shipped, verifiedOn, facts }: Row): LocalLine | undefined {
  const line = { id, country, verified: dayOf(verifiedOn), ...(shipped !== null && { shipped }) };
  if (facts === null) return shipped === null ? undefined : line;
  try {
    return { ...line, facts: factsSchema.parse(JSON.parse(cipher.open(facts, `LocalLine.facts:${id}`))) };
  } catch {
    return undefined;
  }
}

const ORDER = [{ createdAt: 'asc' }, { id: 'asc' }] as const satisfies Prisma.LocalLineOrderByWithRelationInput[];
const present = (lines: readonly (LocalLine | undefined)[]) => lines.filter((line) => line !== undefined);

/** What one community says of crisis lines, the oldest first. */
export async function localLines({ db, cipher }: { readonly db: TenantDb; readonly cipher: Cipher }): Promise<LocalLine[]> {
  const rows = await db.localLine.findMany({ orderBy: [...ORDER] });
  return present(rows.map((row) => read(cipher, row)));
}

/** Reads what all communities say into memory, so that `/crisis` shows it while the database is away. */
export async function loadLocalLines({ prisma, cipher, places }: Pick<World, 'prisma' | 'cipher' | 'places'>): Promise<void> {
  const { changes } = places;
  const rows = await prisma.localLine.findMany({ orderBy: [...ORDER] });
  const all = new Map<string, LocalLine[]>();
  for (const row of rows) {
    const line = read(cipher, row);
    if (line) all.set(row.communityId, [...(all.get(row.communityId) ?? []), line]);
  }
  places.keepAllLines(all, changes);
}
