import { createHash } from 'node:crypto';
import type { Scope } from '../../../src/core/scope.js';
import { allowSlips } from '../../../src/core/slips/allow.js';
import { come, forget, KEPT_DAYS, leave, slipDates } from '../../../src/core/slips/attendance.js';
import { makeSlip } from '../../../src/core/slips/make.js';
import { verifySlip } from '../../../src/core/slips/verify.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from '../sessions/support.js';

/** Tuesdays at seven in New York, on 6 March 2035: midnight to one in UTC. */
const LOCAL = '2035-03-06T19:00';
const at = (time: string) => new Date(`2035-03-0${time}:00Z`);
const START = at('7T00:05');
const END = at('7T00:55');
const DAY = 86_400_000;

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const rows = ({ db }: Scope) => db.attendance.findMany({ where: {} });
async function there(space: string, name = 'ana') {
  const ana = await person(home, name, START, space);
  const { id: session } = await makeSession(home, ana);
  return { ana, session, as: (who: string, now: Date) => person(home, who, now, space) };
}
const idOf = async (scope: Scope, session: string) => (await slipDates(scope, session))[0]?.attendance ?? '';

test('two members at once, one of them twice: one row each, and each is led to their own only', async () => {
  const { ana, session, as } = await there('crowd');
  const ben = await as('ben', START);
  await Promise.all([ana, ben, ana, ben].map((scope) => come(scope, session, LOCAL)));
  expect((await rows(ana)).map(({ memberId }) => memberId).sort()).toEqual([ana.member.id, ben.member.id].sort());
  const [own, other] = [await idOf(ana, session), await idOf(ben, session)];
  expect(own).not.toBe(other);
  const late = await as('ben', END);
  for (const reach of [leave(late, own), makeSlip(late, own, 'Ben', 'Steps')])
    await expect(reach).rejects.toMatchObject({ key: 'slip.gone' });
  await forget(late, own);
  expect(await rows(ana)).toHaveLength(2);
});

test('of two slips that are asked for at once, exactly one is valid', async () => {
  const { ana, session, as } = await there('twice');
  await come(ana, session, LOCAL);
  const later = await as('ana', END);
  const id = await idOf(later, session);
  await leave(later, id);
  const made = await Promise.allSettled([makeSlip(later, id, 'A', 'S'), makeSlip(later, id, 'A', 'S')]);
  const valid = await Promise.all(
    made.map(async (one) => one.status === 'fulfilled' && (await verifySlip(home.world, one.value.code)) !== undefined),
  );
  expect(valid.filter(Boolean)).toHaveLength(1);
  expect(await later.db.slip.count({ where: {} })).toBe(1);
});

test('outside its time a tap is refused and writes nothing', async () => {
  const { ana, session, as } = await there('late');
  for (const now of [at('6T23:44'), at('7T00:16'), at('7T02:00')]) {
    const said = await come(await as('ana', now), session, LOCAL).catch((error: { key: string }) => error.key);
    expect(['slip.notNow', 'slip.gone']).toContain(said);
  }
  expect(await rows(ana)).toEqual([]);
  await come(ana, session, LOCAL);
  const id = await idOf(ana, session);
  for (const now of [at('7T00:44'), at('7T01:31')]) {
    const scope = await as('ana', now);
    await expect(leave(scope, id)).rejects.toMatchObject({ key: 'slip.notNow' });
    await expect(makeSlip(scope, id, 'Ana', 'Steps')).rejects.toMatchObject({ key: 'slip.notNow' });
  }
  expect(await rows(ana)).toMatchObject([{ leftAt: null }]);
});

test('who does not run the session cannot turn its slips off; off, nothing can be tapped or made', async () => {
  const { ana, session, as } = await there('off');
  await expect(allowSlips(ana, session, false)).rejects.toMatchObject({ key: 'session.notYours' });
  const olga: Scope = { ...(await as('olga', START)), roles: new Set(['facilitator']) };
  await allowSlips(olga, session, false);
  await allowSlips(olga, session, false);
  await expect(come(ana, session, LOCAL)).rejects.toMatchObject({ key: 'slip.off' });
  const audit = await ana.db.auditEvent.findMany({ where: {} });
  expect(audit.map(({ action, actorId }) => [action, actorId])).toEqual([['session.slipsOff', olga.member.id]]);
});

test('no roster: taps are gone after thirty days, or with their member; the slip itself leads to nobody', async () => {
  const { ana, session, as } = await there('gone');
  for (const name of ['ana', 'ben']) {
    await come(await as(name, START), session, LOCAL);
    const later = await as(name, END);
    const id = await idOf(later, session);
    await leave(later, id);
    await makeSlip(later, id, name, 'Steps');
  }
  const later = await as('ana', END);
  const { code } = await makeSlip(later, await idOf(later, session), 'Ana', 'Steps');
  const ben = await as('ben', END);
  await home.database.prisma.member.delete({ where: { id: ben.member.id } });
  expect((await rows(ana)).map(({ memberId }) => memberId)).toEqual([ana.member.id]);
  home.clock.advance(START.getTime() - home.clock.now().getTime());
  await home.connect([]);
  await home.leaps(KEPT_DAYS * DAY - 60_000);
  expect(await rows(ana)).toHaveLength(1);
  await home.leaps(120_000);
  expect(await home.database.prisma.attendance.count()).toBe(0);
  expect(await home.database.prisma.dueWork.count({ where: { kind: 'slip.forget' } })).toBe(0);
  expect(await verifySlip(home.world, code)).toMatchObject({ date: '2035-03-06', minutes: 50 });
  const kept = JSON.stringify(await ana.db.slip.findMany({ where: {} }));
  for (const secret of [ana.member.id, session, code, createHash('sha256').update(code).digest('hex')])
    expect(kept).not.toContain(secret);
});
