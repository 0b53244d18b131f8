import { randomUUID } from 'node:crypto';
import type { TenantDb } from '../../db/tenant.js';
import { isUniqueViolation } from '../../db/unique.js';
import { idOfAttempt } from '../attempt.js';
import type { Scope } from '../scope.js';
import { type Answers, answersBinding, answersSchema, QUICK } from './answers.js';
import { heardFrom } from './missed/heard.js';
import { endPrompts } from './prompts/end.js';

export interface CheckInSource {
  /** Name of a built-in template, or the id of an own one; the quick check-in without it. */
  readonly template?: string;
  /** The prompt that asked for it. */
  readonly promptId?: string;
  /** The same for the same check-in when saving it is tried again; without it, each is one of its own. */
  readonly attempt?: string;
}

/** The prompt, if it is the member's and was not answered yet; else the check-in stands for itself. */
async function promptOf(tx: TenantDb, memberId: string, promptId: string | undefined): Promise<string | null> {
  if (promptId === undefined) return null;
  const prompt = await tx.checkInPrompt.findFirst({ where: { id: promptId, memberId }, select: { id: true } });
  const answered = prompt && (await tx.checkIn.findFirst({ where: { promptId }, select: { id: true } }));
  return prompt && !answered ? prompt.id : null;
}

/**
 * Saves a check-in, encrypted. When this returns it is on disk, and nothing that was asked before is asked again: whoever
 * checks in by themselves has answered too. An answer that comes late, or twice, is a check-in as well.
 */
export async function recordCheckIn(
  scope: Scope,
  answers: Answers,
  { template = QUICK, promptId, attempt }: CheckInSource = {},
): Promise<void> {
  const { db, cipher, community, member, now } = scope;
  const id = attempt === undefined ? randomUUID() : idOfAttempt(member.id, attempt);
  const sealed = cipher.seal(JSON.stringify(answersSchema.parse(answers)), answersBinding(id));
  const row = { id, communityId: community.id, memberId: member.id, at: now, zone: member.zone, template, answers: sealed };
  const save = (asked: string | undefined) =>
    db.transact(async (tx) => {
      await tx.checkIn.create({ data: { ...row, promptId: await promptOf(tx, member.id, asked) } });
      await endPrompts(tx, { memberId: member.id, ...(asked !== undefined && { promptId: asked }) }, 'answered', now);
      await heardFrom(tx, member.id, now);
    });
  try {
    await save(promptId);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    if (await db.checkIn.findFirst({ where: { id }, select: { id: true } })) return;
    // Two answers to one prompt at the same moment: the second stands for itself.
    await save(undefined);
  }
}
