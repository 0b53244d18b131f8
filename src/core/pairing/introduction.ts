import type { Pairing } from '../../db/generated/client.js';
import { dayOf } from '../../time/local.js';
import { accountOf } from '../members/behind.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { myPairing, otherOf, sideOf } from './introduce.js';
import { type MentorView, mentorView, SHOWN } from './mentor-view.js';
import { openWishes, type Wishes } from './wishes.js';
import type { Side } from './work.js';

/** What one of the two is shown before they say yes. */
export interface Introduction {
  readonly pairing: Pairing;
  readonly side: Side;
  /** Whether the reader said yes already. */
  readonly saidYes: boolean;
  /** The other one is on the reader's platform, where the two will see each other's account. */
  readonly seesAccount: boolean;
  /** What the mentee sees of the mentor, and the mentor of the mentee. Each is shown both: what they see, and what is seen of them. */
  readonly mentor?: MentorView;
  readonly wishes?: Wishes;
}

/**
 * @param platform that the reader looks from
 * @throws UserError when it is over or not theirs
 */
export async function introductionFor(scope: Scope, id: string, platform: PlatformName): Promise<Introduction> {
  const { db, cipher, member, community, now } = scope;
  const pairing = await myPairing(scope, id);
  const side = sideOf(pairing, member.id);
  const [profile, request, account] = await Promise.all([
    db.mentorProfile.findFirst({ where: { memberId: pairing.mentorId }, include: SHOWN }),
    pairing.requestId ? db.pairingRequest.findFirst({ where: { id: pairing.requestId } }) : null,
    accountOf(db, otherOf(pairing, member.id), platform),
  ]);
  return {
    ...{ pairing, side },
    saidYes: (side === 'mentee' ? pairing.menteeYesAt : pairing.mentorYesAt) !== null,
    seesAccount: account !== undefined,
    ...(profile && { mentor: mentorView(cipher, profile, dayOf(now, community.zone).toString()) }),
    ...(request && { wishes: openWishes(cipher, request) }),
  };
}
