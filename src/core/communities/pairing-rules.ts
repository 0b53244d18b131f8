import { note } from '../audit/note.js';
import { type PairingSettings, pairingSettings, savePairingSettings } from '../pairing/settings.js';
import { lookAtWaiting } from '../pairing/work.js';
import type { Scope } from '../scope.js';

/** Changes some of how the community pairs. Two who change different things at once keep both. Audited, without what. */
export async function changePairingRules(
  scope: Scope,
  change: (before: PairingSettings) => PairingSettings,
): Promise<PairingSettings> {
  const { db, community, now } = scope;
  return db.transact(async (tx) => {
    await lookAtWaiting(tx, now);
    await tx.community.update({ where: { id: community.id }, data: { id: community.id } });
    const settings = change(await pairingSettings(tx));
    await savePairingSettings(tx, settings);
    await note(tx, scope, 'community.settings.pairing');
    return settings;
  });
}
