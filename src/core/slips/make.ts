import { UserError } from '../../chat/errors.js';
import { newCode, writeCode } from '../code.js';
import type { Scope } from '../scope.js';
import { hasCome, hasLeft, mustAllow, ownAttendance } from './attendance.js';
import { ensureSlipKey } from './keys.js';
import { stampFile } from './stamp.js';
import { digestOf, signSlip } from './token.js';
import { lookupOf, sealToken } from './vault.js';
import { minutesThere } from './windows.js';

export interface MadeSlip {
  /** For typing. */
  readonly code: string;
  /** For a QR code. */
  readonly token: string;
  /** Local, YYYY-MM-DD. */
  readonly date: string;
  readonly minutes: number;
  /** Signs the file as it is printed. */
  readonly stamp: (file: Uint8Array) => Uint8Array;
}

/**
 * Signs a slip. Of one attendance one slip is valid: the one before is withdrawn, so that nobody hands out several. Neither
 * the name nor the group is kept.
 * @throws UserError when not both taps were made, or the group gives no slips
 */
export async function makeSlip(scope: Scope, attendance: string, name: string, group: string): Promise<MadeSlip> {
  const key = await ensureSlipKey(scope);
  return scope.db.transact(async (tx) => {
    const row = await ownAttendance({ db: tx, member: scope.member }, attendance);
    const { occurrence } = row;
    mustAllow(occurrence.session);
    if (!row.leftAt || !hasCome(row, occurrence) || !hasLeft(row, occurrence)) throw new UserError('slip.notNow');
    const minutes = minutesThere(occurrence, row.cameAt, row.leftAt);
    if (minutes === 0) throw new UserError('slip.notNow');
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: occurrence.zone }).format(occurrence.startsAt);
    const code = newCode();
    const { communityId } = tx;
    const token = signSlip({ code, date, minutes, digest: digestOf(code, name, group) }, communityId, key);
    const { id } = await tx.slip.create({ data: { communityId, lookup: lookupOf(code), token: sealToken(code, token) } });
    const { count } = await tx.attendance.updateMany({ where: { id: row.id, slipId: row.slipId }, data: { slipId: id } });
    if (count === 0) throw new UserError('slip.twice');
    if (row.slipId !== null) await tx.slip.deleteMany({ where: { id: row.slipId } });
    return { code: writeCode(code), token, date, minutes, stamp: (file) => stampFile(file, communityId, key) };
  });
}

/** Makes a slip invalid, as when it went to somebody for whom it was not meant. The taps stay. @throws UserError */
export async function withdraw({ db, member }: Scope, attendance: string): Promise<void> {
  await db.transact(async (tx) => {
    const { id, slipId } = await ownAttendance({ db: tx, member }, attendance);
    if (slipId === null) return;
    const { count } = await tx.attendance.updateMany({ where: { id, slipId }, data: { slipId: null } });
    if (count > 0) await tx.slip.deleteMany({ where: { id: slipId } });
  });
}
