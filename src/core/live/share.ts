import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import { note } from '../audit/note.js';
import type { Scope } from '../scope.js';
import { mayRun } from '../sessions/may-run.js';
import { plan } from '../work/plan.js';
import { actorOf } from './act.js';
import { CARD, SHARE, shareBinding } from './kinds.js';
import { leads } from './machine.js';

/**
 * Shares something in writing, at any time and without a turn. One without a name is kept without who wrote it and without
 * when, so that not even a turn could tell.
 * @throws UserError when the session is over or shares need a name
 */
export async function writeShare({ db, cipher, community, member, now }: Scope, live: string, words: string, isNamed: boolean) {
  const id = randomUUID();
  const body = cipher.seal(words, shareBinding(id));
  await db.transact(async (tx) => {
    const [row] = await tx.liveSession.updateManyAndReturn({
      where: { id: live, endedAt: null },
      data: { shareCount: { increment: 1 } },
    });
    if (!row) throw new UserError('live.refused.over');
    if (!isNamed && !row.allowsUnnamed) throw new UserError('live.refused.needsName');
    const who = { memberId: isNamed ? member.id : null, createdAt: isNamed ? now : row.startedAt };
    await tx.share.create({ data: { id, communityId: community.id, liveId: live, body, ...who } });
    await plan(tx, { kind: SHARE, subjectId: id }, now);
    await plan(tx, { kind: CARD, subjectId: live }, now);
  });
}

/** Takes a written share out of the channel. Twice is once. @throws UserError when it is not theirs to do */
export async function takeDown(scope: Scope, share: string): Promise<void> {
  const { db, now, member } = scope;
  await db.transact(async (tx) => {
    const found = await tx.share.findFirst({
      where: { id: share },
      include: { live: { include: { occurrence: { include: { session: true } } } } },
    });
    if (!found) throw new UserError('live.share.gone');
    const { occurrence, chairId } = found.live;
    const chair = chairId === null ? {} : { chair: chairId };
    const isWriter = found.memberId === member.id;
    if (!isWriter && !leads(chair, actorOf(scope)) && !mayRun(scope, occurrence.session, occurrence))
      throw new UserError('live.share.notYours');
    const { count } = await tx.share.updateMany({ where: { id: share, isDown: false }, data: { isDown: true } });
    if (count === 0) return;
    await plan(tx, { kind: SHARE, subjectId: share }, now);
    // What is one's own is taken back by right, and not by a role.
    if (!isWriter) await note(tx, scope, 'live.takeDown');
  });
}
