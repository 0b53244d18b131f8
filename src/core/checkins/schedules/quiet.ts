import { UserError } from '../../../chat/errors.js';
import type { Scope } from '../../scope.js';
import { readTimeOfDay } from '../../time-of-day.js';
import { quietHoursSchema } from '../quiet-hours.js';

/**
 * Sets the hours in which the bot says nothing of its own accord, in words such as "10pm"; without them there are none.
 * @returns local times, HH:MM
 * @throws UserError when they cannot be read, or leave no hour of the day
 */
export async function setQuietHours(
  { db, member }: Scope,
  hours?: { readonly from: string; readonly to: string },
): Promise<{ from: string; to: string } | undefined> {
  const read = hours && { from: readTimeOfDay(hours.from, member.zone), to: readTimeOfDay(hours.to, member.zone) };
  if (read && !quietHoursSchema.safeParse(read).success) throw new UserError('schedule.quiet.always');
  await db.member.update({ where: { id: member.id }, data: { quietFrom: read?.from ?? null, quietTo: read?.to ?? null } });
  return read;
}
