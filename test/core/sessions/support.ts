import { randomUUID } from 'node:crypto';
import { enter } from '../../../src/core/members/enter.js';
import type { Scope } from '../../../src/core/scope.js';
import { sealDetails } from '../../../src/core/sessions/details.js';
import type { Prisma, Session } from '../../../src/db/generated/client.js';
import type { TestWorld } from '../../support/world.js';

/** Somebody in a place of the playground, at an instant. */
export const person = (home: TestWorld, name: string, now: string | Date, space = 'here'): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: name, space: { id: space } }, new Date(now));

/** A session as `/session create` keeps it: Tuesdays at seven in New York for an hour, from March 2026. */
export function makeSession(
  home: Pick<TestWorld, 'world' | 'database'>,
  { community, space }: Scope,
  other: Partial<Prisma.SessionUncheckedCreateInput> = {},
): Promise<Session> {
  const id = randomUUID();
  return home.database.prisma.session.create({
    data: {
      id,
      communityId: community.id,
      spaceId: space?.id ?? '',
      details: sealDetails(home.world.cipher, id, { title: 'Tuesday steps' }),
      format: 'open',
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      start: '2026-03-03',
      time: '19:00',
      zone: 'America/New_York',
      minutes: 60,
      place: 'text',
      settled: '2026-03-01T00:00',
      ...other,
    },
  });
}
