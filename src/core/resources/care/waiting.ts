import type { ResourceTrouble } from '../../../db/generated/enums.js';
import { FEW, type Told } from '../../communities/report.js';
import type { Scope } from '../../scope.js';
import { type FoundResource, lookAtResource } from '../look.js';
import { changeCount } from './changed.js';
import { wordsBinding } from './report.js';
import { TROUBLES } from './settle.js';
import { openSuggestion, type Suggested } from './suggestion.js';

/** What members found wrong with a service, without who. */
export interface ReportedService {
  readonly resource: FoundResource;
  /** How much was done to it so far. */
  readonly seen: number;
  /** When the first of them came. */
  readonly since: Date;
  readonly troubles: readonly { readonly what: ResourceTrouble; readonly members: Told }[];
  /** In members' own words, those of one member apart from each other. */
  readonly words: readonly string[];
}

export interface WaitingSuggestion {
  readonly id: string;
  readonly since: Date;
  readonly suggested: Suggested;
}

export type WaitingOne = ({ readonly kind: 'service' } & ReportedService) | ({ readonly kind: 'suggestion' } & WaitingSuggestion);

/** Among a few, everybody could guess who it was. */
const tell = (members: number): Told => (members < FEW ? 'few' : members);

/** What is reported of a service; undefined where it is not this community's. */
export async function reportedService(scope: Scope, resourceId: string): Promise<ReportedService | undefined> {
  const { db, cipher, now } = scope;
  const resource = await lookAtResource(scope, resourceId);
  if (!resource) return undefined;
  const rows = await db.resourceReport.findMany({ where: { resourceId, openFor: { not: null } }, orderBy: { createdAt: 'asc' } });
  return {
    resource,
    seen: await changeCount(db, resourceId),
    since: rows[0]?.createdAt ?? now,
    troubles: TROUBLES.map((what) => ({ what, count: rows.filter((row) => row.what === what).length }))
      .filter(({ count }) => count > 0)
      .map(({ what, count }) => ({ what, members: tell(count) })),
    // In no order that would show which of them belong together.
    words: rows.flatMap(({ id, words }) => (words ? [cipher.open(words, wordsBinding(id))] : [])).toSorted(),
  };
}

interface Turn {
  readonly id: string;
  readonly kind: WaitingOne['kind'];
  readonly since: Date;
}

/** What waits, the oldest first. */
async function turns({ db }: Scope): Promise<readonly Turn[]> {
  const [services, suggestions] = await Promise.all([
    db.resourceReport.groupBy({ by: ['resourceId'], where: { openFor: { not: null } }, _min: { createdAt: true } }),
    db.resourceSuggestion.findMany({ where: { closedAt: null }, select: { id: true, createdAt: true } }),
  ]);
  const all: Turn[] = [
    ...services.flatMap(({ resourceId, _min: { createdAt } }): Turn[] =>
      createdAt ? [{ id: resourceId, kind: 'service', since: createdAt }] : [],
    ),
    ...suggestions.map(({ id, createdAt }): Turn => ({ id, kind: 'suggestion', since: createdAt })),
  ];
  return all.toSorted((a, b) => a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1));
}

async function one(scope: Scope, { id, kind, since }: Turn): Promise<WaitingOne | undefined> {
  if (kind === 'service') {
    const found = await reportedService(scope, id);
    return found && { kind, ...found };
  }
  const row = await scope.db.resourceSuggestion.findFirst({ where: { id, closedAt: null }, select: { body: true } });
  return row?.body ? { kind, id, since, suggested: openSuggestion(scope.cipher, id, row.body) } : undefined;
}

/** A part of what waits for facilitators, the oldest first, and how much there is. */
export async function waitingForReview(
  scope: Scope,
  from: number,
  most: number,
): Promise<{ readonly waiting: readonly WaitingOne[]; readonly total: number }> {
  const all = await turns(scope);
  const waiting: WaitingOne[] = [];
  for (const turn of all.slice(from, from + most)) {
    const found = await one(scope, turn);
    if (found) waiting.push(found);
  }
  return { waiting, total: all.length };
}
