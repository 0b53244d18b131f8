import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Cipher } from '../../db/cipher.js';
import type { AuditEvent } from '../../db/generated/client.js';
import type { SealedAt } from '../../db/sealed.js';
import type { TenantDb } from '../../db/tenant.js';

/** The place of a row in the trail. */
export interface Link {
  readonly seq: number;
  /** Base64. */
  readonly mac: string;
}

/** Where a trail stands. */
export interface ChainState {
  /** Base64 of 32 random bytes: of this chain alone, so that it outlives the keys that seal it. */
  readonly key: string;
  readonly last: Link;
  /** The last row that was dropped for its age. */
  readonly dropped: Link;
}

export interface Chain {
  readonly id: string;
  readonly state: ChainState;
}

const NOTHING: Link = { seq: 0, mac: '' };

export const stateBinding = (id: string): SealedAt => `AuditChain.state:${id}`;

const hmac = (key: string, text: string) =>
  new Uint8Array(createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest());
const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');

/** What stands for a member in the trail, when they are gone too. */
export const tagOf = ({ key }: ChainState, memberId: string): Uint8Array<ArrayBuffer> =>
  hmac(key, `member:${memberId}`).slice(0, 16);

export type Linked = Pick<AuditEvent, 'communityId' | 'seq' | 'before' | 'actorTag' | 'action' | 'at' | 'aboutTag' | 'subjectId'>;

/** What a row's `mac` has to be. */
export function macOf({ key }: ChainState, row: Linked): Uint8Array<ArrayBuffer> {
  const { communityId, seq, before, actorTag, action, at, aboutTag, subjectId } = row;
  const content = [communityId, seq, base64(before), base64(actorTag), action, at.toISOString(), base64(aboutTag), subjectId];
  return hmac(key, `row:${JSON.stringify(content)}`);
}

/** What is added to the trail, at whatever place comes next. */
export type Unlinked = Pick<AuditEvent, 'actorId' | 'action' | 'at' | 'aboutId' | 'subjectId'>;

/** The row that comes next, and where the trail stands with it. */
export function link(state: ChainState, communityId: string, { actorId, action, at, aboutId, subjectId }: Unlinked) {
  const seq = state.last.seq + 1;
  const row = {
    ...{ communityId, seq, actorId, action, at, aboutId, subjectId },
    actorTag: actorId === null ? null : tagOf(state, actorId),
    aboutTag: aboutId === null ? null : tagOf(state, aboutId),
    before: new Uint8Array(Buffer.from(state.last.mac, 'base64')),
  };
  const mac = macOf(state, row);
  const after: ChainState = { ...state, last: { seq, mac: Buffer.from(mac).toString('base64') } };
  return { row: { ...row, mac }, after };
}

export function openState(cipher: Cipher, { id, state }: { readonly id: string; readonly state: Uint8Array }): ChainState {
  return JSON.parse(cipher.open(state, stateBinding(id))) as ChainState;
}

export async function saveState(tx: TenantDb, cipher: Cipher, { id, state }: Chain): Promise<void> {
  await tx.auditChain.update({ where: { id }, data: { state: cipher.seal(JSON.stringify(state), stateBinding(id)) } });
}

/** The chain, held until the transaction ends; undefined where there is none yet. */
async function held(tx: TenantDb, cipher: Cipher): Promise<Chain | undefined> {
  const [row] = await tx.auditChain.updateManyAndReturn({ where: {}, data: { turn: { increment: 1 } } });
  return row && { id: row.id, state: openState(cipher, row) };
}

/**
 * What was written before there were chains is chained in its order. What belonged to a chain that is gone stays as it is: chained
 * anew, it would pass for whole.
 */
async function adopt(tx: TenantDb, chain: Chain): Promise<Chain> {
  const rows = await tx.auditEvent.findMany({ where: {}, orderBy: { seq: 'asc' } });
  let { state } = chain;
  const end = rows.at(-1);
  if (end && rows.some(({ mac }) => mac.length > 0))
    return { ...chain, state: { ...state, last: { seq: end.seq, mac: Buffer.from(end.mac).toString('base64') } } };
  for (const one of rows) {
    const { row, after } = link(state, tx.communityId, one);
    await tx.auditEvent.update({ where: { id: one.id }, data: row });
    state = after;
  }
  return { ...chain, state };
}

/**
 * Takes the community's chain for this transaction, and makes it where there is none: who adds to it does so one after the
 * other. Whoever holds it should wait for nothing else.
 */
export async function holdChain(tx: TenantDb, cipher: Cipher): Promise<Chain> {
  const found = await held(tx, cipher);
  if (found) return found;
  const id = randomUUID();
  const state: ChainState = { key: randomBytes(32).toString('base64'), last: NOTHING, dropped: NOTHING };
  const data = { id, communityId: tx.communityId, state: cipher.seal(JSON.stringify(state), stateBinding(id)) };
  await tx.auditChain.createMany({ data: [data], skipDuplicates: true });
  const made = await held(tx, cipher);
  if (!made) throw new Error('The chain that was just made is not there.');
  return made.id === id ? adopt(tx, made) : made;
}
