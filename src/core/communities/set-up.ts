import { note } from '../audit/note.js';
import { replaceHolders } from '../members/grant.js';
import type { RoleName } from '../names.js';
import type { Scope } from '../scope.js';

export interface CommunityChoices {
  /** IANA. */
  readonly zone: string;
  /** A catalogue's language. */
  readonly language: string;
  /** ISO 3166-1 alpha-2; null: none, so that everybody is asked; undefined leaves what was set. */
  readonly country?: string | null;
  readonly labels: Labels;
  /** Platform ids of the roles or user groups that carry each of our roles; undefined leaves what was set. */
  readonly groups: Readonly<Partial<Record<RoleName, readonly string[]>>>;
}

/** The community's own words. */
export interface Labels {
  readonly sponsor: 'sponsor' | 'mentor' | 'peer';
  readonly time: 'recovery' | 'clean' | 'sober';
}

/** Saves how this community wants to be served, all of it or nothing. */
export async function setUpCommunity(scope: Scope, choices: CommunityChoices): Promise<void> {
  const { db, places, community, space, now } = scope;
  const { country, language } = await db.transact(async (tx) => {
    const saved = await tx.community.update({
      where: { id: community.id },
      data: { zone: choices.zone, language: choices.language, country: choices.country, setUpAt: now },
    });
    await tx.setting.upsert({
      where: { communityId_key: { communityId: community.id, key: 'labels' } },
      create: { communityId: community.id, key: 'labels', value: { ...choices.labels } },
      update: { value: { ...choices.labels } },
    });
    for (const [role, groups] of Object.entries(choices.groups))
      if (space) await replaceHolders(tx, space, role as RoleName, { groups });
    await note(tx, scope, 'community.setup');
    return saved;
  });
  if (space) places.learn(space.platform, space.externalId, { id: community.id, country, language });
}
