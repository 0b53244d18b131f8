import type { Words } from '../../words/index.js';
import { consentsOf, endedConsents } from '../privacy/consents.js';
import { whoIs } from '../privacy/who.js';
import type { Scope } from '../scope.js';
import { begin, forgetIt } from './begin.js';
import { jsonOf } from './json.js';
import { pageOf } from './page.js';
import { countRows } from './rows.js';
import { jsonSchema } from './schema.js';
import { zipOf } from './zip.js';

/** How many entries an export would have now. */
export async function exportSize(scope: Scope): Promise<number> {
  const counts = await countRows(scope.db, await whoIs(scope, scope.member.id));
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** An archive of everything that is about the member, in pieces: a page to read, JSON, and what the JSON is. */
export async function* archiveOf(scope: Scope, words: Words): AsyncGenerator<Uint8Array> {
  const who = await whoIs(scope, scope.member.id);
  const agreed = (await consentsOf(scope)).map(({ what, to, since }) => ({ what, to, since }));
  const whole = { scope, who, words, agreed, ended: await endedConsents(scope), counts: await countRows(scope.db, who) };
  yield* zipOf(
    [
      { name: 'homegroup.html', parts: pageOf(whole) },
      { name: 'homegroup.json', parts: jsonOf(whole) },
      { name: 'homegroup.schema.json', parts: [jsonSchema()] },
    ],
    scope.now,
  );
}

/**
 * The archive as one file, noted in the member's history.
 * @returns undefined when it has more than `most` bytes: it stays begun, for a link to go on with
 * @throws UserError when there was one within the hour
 */
export async function exportFile(scope: Scope, words: Words, most: number): Promise<Uint8Array | undefined> {
  await begin(scope);
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of archiveOf(scope, words)) {
      size += piece.length;
      if (size > most) return undefined;
      pieces.push(piece);
    }
  } catch (error) {
    await forgetIt(scope);
    throw error;
  }
  return Buffer.concat(pieces);
}
