import type { TenantDb } from '../../../db/tenant.js';
import { apartFrom } from '../../members/apart.js';
import { goTogether } from '../../pairing/offerable.js';
import { pairingSettings } from '../../pairing/settings.js';
import type { OnRoster } from './roster.js';

/** Members whom nobody is brought together with: a report about them is open, or was found to be so, a facilitator keeps them from it, or they are gone. */
export async function heldBack(db: TenantDb, now: Date): Promise<ReadonlySet<string>> {
  const restricted = await db.restriction.findMany({
    where: { kind: 'volunteer', until: { gt: now } },
    select: { memberId: true },
  });
  const reports = await db.memberReport.findMany({ where: { state: { in: ['open', 'upheld'] } }, select: { reportedId: true } });
  const gone = await db.member.findMany({ where: { leftAt: { not: null } }, select: { id: true } });
  const profiles = await db.mentorProfile.findMany({ where: { heldAt: { not: null } }, select: { memberId: true } });
  return new Set([
    ...gone.map(({ id }) => id),
    ...reports.map(({ reportedId }) => reportedId),
    ...[...profiles, ...restricted].map(({ memberId }) => memberId),
  ]);
}

/** Where the community marks age bands: those of the roster who are not in the member's. Those who look after it are for everybody. */
async function ofOtherBands(db: TenantDb, memberId: string, roster: readonly OnRoster[]): Promise<string[]> {
  const settings = await pairingSettings(db);
  if (settings.ageBands.length === 0) return [];
  const volunteers = roster.filter(({ isCoordinator }) => !isCoordinator).map((one) => one.memberId);
  const rows = await db.member.findMany({
    where: { id: { in: [memberId, ...volunteers] } },
    select: { id: true, ageBand: true },
  });
  const bands = new Map(rows.map(({ id, ageBand }) => [id, ageBand]));
  return volunteers.filter((id) => !goTogether(settings, bands.get(memberId) ?? null, bands.get(id) ?? null));
}

/** Those of the roster who are not asked for this member, whatever their hours: kept apart, held back, or of another age band. */
export async function keptFrom(
  db: TenantDb,
  memberId: string,
  roster: readonly OnRoster[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const apart = await apartFrom(db, memberId);
  return new Set([...apart, ...(await heldBack(db, now)), ...(await ofOtherBands(db, memberId, roster))]);
}
