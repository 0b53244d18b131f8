import { randomUUID } from 'node:crypto';
import type { Scope } from '../scope.js';
import { type Answers, answersBinding, answersSchema } from './answers.js';

/** Saves a check-in, encrypted. When this returns it is on disk. */
export async function recordCheckIn({ db, cipher, community, member, now }: Scope, answers: Answers): Promise<void> {
  const id = randomUUID();
  const sealed = cipher.seal(JSON.stringify(answersSchema.parse(answers)), answersBinding(id));
  await db.checkIn.create({
    data: { id, communityId: community.id, memberId: member.id, at: now, zone: member.zone, answers: sealed },
  });
}
