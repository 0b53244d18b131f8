import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { note } from '../../../src/core/audit/note.js';
import { verifyAudit } from '../../../src/core/audit/verify.js';
import { enter } from '../../../src/core/members/enter.js';
import { EXACT, RETENTION, RETENTION_NAMES, type RetentionName, STAYS } from '../../../src/core/retention/kinds.js';
import { forgetOld, keptFrom, NIGHT, planNights } from '../../../src/core/retention/night.js';
import { retentionDays } from '../../../src/core/retention/settings.js';
import { Prisma } from '../../../src/db/generated/client.js';
import { tenantDb } from '../../../src/db/tenant.js';
import { dayOf } from '../../../src/time/local.js';
import { ensureRow } from '../../support/rows.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const never = new AbortController().signal;
const night = (communityId: string, now: Date, signal = never) => forgetOld(home.world, { subjectId: communityId }, now, signal);

test('every table is kept for a time, goes by itself, or stays, and it is said which', () => {
  const said = [...RETENTION_NAMES.flatMap((name) => RETENTION[name].tables), ...Object.keys(EXACT), ...Object.keys(STAYS)];
  expect(said.toSorted()).toEqual(Object.values(Prisma.ModelName).toSorted());
});

test('what is usual lies within what may be chosen', () => {
  for (const name of RETENTION_NAMES) {
    const { least, usual, most } = RETENTION[name].days;
    expect([least <= usual, usual <= most]).toEqual([true, true]);
  }
});

describe('the boundary', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Madrid',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'America/Sao_Paulo',
  );
  const instant = fc.date({ min: new Date('2008-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

  test('lies between two local days, wherever it is and whatever the clocks do', () => {
    fc.assert(
      fc.property(zone, instant, fc.nat(4_000), fc.nat(5_000 * 24 * 60), (where, now, days, ago) => {
        const before = keptFrom(now, where, days);
        const kept = dayOf(now, where).subtract({ days });
        const then = new Date(now.getTime() - ago * 60_000);
        expect(then < before).toBe(Temporal.PlainDate.compare(dayOf(then, where), kept) < 0);
        expect(dayOf(before, where).equals(kept) || where === 'Pacific/Apia').toBe(true);
        expect(Temporal.PlainDate.compare(dayOf(new Date(before.getTime() - 1), where), kept)).toBe(-1);
      }),
      { numRuns: 2_000 },
    );
  });

  test('keeps an hour that the clocks showed twice as one day, and a midnight that never was', () => {
    expect(keptFrom(new Date('2026-10-26T02:00:00Z'), 'Europe/Madrid', 1).toISOString()).toBe('2026-10-24T22:00:00.000Z');
    // In São Paulo, until 2018, summer began at midnight: that day began at one.
    expect(keptFrom(new Date('2018-11-05T06:00:00Z'), 'America/Sao_Paulo', 1).toISOString()).toBe('2018-11-04T03:00:00.000Z');
  });
});

type Cell = string | Date | null;
type Cells = Readonly<Record<string, Cell>>;

/** What makes a row of each kind old, at an instant; every other time in the database is now. */
const OLD: Readonly<Record<Exclude<RetentionName, 'audit'>, Readonly<Record<string, (at: Date) => Cells>>>> = {
  checkins: { CheckIn: (at) => ({ at }) },
  prompts: { CheckInPrompt: (dueAt) => ({ dueAt, state: 'missed' }) },
  questions: { CheckInTemplate: (retiredAt) => ({ retiredAt }) },
  answers: { GroupRound: (closedAt) => ({ closedAt }) },
  presence: { SessionNaming: (declinedAt) => ({ declinedAt }) },
  dates: { Occurrence: (startsAt) => ({ startsAt, state: 'over' }) },
  requests: { PairingRequest: (endedAt) => ({ endedAt, openFor: null }) },
  pairings: {
    Handover: (endedAt) => ({ endedAt, openFor: null }),
    Pairing: (endedAt) => ({ endedAt, state: 'ended' }),
  },
  apart: { Separation: (until) => ({ until }) },
  reports: { MemberReport: (closedAt) => ({ closedAt, state: 'cleared' }) },
  consents: { Consent: (revokedAt) => ({ revokedAt }) },
  messages: { Delivery: (endedAt) => ({ endedAt, state: 'sent' }) },
  buttons: { Tap: (createdAt) => ({ createdAt }) },
  services: {
    ResourceReport: (closedAt) => ({ closedAt }),
    ResourceSuggestion: (closedAt) => ({ closedAt }),
    Resource: (retiredAt) => ({ retiredAt, pinnedAt: null, retiredBy: 'source' }),
  },
};
const CASES = Object.entries(OLD).flatMap(([name, tables]) =>
  Object.entries(tables).map(([table, cells]) => [name as RetentionName, table, cells] as const),
);

/** Nothing in this community is older than that. */
async function makeYoung(communityId: string, now: Date): Promise<void> {
  const { pool } = home.database;
  const { rows } = await pool.query(
    `SELECT table_name AS "table", string_agg(format('%I = $1', column_name), ', ') AS sets FROM information_schema.columns c
     WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND EXISTS (
       SELECT FROM information_schema.columns WHERE table_name = c.table_name AND column_name = 'communityId')
     GROUP BY table_name`,
  );
  for (const { table, sets } of rows)
    await pool.query(`UPDATE "${table}" SET ${sets} WHERE "communityId" = $2`, [now, communityId]);
}

async function setCells(table: string, id: string, cells: Cells): Promise<void> {
  const names = Object.keys(cells);
  const sets = names.map((name, i) => `"${name}" = $${i + 2}`).join(', ');
  await home.database.pool.query(`UPDATE "${table}" SET ${sets} WHERE "id" = $1`, [id, ...Object.values(cells)]);
}

const isThere = async (table: string, id: string): Promise<boolean> =>
  ((await home.database.pool.query(`SELECT 1 FROM "${table}" WHERE "id" = $1`, [id])).rowCount ?? 0) > 0;

describe('a night', () => {
  const zone = 'Europe/Madrid';
  // The night after clocks were put back.
  const now = new Date('2026-10-26T03:00:00Z');

  test.each(CASES)('%s: of %s what is a moment too old goes, and nothing younger', async (name, table, cells) => {
    const { prisma, pool } = home.database;
    const before = keptFrom(now, zone, RETENTION[name].days.usual);
    const place = async (at: Date) => {
      const { id: communityId } = await prisma.community.create({ data: { zone } });
      const id = await ensureRow(pool, table, communityId);
      await makeYoung(communityId, now);
      await setCells(table, id, cells(at));
      await night(communityId, now);
      return { id, forgotten: await prisma.forgotten.findMany({ where: { communityId } }) };
    };
    const old = await place(new Date(before.getTime() - 1));
    expect(await isThere(table, old.id)).toBe(false);
    expect(old.forgotten).toMatchObject([{ kind: name, night: '2026-10-26', count: 1 }]);
    const young = await place(before);
    expect(await isThere(table, young.id)).toBe(true);
    expect(young.forgotten).toEqual([]);
  });

  test('who said that they would come goes with the day of the session, and the date stays', async () => {
    const { prisma, pool } = home.database;
    const before = keptFrom(now, zone, RETENTION.presence.days.usual);
    for (const [at, left] of [
      [new Date(before.getTime() - 1), false],
      [before, true],
    ] as const) {
      const { id: communityId } = await prisma.community.create({ data: { zone } });
      const [rsvp, ask] = [await ensureRow(pool, 'Rsvp', communityId), await ensureRow(pool, 'ChairAsk', communityId)];
      await makeYoung(communityId, now);
      await prisma.occurrence.updateMany({ where: { communityId }, data: { startsAt: at, state: 'over' } });
      await night(communityId, now);
      expect([await isThere('Rsvp', rsvp), await isThere('ChairAsk', ask)]).toEqual([left, left]);
      expect(await prisma.occurrence.count({ where: { communityId } })).toBe(1);
    }
  });

  test('of the audit trail the beginning goes, and the rest can be verified', async () => {
    const user = { platform: 'slack', userId: 'coordinator', space: { id: randomUUID() } } as const;
    const scope = await enter(home.world, user, now);
    const before = keptFrom(now, scope.community.zone, RETENTION.audit.days.usual);
    for (const at of [new Date(before.getTime() - 1), before, now])
      await note(scope.db, { ...scope, now: at }, 'community.setup');
    await night(scope.community.id, now);
    expect((await scope.db.auditEvent.findMany({ orderBy: { seq: 'asc' } })).map(({ at }) => at)).toEqual([before, now]);
    expect(await verifyAudit(scope)).toMatchObject({ rows: 2, broken: [] });
  });

  test('open and upheld things stay, however old they are', async () => {
    const { prisma, pool } = home.database;
    const { id: communityId } = await prisma.community.create({ data: { zone } });
    const tables = [
      'PairingRequest',
      'Pairing',
      'MemberReport',
      'Delivery',
      'Milestone',
      'Goal',
      'MentorProfile',
      'CheckInPrompt',
    ];
    for (const table of tables) await ensureRow(pool, table, communityId);
    await makeYoung(communityId, new Date(0));
    await prisma.memberReport.updateMany({ where: { communityId }, data: { state: 'upheld' } });
    const before = await Promise.all(tables.map(async (table) => [table, await ensureRow(pool, table, communityId)] as const));
    await night(communityId, now);
    for (const [table, id] of before) expect([table, await isThere(table, id)]).toEqual([table, true]);
  });

  test('that is ended in the middle goes on, and counts each row once', async () => {
    const { prisma } = home.database;
    const { id: communityId } = await prisma.community.create({ data: { zone } });
    const { id: memberId } = await prisma.member.create({ data: { communityId } });
    const row = (at: Date) => ({ communityId, memberId, at, zone, answers: new Uint8Array(1) });
    const old = keptFrom(now, zone, RETENTION.checkins.days.usual + 1);
    await prisma.checkIn.createMany({ data: Array.from({ length: 1_300 }, () => row(old)) });
    await prisma.checkIn.createMany({ data: [row(now), row(now)] });
    let looks = 0;
    const signal = {
      throwIfAborted() {
        looks += 1;
        if (looks > 2) throw new Error('stopped');
      },
    } as AbortSignal;
    await expect(night(communityId, now, signal)).rejects.toThrow('stopped');
    expect(await prisma.checkIn.count({ where: { communityId } })).toBe(302);
    const { next } = await night(communityId, now);
    expect(await prisma.checkIn.count({ where: { communityId } })).toBe(2);
    expect(await prisma.forgotten.findMany({ where: { communityId } })).toMatchObject([{ kind: 'checkins', count: 1_300 }]);
    expect(next && dayOf(next, zone).toString()).toBe('2026-10-27');
  });

  test('holds to what the community chose, and to what may be chosen', async () => {
    const { prisma } = home.database;
    const { id: communityId } = await prisma.community.create({ data: { zone } });
    await prisma.setting.create({ data: { communityId, key: 'retention', value: { checkins: 90, audit: 1, nonsense: 'x' } } });
    const days = await retentionDays(tenantDb(prisma, communityId));
    expect(days).toMatchObject({ checkins: 90, audit: RETENTION.audit.days.usual, messages: RETENTION.messages.days.usual });
    expect(Object.keys(days).toSorted()).toEqual([...RETENTION_NAMES].toSorted());
  });

  test('is planned for every community once, and is over with it', async () => {
    const { prisma } = home.database;
    const { id } = await prisma.community.create({ data: { zone } });
    await planNights(prisma, now);
    await planNights(prisma, new Date(now.getTime() + 3_600_000));
    const planned = await prisma.dueWork.findMany({ where: { kind: NIGHT, subjectId: id } });
    expect(planned).toHaveLength(1);
    expect(dayOf(planned[0]?.dueAt ?? now, zone).toString()).toBe('2026-10-27');
    await prisma.community.delete({ where: { id } });
    expect(await night(id, now)).toEqual({ next: null });
  });
});
