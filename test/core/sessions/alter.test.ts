import { randomUUID } from 'node:crypto';
import { readWhen } from '../../../src/chat/index.js';
import type { Scope } from '../../../src/core/scope.js';
import { cancelDate, endSession, moveDate, restoreDate, skipDate } from '../../../src/core/sessions/alter.js';
import { draftOfSession, type SessionDraft } from '../../../src/core/sessions/draft.js';
import { ensureOccurrence } from '../../../src/core/sessions/ensure.js';
import { datesIn } from '../../../src/core/sessions/find.js';
import { SESSION_LIMITS } from '../../../src/core/sessions/kinds.js';
import { linkOf } from '../../../src/core/sessions/link.js';
import { declineNaming } from '../../../src/core/sessions/naming.js';
import { saveSession } from '../../../src/core/sessions/save.js';
import { newDraft } from '../../../src/core/sessions/understand.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from './support.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = '2026-03-02T12:00:00Z';
const facilitator = async (space: string): Promise<Scope> => ({
  ...(await person(home, 'olga', NOW, space)),
  roles: new Set(['facilitator'] as const),
});
const at = { channel: 'c', platform: 'playground', user: 'olga', read: readWhen } as const;
const draftFor = (scope: Scope, over: Partial<SessionDraft> = {}): SessionDraft => ({
  ...newDraft(scope, { title: 'Tuesday steps', when: 'every Tuesday 19:00' }, at),
  ...over,
});
const localsOf = async (scope: Scope, id: string) => {
  const session = await scope.db.session.findFirstOrThrow({ where: { id } });
  const dates = await datesIn(scope.db, session, scope.now, new Date('2026-03-20T00:00:00Z'));
  return dates.filter(({ row }) => row?.state !== 'cancelled').map(({ local }) => local);
};
/** A date that Ana said yes to. */
async function yes(scope: Scope, sessionId: string, local: string) {
  const session = await scope.db.session.findFirstOrThrow({ where: { id: sessionId } });
  const ana = await person(home, 'ana', NOW, scope.space?.externalId);
  const [date] = (await datesIn(scope.db, session, scope.now, new Date('2026-03-20T00:00:00Z'))).filter(
    (one) => one.local === local,
  );
  if (!date) throw new Error('There is no such date.');
  const row = await ensureOccurrence(scope.db, session, date);
  const { communityId } = session;
  await scope.db.rsvp.create({ data: { communityId, occurrenceId: row.id, memberId: ana.member.id, state: 'going' } });
  return row;
}
const works = (kind: string, subjectId: string) => home.database.prisma.dueWork.count({ where: { kind, subjectId } });

test('the same draft saved twice, and by two at once, is one session; so is the same edit', async () => {
  const scope = await facilitator('one');
  const draft = draftFor(scope);
  await Promise.all([saveSession(scope, draft, 'playground'), saveSession(scope, draft, 'playground').catch(() => undefined)]);
  await saveSession(scope, draft, 'playground');
  expect(await scope.db.session.count({ where: {} })).toBe(1);
  const edited = { ...(await draftOfSession(scope, await scope.db.session.findFirstOrThrow({}), 'playground')), title: 'Other' };
  await saveSession(scope, edited, 'playground');
  await saveSession(scope, edited, 'playground');
  const [row] = await scope.db.session.findMany({});
  expect(row?.sequence).toBe(1);
  expect(await scope.db.auditEvent.count({ where: { action: 'session.edit' } })).toBe(1);
});

test('there is a limit with words, and nobody but who runs a session alters it', async () => {
  const scope = await facilitator('full');
  await Promise.all(Array.from({ length: SESSION_LIMITS.active }, () => makeSession(home, scope)));
  await expect(saveSession(scope, draftFor(scope), 'playground')).rejects.toThrow('session.problems.tooMany');
  const [one] = await scope.db.session.findMany({ take: 1 });
  const ana = await person(home, 'ana', NOW, 'full');
  const which = { session: one?.id ?? '', local: '2026-03-03T19:00' };
  for (const verb of [
    skipDate(ana, which),
    cancelDate(ana, which, undefined),
    moveDate(ana, which, new Date('2026-03-04T12:00:00Z')),
  ])
    await expect(verb).rejects.toThrow('session.notYours');
  await expect(endSession(ana, which.session, undefined)).rejects.toThrow('session.notYours');
  await expect(saveSession(ana, { ...draftFor(scope), id: which.session, isNew: false }, 'playground')).rejects.toThrow(
    'session.notYours',
  );
});

test('a session of another community is not there', async () => {
  const [here, there] = [await facilitator('here'), await facilitator('there')];
  const { id } = await makeSession(home, here);
  const which = { session: id, local: '2026-03-03T19:00' };
  await expect(skipDate(there, which)).rejects.toThrow('session.gone');
  await expect(linkOf(there, which)).rejects.toThrow('session.noLink');
  await expect(saveSession(there, { ...draftFor(there), id, isNew: false }, 'playground')).rejects.toThrow('session.gone');
});

test('skipped, cancelled and taken back: the date goes and comes, and who said yes keeps it', async () => {
  const scope = await facilitator('dates');
  const { id } = await makeSession(home, scope, { zone: 'UTC' });
  const [first, second] = ['2026-03-03T19:00', '2026-03-10T19:00'] as const;
  await skipDate(scope, { session: id, local: first });
  expect(await localsOf(scope, id)).toEqual([second, '2026-03-17T19:00']);
  await restoreDate(scope, { session: id, local: first });
  const row = await yes(scope, id, second);
  await skipDate(scope, { session: id, local: second });
  await skipDate(scope, { session: id, local: second });
  expect(await localsOf(scope, id)).toEqual([first, '2026-03-17T19:00']);
  expect(await works('session.off', row.id)).toBe(1);
  await restoreDate(scope, { session: id, local: second });
  await cancelDate(scope, { session: id, local: second }, 'Flooded');
  const kept = await scope.db.occurrence.findFirstOrThrow({ where: { id: row.id } });
  expect(Buffer.from(kept.changes ?? []).toString('latin1')).not.toContain('Flooded');
  expect(await scope.db.rsvp.count({ where: { occurrenceId: row.id, state: 'going' } })).toBe(1);
  await moveDate(scope, { session: id, local: second }, new Date('2026-03-11T20:00:00Z'));
  expect(await localsOf(scope, id)).toEqual([first, second, '2026-03-17T19:00']);
  expect(await works('session.moved', row.id)).toBe(1);
  await expect(moveDate(scope, { session: id, local: second }, new Date('2026-03-01T20:00:00Z'))).rejects.toThrow('past');
});

test('edited to another hour and day: who comes goes along where the day stays, and is told where it does not', async () => {
  const scope = await facilitator('edit');
  const { id } = await makeSession(home, scope, { zone: 'UTC', skips: ['2026-03-17T19:00'], rrule: 'FREQ=WEEKLY;BYDAY=TU,TH' });
  const [tuesday, thursday] = [await yes(scope, id, '2026-03-03T19:00'), await yes(scope, id, '2026-03-05T19:00')];
  const draft = await draftOfSession(scope, await scope.db.session.findFirstOrThrow({ where: { id } }), 'playground');
  const times = { rrule: 'FREQ=WEEKLY;BYDAY=TU', start: '2026-03-03', time: '20:30' };
  await saveSession(scope, { ...draft, times }, 'playground');
  const rows = await scope.db.occurrence.findMany({ where: { sessionId: id } });
  expect(rows.find((row) => row.id === tuesday.id)).toMatchObject({ local: '2026-03-03T20:30', state: 'planned' });
  expect(rows.find((row) => row.id === tuesday.id)?.startsAt.toISOString()).toBe('2026-03-03T20:30:00.000Z');
  expect(rows.find((row) => row.id === thursday.id)?.state).toBe('cancelled');
  expect([await works('session.moved', tuesday.id), await works('session.off', thursday.id)]).toEqual([1, 1]);
  expect(await localsOf(scope, id)).toEqual(['2026-03-03T20:30', '2026-03-10T20:30']);
});

test('the whole series ends with what is planned of it, and only once', async () => {
  const scope = await facilitator('end');
  const { id } = await makeSession(home, scope, { zone: 'UTC' });
  const row = await yes(scope, id, '2026-03-03T19:00');
  await endSession(scope, id, undefined);
  await endSession(scope, id, undefined);
  expect(await localsOf(scope, id)).toEqual([]);
  expect(await works('session.off', row.id)).toBe(1);
  expect(await scope.db.auditEvent.count({ where: { action: 'session.end' } })).toBe(1);
  await expect(restoreDate(scope, { session: id, local: row.local })).rejects.toThrow('session.gone');
});

test('who is named anew is told, who serves already is not, and a no takes effect for that part only', async () => {
  const scope = await facilitator('names');
  const draft = draftFor(scope, { chair: 'ana', backups: ['ben', 'olga', 'ben'] });
  await saveSession(scope, draft, 'playground');
  const namings = await scope.db.sessionNaming.findMany({ where: { sessionId: draft.id } });
  expect(namings.map(({ part }) => part).sort()).toEqual(['backup', 'chair']);
  await saveSession(scope, { ...draft, isNew: false, coChair: 'cleo', title: 'Other' }, 'playground');
  expect(await scope.db.sessionNaming.count({ where: { sessionId: draft.id } })).toBe(3);
  const chair = namings.find(({ part }) => part === 'chair');
  const [ana, ben] = [await person(home, 'ana', NOW, 'names'), await person(home, 'ben', NOW, 'names')];
  await expect(declineNaming(ben, chair?.id ?? '')).rejects.toThrow('session.gone');
  await declineNaming(ana, chair?.id ?? '');
  await declineNaming(ana, chair?.id ?? '');
  const row = await scope.db.session.findFirstOrThrow({ where: { id: draft.id } });
  expect(row.chairId).toBeNull();
  expect(row.coChairId).not.toBeNull();
  expect(await works('session.declined', chair?.id ?? '')).toBe(1);
});

test('the link of a closed session is for who said yes, who serves it and facilitators; of an open one for everybody', async () => {
  const scope = await facilitator('link');
  const draft = draftFor(scope, { isClosed: true, place: 'link', link: 'https://example.org/x', backups: ['ben'] });
  await saveSession(scope, draft, 'playground');
  const which = { session: draft.id, local: '2026-03-03T19:00' };
  const [ana, ben] = [await person(home, 'ana', NOW, 'link'), await person(home, 'ben', NOW, 'link')];
  await expect(linkOf(ana, which)).rejects.toThrow('session.linkAfterYes');
  expect(await linkOf(ben, which)).toBe('https://example.org/x');
  expect(await linkOf(scope, which)).toBe('https://example.org/x');
  await yes(scope, draft.id, which.local);
  expect(await linkOf(ana, which)).toBe('https://example.org/x');
  const open = draftFor(scope, { id: randomUUID(), place: 'link', link: 'https://example.org/y' });
  await saveSession(scope, open, 'playground');
  expect(await linkOf(await person(home, 'cleo', NOW, 'link'), { session: open.id, local: which.local })).toBe(
    'https://example.org/y',
  );
});
