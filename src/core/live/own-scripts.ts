import { UserError } from '../../chat/errors.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { type OwnScript, openOwn, type ReadSteps, readSteps, SCRIPT_LIMITS, sealOwn } from './scripts.js';

export interface ListedScript extends OwnScript {
  readonly id: string;
}

/** The community's own scripts, the oldest first. */
export async function listScripts({ db, cipher }: Pick<Scope, 'db' | 'cipher'>): Promise<ListedScript[]> {
  const rows = await db.sessionScript.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: SCRIPT_LIMITS.own });
  return rows.map((row) => ({ id: row.id, ...openOwn(cipher, row) }));
}

/**
 * Saves a script, in the place of the one with that id where there is one.
 * @param id made with the form, so that sending it twice saves once
 * @returns what is wrong with it, when nothing was saved
 * @throws UserError when there are too many
 */
export async function saveScript(
  scope: Scope,
  id: string,
  title: string,
  steps: string,
): Promise<Extract<ReadSteps, { ok: false }> | undefined> {
  const { db, cipher, community, now } = scope;
  const read = readSteps(steps);
  if (!read.ok) return read;
  const body = sealOwn(cipher, id, { title, steps: [...read.steps] });
  await db.transact(async (tx) => {
    const { count } = await tx.sessionScript.updateMany({ where: { id }, data: { body } });
    if (count === 0) {
      const kept = await tx.sessionScript.count();
      if (kept >= SCRIPT_LIMITS.own) throw new UserError('live.script.tooMany', { most: SCRIPT_LIMITS.own });
      await tx.sessionScript.create({ data: { id, communityId: community.id, body, createdAt: now } });
    }
    await note(tx, scope, 'script.save');
  });
  return undefined;
}

/** What runs with it goes on: a session keeps its script as it was. Twice is once. */
export async function removeScript(scope: Scope, id: string): Promise<void> {
  await scope.db.transact(async (tx) => {
    const { count } = await tx.sessionScript.deleteMany({ where: { id } });
    if (count > 0) await note(tx, scope, 'script.remove');
  });
}
