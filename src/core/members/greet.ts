import type { Scope } from '../scope.js';

/** Notes that the member was told what the bot is. @returns whether this was the first time */
export async function greet({ db, member, now }: Scope): Promise<boolean> {
  if (member.isGreeted) return false;
  const { count } = await db.member.updateMany({ where: { id: member.id, greetedAt: null }, data: { greetedAt: now } });
  return count > 0;
}
