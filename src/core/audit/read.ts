import { stringify } from 'csv-stringify/sync';
import type { TenantDb } from '../../db/tenant.js';
import { LOOKED } from '../pairing/shares.js';
import type { Scope } from '../scope.js';

/** Rows on one screen. */
const PAGE = 15;
/** The most recent rows that a file holds. */
const MOST = 20_000;

export interface Written {
  readonly seq: number;
  readonly at: Date;
  readonly action: string;
  /** Null: the bot itself, or somebody who is gone. */
  readonly actorId: string | null;
}

/**
 * What this coordinator may read. Not who looked at what somebody showed them, which is for that one alone; and not what was done about
 * a report of themselves, because that there is one would tell them. All else stays as they saw it before, their own acts first of
 * all: what went away would tell them, too.
 */
async function readable({ db, member }: Scope) {
  const own = await db.memberReport.findMany({
    where: { reportedId: member.id },
    select: { reporterId: true, createdAt: true, closedAt: true },
  });
  const about = own.flatMap(({ reporterId, createdAt, closedAt }) => [
    { action: 'report.read', aboutId: reporterId, at: { gte: createdAt }, actorId: { not: member.id } },
    // It is closed and written down in one transaction.
    ...(closedAt ? [{ action: { in: ['report.cleared', 'report.upheld'] }, at: closedAt }] : []),
  ]);
  return { NOT: [{ action: LOOKED }, ...about] };
}

const SHOWN = { seq: true, at: true, action: true, actorId: true } as const;

/** The trail as a coordinator reads it, the newest first. @param before a number, from which on the older ones are told */
export async function readTrail(
  scope: Scope,
  before?: number,
): Promise<{ readonly rows: readonly Written[]; readonly more: boolean }> {
  const where = { ...(await readable(scope)), ...(before !== undefined && { seq: { lt: before } }) };
  const found = await scope.db.auditEvent.findMany({ where, orderBy: { seq: 'desc' }, take: PAGE + 1, select: SHOWN });
  return { rows: found.slice(0, PAGE), more: found.length > PAGE };
}

/** The platforms' ids of members, as far as they have one on this platform. */
export async function accountsOf(
  db: TenantDb,
  members: readonly (string | null)[],
  platform: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(members)].filter((id) => id !== null);
  const rows = await db.identity.findMany({ where: { memberId: { in: ids } }, orderBy: { createdAt: 'desc' } });
  return new Map(rows.filter((row) => row.platform === platform).map(({ memberId, externalId }) => [memberId, externalId]));
}

export interface TrailFiles {
  /** RFC 4180, UTF-8 with a byte order mark, cells that begin a formula made harmless. */
  readonly csv: string;
  /** A list of objects with the same names, for programs. */
  readonly json: string;
}

/**
 * The same to keep. Who did it is told by the account on the reader's platform; `code` is what a later
 * `homegroup audit verify --head` takes to tell whether all of it is still there; the number before it keeps it from being taken
 * for a formula.
 */
export async function trailFiles(scope: Scope, platform: string): Promise<TrailFiles> {
  const where = await readable(scope);
  const rows = await scope.db.auditEvent.findMany({
    where,
    orderBy: { seq: 'desc' },
    take: MOST,
    select: { ...SHOWN, mac: true },
  });
  const accounts = await accountsOf(
    scope.db,
    rows.map(({ actorId }) => actorId),
    platform,
  );
  const lines = rows.map(({ seq, at, action, actorId, mac }) => ({
    number: seq,
    when: at.toISOString(),
    act: action,
    account: (actorId && accounts.get(actorId)) || '',
    code: `${seq}:${Buffer.from(mac).toString('base64')}`,
  }));
  const columns = ['number', 'when', 'act', 'account', 'code'];
  return {
    csv: stringify(lines, { header: true, columns, bom: true, record_delimiter: 'windows', escape_formulas: true }),
    json: `${JSON.stringify(lines, null, 2)}\n`,
  };
}
