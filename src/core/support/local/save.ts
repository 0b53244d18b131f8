import { randomUUID } from 'node:crypto';
import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Act } from '../../audit/acts.js';
import { note } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { crisisLines } from '../crisis-table.js';
import { FIRST } from '../topics.js';
import type { LineFacts, LocalLine, LocalTopic } from './line.js';
import { localLines } from './load.js';
import { canHide } from './merge.js';

/**
 * Lines of one topic in one country: more would bury those that are there. One of each that stands on the first screen, and one emergency
 * number, so that no screen holds more than four of a community's.
 */
export const mostOf = (topic: LocalTopic): number => (topic === 'emergency' || FIRST.includes(topic) ? 1 : 3);
/** Of one community. */
export const MOST = 60;

/** The day in the community's zone, at midnight UTC as columns of days hold it. */
function today({ now, community }: Scope): Date {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: community.zone, dateStyle: 'short' }).format(now);
  return new Date(`${day}T00:00:00Z`);
}

/** One change, audited, at a time in a community; then everybody on this process sees it at once, and on others within a minute. */
async function change(scope: Scope, act: Act, work: (tx: TenantDb, lines: readonly LocalLine[]) => Promise<void>): Promise<void> {
  const { db, cipher, community, places } = scope;
  const lines = await db.transact(async (tx) => {
    await tx.community.update({ where: { id: community.id }, data: { id: community.id } });
    await work(tx, await localLines({ db: tx, cipher }));
    await note(tx, scope, act);
    return localLines({ db: tx, cipher });
  });
  places.keepLines(community.id, lines);
}

const gone = () => new UserError('crisis.local.problems.gone');
const shippedLine = (id: string) => crisisLines.find((line) => line.id === id);

export interface Saying {
  /** Changes this one of theirs. */
  readonly line?: string | undefined;
  /** Corrects this one of the table. */
  readonly shipped?: string | undefined;
  /** ISO 3166-1 alpha-2, of a new one. */
  readonly country: string;
  readonly facts: LineFacts;
}

/**
 * Adds a line, changes one, or corrects one of the table. It counts as checked today.
 * @throws UserError when it is gone, or when there are as many as there can be
 */
export function saveLine(scope: Scope, { line, shipped, country, facts }: Saying): Promise<void> {
  const { cipher, community } = scope;
  return change(scope, line === undefined ? 'crisis.added' : 'crisis.changed', async (tx, lines) => {
    const before = lines.find((one) => (line === undefined ? shipped !== undefined && one.shipped === shipped : one.id === line));
    if ((line !== undefined && !before) || (shipped !== undefined && !shippedLine(shipped))) throw gone();
    const place = before?.country ?? (shipped === undefined ? country : shippedLine(shipped)?.country) ?? country;
    const alike = lines.filter((one) => one.country === place && one.facts?.topic === facts.topic && one.id !== before?.id);
    if (alike.length >= mostOf(facts.topic) || lines.length >= MOST)
      throw new UserError('crisis.local.problems.many', { most: mostOf(facts.topic) });
    const id = before?.id ?? randomUUID();
    const data = { facts: cipher.seal(JSON.stringify(facts), `LocalLine.facts:${id}`), verifiedOn: today(scope) };
    if (before) await tx.localLine.updateMany({ where: { id }, data });
    else
      await tx.localLine.create({ data: { ...data, id, communityId: community.id, country: place, shipped: shipped ?? null } });
  });
}

/** A coordinator looked: the line is as it is written. @throws UserError when it is gone */
export const checkedLine = (scope: Scope, id: string): Promise<void> =>
  change(scope, 'crisis.checked', async (tx) => {
    if ((await tx.localLine.updateMany({ where: { id }, data: { verifiedOn: today(scope) } })).count === 0) throw gone();
  });

/** Takes away what the community added, corrected or hid; a line of the table is then shown as it was. @throws UserError when it is gone */
export const removeLine = (scope: Scope, id: string): Promise<void> =>
  change(scope, 'crisis.removed', async (tx) => {
    if ((await tx.localLine.deleteMany({ where: { id } })).count === 0) throw gone();
  });

/**
 * Leaves a line of the table out.
 * @throws UserError for an emergency number, and for the last line of its topic in its country
 */
export function hideLine(scope: Scope, shipped: string): Promise<void> {
  const { community } = scope;
  return change(scope, 'crisis.hidden', async (tx, lines) => {
    const line = shippedLine(shipped);
    if (!line) throw gone();
    const table = crisisLines.filter(({ country, category }) => country === line.country && category !== 'emergency');
    if (!canHide(shipped, table, lines)) throw new UserError('crisis.local.problems.last');
    await tx.localLine.deleteMany({ where: { shipped } });
    await tx.localLine.create({ data: { communityId: community.id, country: line.country, shipped, verifiedOn: today(scope) } });
  });
}
