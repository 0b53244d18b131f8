import type { Config } from '../config.js';
import { type Returned, returned } from '../core/privacy/again.js';
import { makeCipher } from '../db/cipher.js';
import type { FoundDatabase } from '../db/open.js';
import { lookAtKeys } from '../db/verify-keys.js';
import { canNote, readJournal } from '../erasures.js';
import { keySourceOf } from '../key-source.js';
import { type Finding, look, ok } from './finding.js';

export const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** How many came back, for the operator; never who. */
export const describeReturned = ({ members, communities }: Returned): string =>
  [
    plural(members.length, 'person', 'people'),
    ...(communities.length > 0 ? [plural(communities.length, 'community', 'communities')] : []),
  ].join(' and ');

export const isEmpty = ({ members, communities }: Returned): boolean => members.length + communities.length === 0;

/** Whether erasings can be written down, and whether a backup brought somebody back. */
export async function* lookAtJournal({ prisma }: FoundDatabase, config: Config): AsyncGenerator<Finding> {
  const { erasuresFile: file } = config;
  if (!(await canNote(file)))
    yield look(`Nothing can be written into ${file} (ERASURES_FILE): a backup would bring back people who were erased since.`);
  const { digests, damaged } = (await readJournal(file)) ?? { digests: new Set<string>(), damaged: [] };
  if (damaged.length > 0)
    yield look(`${file} (ERASURES_FILE) is damaged in ${plural(damaged.length, 'line', 'lines')}: put back a whole copy of it.`);
  const found = digests.size > 0 && (await lookAtKeys(prisma, await keySourceOf(config)));
  if (!found) return;
  const back = await returned({ prisma, cipher: makeCipher(found.keyring) }, digests);
  yield isEmpty(back)
    ? ok(`${plural(digests.size, 'erasing', 'erasings')} in ${file}, and nobody of them is in the database.`)
    : look(`Erased before and in the database again: ${describeReturned(back)}. A backup was put back: homegroup erase again`);
}
