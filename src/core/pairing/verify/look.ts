import { noteReads } from '../../audit/note.js';
import type { Scope } from '../../scope.js';
import { type MentorPage, mentorPage } from '../mentor/profile.js';
import { pairingSettings } from '../settings.js';

/** What a facilitator sees of a member. */
export interface Looked {
  /** With the numbers of certificates, which nobody else sees. */
  readonly page?: MentorPage;
  /** Those that the community marks. */
  readonly ageBands: readonly string[];
  /** The member's, where it is one of them. */
  readonly band?: string;
}

/** A facilitator looks at a member, in order to vouch for what they say. The member is told what was read. */
export async function lookAtMember(scope: Scope, memberId: string): Promise<Looked> {
  const { db } = scope;
  const page = await mentorPage(scope, memberId);
  const { ageBands } = await pairingSettings(db);
  const { ageBand } = await db.member.findUniqueOrThrow({ where: { id: memberId } });
  const band = ageBands.find((one) => one === ageBand);
  if (page) await noteReads(db, scope, 'profile.read', [memberId]);
  if (band !== undefined) await noteReads(db, scope, 'band.read', [memberId]);
  return { ageBands, ...(page && { page }), ...(band !== undefined && { band }) };
}
