import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../../chat/errors.js';
import type { Cipher } from '../../db/cipher.js';
import type { Pairing } from '../../db/generated/client.js';
import { apartFrom } from '../members/apart.js';
import { goingOn, holdMine } from '../pairing/keep-rhythm.js';
import { type FoundResource, lookAtResource } from '../resources/look.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { SENT } from './kinds.js';

const DAY = 24 * 3_600_000;
/** So many services in so many days are help; more are homework. */
export const MOST_SENT = 3;
const SENT_DAYS = 7;

export const sentSchema = z.object({ resource: z.uuid().describe('the service') });
const binding = (id: string) => `SentResource.details:${id}` as const;
const resourceIn = (cipher: Cipher, { id, details }: { readonly id: string; readonly details: Uint8Array }): string =>
  sentSchema.parse(JSON.parse(cipher.open(details, binding(id)))).resource;

/** Those whom the member supports now, and whom they may turn to. */
export async function menteesToSendTo(scope: Pick<Scope, 'db' | 'member'>): Promise<Pairing[]> {
  const [mine, apart] = await Promise.all([goingOn(scope), apartFrom(scope.db, scope.member.id)]);
  return mine.flatMap(({ pairing, side }) => (side === 'mentor' && !apart.has(pairing.menteeId) ? [pairing] : []));
}

/**
 * A mentor sends a service to a mentee, who is told who it was. The same one a second time is not sent again.
 * @returns whether it was new
 * @throws UserError when the pairing is over or not theirs, the mentee takes none, there were many lately, or the service is gone
 */
export async function sendResource(scope: Scope, pairingId: string, resource: string): Promise<boolean> {
  const { db, cipher, community, member, now } = scope;
  return db.transact(async (tx) => {
    const { pairing, side } = await holdMine(tx, scope, pairingId);
    if (side !== 'mentor' || (await apartFrom(tx, member.id)).has(pairing.menteeId)) throw new UserError('rhythm.problems.over');
    const found = await lookAtResource({ ...scope, db: tx }, resource);
    if (!found || found.retiredAt) throw new UserError('resource.gone');
    const sent = await tx.sentResource.findMany({ where: { pairingId } });
    if (sent.some((row) => resourceIn(cipher, row) === resource)) return false;
    if (!pairing.takesResources) throw new UserError('saved.problems.takesNone');
    const since = now.getTime() - SENT_DAYS * DAY;
    if (sent.filter(({ at }) => at.getTime() > since).length >= MOST_SENT)
      throw new UserError('saved.problems.manySent', { most: MOST_SENT });
    const id = randomUUID();
    const details = cipher.seal(JSON.stringify({ resource }), binding(id));
    const who = { fromId: pairing.mentorId, toId: pairing.menteeId };
    await tx.sentResource.create({ data: { id, communityId: community.id, pairingId, ...who, details, at: now } });
    await plan(tx, { kind: SENT, subjectId: id }, now);
    return true;
  });
}

/** What a mentor sent, as its mentee sees it. */
export interface Sent {
  readonly id: string;
  readonly pairing: Pairing;
  /** Undefined when its list was taken away; it may be retired. */
  readonly resource?: FoundResource;
}

/** Something that was sent to the member. @returns undefined when it is gone, the pairing ended or the two are kept apart */
export async function sentToMe(scope: Pick<Scope, 'db' | 'cipher' | 'member'>, id: string): Promise<Sent | undefined> {
  const { db, cipher, member } = scope;
  const row = await db.sentResource.findFirst({
    where: { id, toId: member.id, pairing: { state: 'active' } },
    include: { pairing: true },
  });
  if (!row || (await apartFrom(db, member.id)).has(row.fromId)) return undefined;
  const resource = await lookAtResource({ db, cipher }, resourceIn(cipher, row));
  return { id, pairing: row.pairing, ...(resource && { resource }) };
}

/**
 * The mentee takes services from this mentor, or none any more. The mentor is not told, and finds out no reason.
 * @throws UserError when the pairing is over, or the member is not its mentee
 */
export async function takeSent(scope: Scope, pairingId: string, isWanted: boolean): Promise<void> {
  await scope.db.transact(async (tx) => {
    const { side } = await holdMine(tx, scope, pairingId);
    if (side !== 'mentee') throw new UserError('rhythm.problems.over');
    await tx.pairing.update({ where: { id: pairingId }, data: { takesResources: isWanted } });
  });
}

/** Mentors of the member now of whom they take no services. */
export const refusedSenders = async (scope: Pick<Scope, 'db' | 'member'>): Promise<Pairing[]> =>
  (await goingOn(scope)).flatMap(({ pairing, side }) => (side === 'mentee' && !pairing.takesResources ? [pairing] : []));
