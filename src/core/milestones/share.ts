import { UserError } from '../../chat/errors.js';
import { LIMITS } from '../limits/kinds.js';
import type { Scope } from '../scope.js';
import { plan } from '../work/plan.js';
import { mayBeCalled } from './called.js';
import { SHARED_FACT, type Share } from './details.js';
import { changeMilestone } from './mine.js';

/** The kind of what is said in a channel about a milestone; its subject is the milestone. */
export const SHARE = 'milestone.share';
/** The key of the message that says it. */
export const saidKey = (consent: string): string => `${SHARE}:${consent}`;
/** How long it may take until the words are in the channel, in milliseconds; later than that nobody expects them. */
export const SHARE_WITHIN = 60 * 60_000;
/** Of one milestone; older ones can no longer be taken back here. Words are kept of the newest: no more wait to be said. */
const MOST_SHARES = 1000;
const MOST_WORDS = LIMITS.post.person.most;

export type NewShare = Pick<Share, 'consent' | 'channel' | 'words' | 'mention' | 'called'>;

function withNewest(shares: readonly Share[]): Share[] {
  const newest = new Set(shares.slice(-MOST_WORDS));
  return shares.slice(-MOST_SHARES).map((share) => (newest.has(share) ? share : { ...share, words: '' }));
}

/**
 * Says these words in that channel, once, and writes down the consent. They go out as a message of the bot's own, because an
 * answer to a press would carry the name of whoever pressed.
 * @param share `consent` is a UUID made with the preview: the same one again does nothing
 * @throws UserError
 */
export async function shareMilestone(scope: Scope, id: string, share: NewShare): Promise<void> {
  const { db, space, community, member, now } = scope;
  if (!space) throw new UserError('milestone.share.inChannel');
  const { consent } = share;
  if (await db.consent.findFirst({ where: { id: consent }, select: { id: true } })) return;
  if (share.called !== undefined) await mayBeCalled(scope, share.called);
  const said: Share = { ...share, platform: space.platform, space: space.externalId, at: now.getTime() };
  await changeMilestone(
    scope,
    id,
    (details) => ({ ...details, shares: withNewest([...details.shares, said]) }),
    async (tx) => {
      const row = { id: consent, communityId: community.id, memberId: member.id, fact: SHARED_FACT };
      await tx.consent.create({ data: { ...row, recipient: `${space.platform}:${share.channel}`, grantedAt: now } });
      await plan(tx, { kind: SHARE, subjectId: id }, now);
    },
  );
}

/** Takes the consent back; the message changes to say no more than that. Twice is once. @throws UserError when it is gone */
export async function takeBack(scope: Scope, id: string, consent: string): Promise<void> {
  const { member, now } = scope;
  await changeMilestone(
    scope,
    id,
    (details) => {
      if (!details.shares.some((share) => share.consent === consent)) throw new UserError('milestone.problems.gone');
      const shares = details.shares.map((share) =>
        share.consent === consent ? { ...share, words: '', backAt: share.backAt ?? now.getTime() } : share,
      );
      return { ...details, shares };
    },
    async (tx) => {
      await tx.consent.updateMany({ where: { id: consent, memberId: member.id, revokedAt: null }, data: { revokedAt: now } });
      await plan(tx, { kind: SHARE, subjectId: id }, now);
    },
  );
}
