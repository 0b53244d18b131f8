import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '../../../db/generated/client.js';
import { tenantDb } from '../../../db/tenant.js';
import { pairingSettings } from '../../pairing/settings.js';
import { retentionDays } from '../../retention/settings.js';
import type { World } from '../../scope.js';
import { localLines } from '../../support/local/load.js';
import { labelsOf } from '../labels.js';
import { type LinesThen, linesThen } from './lines.js';

/** What is set in a community, and does not come along from one that joins another. */
const SETTINGS = ['zone', 'language', 'country', 'words', 'pairing', 'retention'] as const;
export type Setting = (typeof SETTINGS)[number];

/** What a place that joins loses and keeps. */
export interface Then {
  /** What is set there in another way than where it goes. */
  readonly left: readonly Setting[];
  readonly lines: LinesThen;
}

type Tx = Prisma.TransactionClient;

const KEYS = { words: 'labels', pairing: 'pairing', retention: 'retention' } as const;

async function settingsOf(tx: Tx, id: string): Promise<Readonly<Record<Setting, unknown>>> {
  const db = tenantDb(tx, id);
  const { zone, language, country } = await tx.community.findUniqueOrThrow({ where: { id } });
  const words = await labelsOf({ db, community: { id } });
  return { zone, language, country, words, pairing: await pairingSettings(db), retention: await retentionDays(db) };
}

/** What somebody chose there. */
async function chosenIn(tx: Tx, id: string): Promise<readonly Setting[]> {
  const { setUpAt, country } = await tx.community.findUniqueOrThrow({ where: { id } });
  const kept = new Set((await tx.setting.findMany({ where: { communityId: id } })).map(({ key }) => key));
  return SETTINGS.filter((name) => {
    if (name === 'country') return country !== null;
    return name in KEYS ? kept.has(KEYS[name as keyof typeof KEYS]) : setUpAt !== null;
  });
}

/**
 * @param from of the community that is left
 * @param to of the one that stays
 */
export async function whatThen({ cipher }: Pick<World, 'cipher'>, tx: Tx, from: string, to: string): Promise<Then> {
  const [before, after] = [await settingsOf(tx, from), await settingsOf(tx, to)];
  const linesIn = (id: string) => localLines({ db: tenantDb(tx, id), cipher });
  return {
    left: (await chosenIn(tx, from)).filter((name) => !isDeepStrictEqual(before[name], after[name])),
    lines: linesThen(await linesIn(from), await linesIn(to)),
  };
}
