import { type PairingSettings, pairingSettings, savePairingSettings } from '../pairing/settings.js';
import { lookAtWaiting } from '../pairing/work.js';
import type { Scope } from '../scope.js';

/** Changes some of how the community pairs. Two who change different things at once keep both. Audited, without what. */
export async function changePairingRules(
  scope: Scope,
  change: (before: PairingSettings) => PairingSettings,
): Promise<PairingSettings> {
  const { db, community, member, now } = scope;
  return db.transact(async (tx) => {
    await lookAtWaiting(tx, now);
    await tx.community.update({ where: { id: community.id }, data: { id: community.id } });
    const settings = change(await pairingSettings(tx));
    await savePairingSettings(tx, settings);
    const action = 'community.settings.pairing';
    await tx.auditEvent.create({ data: { communityId: community.id, actorId: member.id, action, at: now } });
    return settings;
  });
}
