import { createHash, randomUUID } from 'node:crypto';
import { UserError } from '../../../chat/errors.js';
import type { TenantDb } from '../../../db/tenant.js';
import { idOfAttempt } from '../../attempt.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { claimNumbers, shiftWords } from '../vocabulary.js';
import { type Meanwhile, todayIn } from './act.js';
import { changedMeanwhile, noteChange } from './changed.js';
import { columns } from './columns.js';
import { tellOfNews } from './news.js';
import { asResource, openSuggestion, type Suggested, sealSuggestion } from './suggestion.js';
import { DECIDED, FORGET, KEPT_FOR, STILL, stillAt } from './work.js';

/** Suggestions of one member that wait at the same time. */
const MOST_OPEN = 5;

/** What the community's own list is called where no words can be chosen. No file has this name. */
export const OWN = '~own';

/**
 * Hands a service to the facilitators, who read it without who it was. Sealed until they decide.
 * @throws UserError where it cannot be reached by what is said, or five of theirs wait
 */
export async function suggestResource(scope: Scope, body: Suggested, attempt: string): Promise<void> {
  const { db, cipher, member, now } = scope;
  asResource(body, 'tried');
  const id = idOfAttempt(member.id, attempt);
  await db.transact(async (tx) => {
    const mine = await tx.resourceSuggestion.findMany({ where: { memberId: member.id, closedAt: null }, select: { id: true } });
    if (mine.some((one) => one.id === id)) return;
    if (mine.length >= MOST_OPEN) throw new UserError('resource.suggest.often');
    await tellOfNews(tx, now);
    await tx.resourceSuggestion.create({
      data: { id, communityId: tx.communityId, memberId: member.id, body: sealSuggestion(cipher, id, body), createdAt: now },
    });
    await plan(tx, { kind: STILL, subjectId: id }, stillAt(now));
  });
}

/** Adds a service to the community's own list. @returns its id */
async function add(tx: TenantDb, scope: Scope, body: Suggested): Promise<string> {
  const { now, community } = scope;
  const no = await claimNumbers(tx);
  // The same again is the same service.
  const key = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
  const resource = asResource(body, key);
  const own = { communityId: tx.communityId, name: OWN };
  const { id: sourceId } = await tx.resourceSource.upsert({
    where: { communityId_name: own },
    create: { ...own, isOwn: true, zone: community.zone, seenAt: now, skipped: 0 },
    update: { seenAt: now },
  });
  const before = await tx.resource.findFirst({ where: { sourceId, key, retiredAt: null }, select: { id: true } });
  if (before) return before.id;
  await tx.resource.updateMany({ where: { sourceId, key }, data: { key: randomUUID() } });
  const care = { communityId: tx.communityId, sourceId, no, hash: '', checkedOn: todayIn(scope) };
  const { id } = await tx.resource.create({ data: { ...columns(resource), ...care } });
  await shiftWords(tx, no, undefined, resource);
  await noteChange(tx, scope, id, 'added');
  return id;
}

/** A facilitator adds a service that they know. @returns its id @throws UserError where it cannot be reached by what is said */
export const addResource = (scope: Scope, body: Suggested): Promise<string> => scope.db.transact((tx) => add(tx, scope, body));

/**
 * Decides about a suggestion. A yes makes it a service of the community's own list, found at once. Whoever suggested it is told.
 * @param body as the facilitator put it; undefined: as it was suggested
 * @returns what somebody else decided before
 */
export async function decideSuggestion(
  scope: Scope,
  id: string,
  { yes, body }: { readonly yes: boolean; readonly body?: Suggested | undefined },
): Promise<Meanwhile> {
  const { db, cipher, now } = scope;
  return db.transact(async (tx): Promise<Meanwhile> => {
    // Of two at the same moment, one closes it.
    const taken = await tx.resourceSuggestion.updateManyAndReturn({
      where: { id, closedAt: null },
      data: { closedAt: now, outcome: yes ? 'accepted' : 'declined' },
    });
    const [row] = taken;
    if (!row?.body) {
      const before = await changedMeanwhile(tx, scope, id, 0);
      if (before) return before;
      throw new UserError('resource.review.over');
    }
    const resourceId = yes ? await add(tx, scope, body ?? openSuggestion(cipher, id, row.body)) : null;
    await tx.resourceSuggestion.updateMany({ where: { id }, data: { body: null, resourceId } });
    await noteChange(tx, scope, id, yes ? 'accepted' : 'declined');
    await plan(tx, { kind: DECIDED, subjectId: id }, now);
    await plan(tx, { kind: FORGET, subjectId: id }, new Date(now.getTime() + KEPT_FOR));
    return undefined;
  });
}
