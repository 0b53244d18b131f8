import { calendarOf } from './cards/calendar.js';
import type { Clock } from './clock.js';
import { feedBehind } from './core/feeds/link.js';
import { communityOfList, guideMeeting } from './core/feeds/public-list.js';
import { sessionsInFull } from './core/feeds/sessions.js';
import type { World } from './core/scope.js';
import { tenantDb } from './db/tenant.js';
import type { Feeds } from './http/feeds.js';
import { wordsFor } from './words/index.js';

/** What is read from outside, made anew each time it is asked for. */
export const makeFeeds = (world: World, clock: Clock): Feeds => ({
  async calendar(token) {
    const feed = await feedBehind(world, token);
    if (!feed) return undefined;
    const { communityId, language, isDiscreet } = feed;
    const now = clock.now();
    const listed = await sessionsInFull({ db: tenantDb(world.prisma, communityId), cipher: world.cipher }, now);
    return calendarOf({ t: wordsFor(language).t, isDiscreet }, listed, now);
  },
  async meetings(id) {
    const list = await communityOfList(world, id);
    if (!list) return undefined;
    const now = clock.now();
    const listed = await sessionsInFull({ db: tenantDb(world.prisma, list.communityId), cipher: world.cipher }, now);
    const meetings = listed.flatMap(({ session, details }) => {
      const guide = guideMeeting(session, details, list.language, now);
      return 'meeting' in guide ? [guide.meeting] : [];
    });
    return JSON.stringify(meetings);
  },
});
