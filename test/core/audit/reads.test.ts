import { randomUUID } from 'node:crypto';
import { noteReads } from '../../../src/core/audit/note.js';
import { readTrail } from '../../../src/core/audit/read.js';
import { readsOf } from '../../../src/core/audit/reads.js';
import { verifyAudit } from '../../../src/core/audit/verify.js';
import { enter } from '../../../src/core/members/enter.js';
import { reportMember } from '../../../src/core/pairing/report.js';
import { closeReport, openReports } from '../../../src/core/pairing/reports.js';
import { pairingSettings, savePairingSettings } from '../../../src/core/pairing/settings.js';
import { lookAtMember } from '../../../src/core/pairing/verify/look.js';
import type { Scope } from '../../../src/core/scope.js';
import { volunteer } from '../../support/mentors.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const at = (iso: string) => new Date(iso);
async function people() {
  const space = { id: randomUUID() };
  const of = (userId: string): Promise<Scope> =>
    enter(home.world, { platform: 'slack', userId, space }, at('2027-01-01T09:00:00Z'));
  return { fay: await of('fay'), finn: await of('finn'), ana: await of('ana'), ben: await of('ben') };
}
const on = (scope: Scope, iso: string): Scope => ({ ...scope, now: at(iso) });

test('a look is told once a day to each, by kind and role and not by whom, and never of one’s own', async () => {
  const { fay, finn, ana, ben } = await people();
  const both = [ana.member.id, ben.member.id, fay.member.id];
  await noteReads(fay.db, fay, 'request.read', both);
  await noteReads(fay.db, on(fay, '2027-01-01T23:59:00Z'), 'request.read', both);
  await noteReads(fay.db, fay, 'profile.read', [ana.member.id]);
  await noteReads(fay.db, on(fay, '2027-01-02T00:01:00Z'), 'request.read', [ana.member.id]);
  await noteReads(finn.db, on(finn, '2027-01-02T10:00:00Z'), 'request.read', [ana.member.id]);
  expect(await readsOf(ana, 9)).toEqual([
    { what: 'request.read', by: 'facilitator', at: at('2027-01-02T10:00:00Z') },
    { what: 'request.read', by: 'facilitator', at: at('2027-01-02T00:01:00Z') },
    { what: 'profile.read', by: 'facilitator', at: at('2027-01-01T09:00:00Z') },
    { what: 'request.read', by: 'facilitator', at: at('2027-01-01T09:00:00Z') },
  ]);
  expect(await readsOf(ana, 1)).toHaveLength(1);
  expect(await readsOf(ben, 9)).toHaveLength(1);
  expect(await readsOf(fay, 9)).toEqual([]);
  // Coordinators see that it was done, not of whom.
  const { rows } = await readTrail(finn);
  expect(rows).toHaveLength(5);
  expect(JSON.stringify(rows)).not.toContain(ana.member.id);
  expect((await verifyAudit(ana)).broken).toEqual([]);
});

test('who is reported finds nothing of it in the trail, and nothing that was there before goes away', async () => {
  const { fay, finn, ana, ben } = await people();
  const acts = async (scope: Scope) => (await readTrail(scope)).rows.map(({ action, actorId }) => [action, actorId]);
  const close = async (scope: Scope, reportedId: string, as: 'cleared' | 'upheld') =>
    closeReport(scope, (await ana.db.memberReport.findFirstOrThrow({ where: { reportedId } })).id, as);
  await reportMember(ana, ben.member.id, 'What happened', 'one');
  await openReports(fay);
  await openReports(finn);
  await close(fay, ben.member.id, 'cleared');
  const before = await acts(finn);
  expect(before).toHaveLength(3);
  await reportMember(on(ana, '2027-01-02T09:00:00Z'), finn.member.id, 'What else', 'two');
  await openReports(on(fay, '2027-01-02T10:00:00Z'));
  await close(on(fay, '2027-01-02T11:00:00Z'), finn.member.id, 'upheld');
  expect(await acts(finn)).toEqual(before);
  expect(await acts(fay)).toHaveLength(5);
});

test('two looks at once are told once', async () => {
  const { fay, ana } = await people();
  await Promise.all([1, 2, 3].map(() => noteReads(fay.db, fay, 'report.read', [ana.member.id])));
  expect(await readsOf(ana, 9)).toHaveLength(1);
});

test('whoever verifies reads the profile and the age band where there is one', async () => {
  const { fay, ana } = await people();
  const memberId = ana.member.id;
  await lookAtMember(fay, memberId);
  expect(await readsOf(ana, 9)).toEqual([]);
  await savePairingSettings(ana.db, { ...(await pairingSettings(ana.db)), ageBands: ['18 to 30'] });
  await ana.db.member.update({ where: { id: memberId }, data: { ageBand: '18 to 30' } });
  await volunteer(home.world, { communityId: ana.community.id, memberId, now: ana.now });
  expect(await lookAtMember(fay, memberId)).toMatchObject({ band: '18 to 30', page: { profile: { memberId } } });
  expect((await readsOf(ana, 9)).map(({ what }) => what).sort()).toEqual(['band.read', 'profile.read']);
});
