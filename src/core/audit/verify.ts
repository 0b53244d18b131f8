import { timingSafeEqual } from 'node:crypto';
import type { Cipher } from '../../db/cipher.js';
import { Sealed } from '../../db/cipher.js';
import type { AuditEvent } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { type ChainState, type Link, macOf, openState, tagOf } from './chain.js';

/** What is wrong with a trail, and where. */
export interface Broken {
  /**
   * `changed`: a row is not as it was written, or in another's place. `missing`: rows up to `upTo` are gone. `added`: a row that was not
   * written by us. `actor`: who did it, or to whom, was taken out or exchanged. `state`: where the trail stands cannot be read. `head`:
   * what was written down of it elsewhere is not in it.
   */
  readonly what: 'changed' | 'missing' | 'added' | 'actor' | 'state' | 'head';
  readonly seq: number;
  readonly upTo?: number;
}

export interface Verified {
  readonly rows: number;
  /** The last row, to be written down elsewhere; undefined where nothing was written yet. */
  readonly head?: Link;
  readonly broken: readonly Broken[];
}

/** Rows that are read at once. */
const PAGE = 1000;

const same = (one: Uint8Array, other: Uint8Array) => one.length === other.length && timingSafeEqual(one, other);
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

async function* rowsOf(db: TenantDb): AsyncGenerator<AuditEvent> {
  for (let after: number | undefined; ; ) {
    const where = after === undefined ? {} : { seq: { gt: after } };
    const page = await db.auditEvent.findMany({ where, orderBy: { seq: 'asc' }, take: PAGE });
    yield* page;
    after = page.at(-1)?.seq;
    if (page.length < PAGE) return;
  }
}

/** Members by what stands for them in the trail. */
async function membersByTag(db: TenantDb, state: ChainState): Promise<ReadonlyMap<string, string>> {
  const members = await db.member.findMany({ where: {}, select: { id: true } });
  return new Map(members.map(({ id }) => [Buffer.from(tagOf(state, id)).toString('base64'), id]));
}

const key = (tag: Uint8Array | null) => (tag === null ? '' : Buffer.from(tag).toString('base64'));

/** An id may be gone with its member, and is never another's. */
const fits = (members: ReadonlyMap<string, string>, tag: Uint8Array | null, id: string | null) =>
  (tag === null ? null : (members.get(key(tag)) ?? null)) === id;

/**
 * Looks through a community's whole trail. What it cannot tell: that all of the database was put back as it was once. For that,
 * `known` is the head as it was written down elsewhere.
 */
export async function verifyAudit(
  { db, cipher }: { readonly db: TenantDb; readonly cipher: Cipher },
  known?: Link,
): Promise<Verified> {
  // One look at one moment: nothing is added while it is read.
  return db.transact(
    async (tx) => {
      const row = await tx.auditChain.findFirst({ where: {} });
      const rows = await tx.auditEvent.count({ where: {} });
      if (!row) {
        // What was written before there were chains has no key; anything else lost its chain.
        const chained = await tx.auditEvent.findMany({ where: {}, orderBy: { seq: 'asc' } });
        const lost = chained.find(({ mac }) => mac.length > 0);
        return { rows, broken: lost ? [{ what: 'state', seq: lost.seq }] : known ? [{ what: 'head', seq: known.seq }] : [] };
      }
      try {
        return { rows, ...(await walk(tx, openState(cipher, row), known)) };
      } catch (error) {
        if (!(error instanceof Sealed)) throw error;
        return { rows, broken: [{ what: 'state', seq: 0 }] };
      }
    },
    { isolationLevel: 'RepeatableRead', timeout: 60_000 },
  );
}

async function walk(tx: TenantDb, state: ChainState, known: Link | undefined): Promise<Omit<Verified, 'rows'>> {
  const members = await membersByTag(tx, state);
  const broken: Broken[] = [];
  let { seq, mac } = state.dropped;
  let isKnown = known === undefined || known.seq <= state.dropped.seq;
  for await (const row of rowsOf(tx)) {
    if (row.seq <= state.dropped.seq || row.seq > state.last.seq) {
      broken.push({ what: 'added', seq: row.seq });
      continue;
    }
    if (row.seq > seq + 1) broken.push({ what: 'missing', seq: seq + 1, upTo: row.seq - 1 });
    const follows = row.seq > seq + 1 || same(row.before, bytes(mac));
    if (!follows || !same(row.mac, macOf(state, row))) broken.push({ what: 'changed', seq: row.seq });
    else if (!fits(members, row.actorTag, row.actorId) || !fits(members, row.aboutTag, row.aboutId))
      broken.push({ what: 'actor', seq: row.seq });
    if (known?.seq === row.seq && same(row.mac, bytes(known.mac))) isKnown = true;
    seq = row.seq;
    mac = Buffer.from(row.mac).toString('base64');
  }
  if (seq < state.last.seq) broken.push({ what: 'missing', seq: seq + 1, upTo: state.last.seq });
  else if (mac !== state.last.mac) broken.push({ what: 'changed', seq });
  if (!isKnown && known) broken.push({ what: 'head', seq: known.seq });
  return { ...(state.last.seq > 0 && { head: state.last }), broken };
}
