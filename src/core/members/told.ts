import type { Member } from '../../db/generated/client.js';
import type { TenantDb } from '../../db/tenant.js';
import { languageFor } from '../../words/index.js';
import { promiseAnew } from '../checkins/schedules/zone.js';

/** What a platform tells of somebody, where it does. */
interface Told {
  /** IANA. */
  readonly zone?: string;
  /** BCP 47. */
  readonly locale?: string;
}

/** What is written down of it. What is not told now stays as it was told before. */
export const asTold = ({ zone, locale }: Told): { toldZone?: string; language?: string } => ({
  ...(zone && { toldZone: zone }),
  ...(locale && { language: languageFor(locale) }),
});

/**
 * Writes down what the platform tells now, when it is not what it told before. Somebody who chose no zone is somewhere else
 * then, and is asked there from now on.
 */
export async function keepUp(db: TenantDb, member: Member, told: Told, now: Date): Promise<Member> {
  const fresh = asTold(told);
  const hasMoved = fresh.toldZone !== undefined && fresh.toldZone !== member.toldZone;
  const speaksElse = fresh.language !== undefined && fresh.language !== member.language;
  if (!hasMoved && !speaksElse) return member;
  return db.transact(async (tx) => {
    const updated = await tx.member.update({ where: { id: member.id }, data: fresh });
    if (hasMoved && updated.zone === null && updated.toldZone) await promiseAnew(tx, { now, member }, updated.toldZone);
    return updated;
  });
}
