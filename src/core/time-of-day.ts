import { UserError } from '../chat/errors.js';
import { saySchedule } from '../time/say-schedule.js';

/** One time of day, as people write it: "10pm", "22:00". @returns HH:MM @throws UserError when it cannot be read */
export function readTimeOfDay(text: string, zone: string): string {
  const said = saySchedule(text, zone);
  const time = said.ok && said.rrule === 'FREQ=DAILY' && said.times.length === 1 ? said.times[0] : undefined;
  if (!time) throw new UserError('schedule.quiet.unread', { text });
  return time.toString({ smallestUnit: 'minute' });
}
