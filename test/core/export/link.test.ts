import { commands } from '../../../commands/index.js';
import { makeApp } from '../../../src/app.js';
import { exportLink, LINK_HOLDS, linkInstead, linkWaits, takeLink } from '../../../src/core/export/link.js';
import { exportFile } from '../../../src/core/export/make.js';
import { enter } from '../../../src/core/members/enter.js';
import { consentsOf, revokeConsent } from '../../../src/core/privacy/consents.js';
import { forgetOld } from '../../../src/core/retention/night.js';
import type { Scope, World } from '../../../src/core/scope.js';
import { wordsFor } from '../../../src/words/index.js';
import { silentLog } from '../../support/log.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** A link to an export works once, for an hour, and ends whenever its member wants it to. */

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const NOW = new Date('2027-05-03T22:30:00Z');
let people = 0;
const member = (): Promise<Scope> =>
  enter(home.world, { platform: 'playground', userId: `person${++people}`, space: { id: 'home' } }, NOW);
const waits = (token: string, now = NOW) => linkWaits(home.world, token, now);

test('of two at once one gets it, for the member who asked', async () => {
  const me = await member();
  const token = await exportLink(me);
  const taken = await Promise.all([takeLink(home.world, token, NOW), takeLink(home.world, token, NOW)]);
  const got = taken.filter((one) => one !== undefined);
  expect(got).toHaveLength(1);
  expect(got[0]?.scope.member.id).toBe(me.member.id);
  expect(got[0]?.scope.roles.size).toBe(0);
});

test('a new link ends the one before, also of two at once', async () => {
  const me = await member();
  const tokens = [await exportLink(me), ...(await Promise.all([exportLink(me), exportLink(me)]))];
  const left = await Promise.all(tokens.map((token) => waits(token)));
  expect(left.filter(Boolean)).toHaveLength(1);
  expect(left[0]).toBe(false);
});

test('one export an hour, by link or as a file; what was too large goes on by link', async () => {
  const me = await member();
  expect(await exportFile(me, wordsFor('en'), 100)).toBeUndefined();
  await takeLink(home.world, await linkInstead(me), NOW);
  await expect(exportLink(me)).rejects.toMatchObject({ key: 'export.lately' });
  expect(await waits(await exportLink({ ...me, now: new Date(NOW.getTime() + LINK_HOLDS) }))).toBe(true);
});

test('it is among the consents, and ends there, with the member and in the night after its hour', async () => {
  const [me, gone, late] = [await member(), await member(), await member()];
  const tokens = [await exportLink(me), await exportLink(gone), await exportLink(late)];
  const [held] = await consentsOf(me);
  expect(held).toMatchObject({ kind: 'exportLink', what: 'exportLink', to: 'self' });
  await revokeConsent(late, 'exportLink', String(held?.id));
  expect(await waits(String(tokens[0]))).toBe(true);
  await revokeConsent(me, 'exportLink', String(held?.id));
  await gone.db.member.delete({ where: { id: gone.member.id } });
  expect(await Promise.all(tokens.map((token) => waits(token)))).toEqual([false, false, true]);
  const after = new Date(NOW.getTime() + LINK_HOLDS + 1);
  expect(await consentsOf({ ...late, now: after })).toEqual([]);
  await forgetOld(home.world, { subjectId: late.community.id }, after, new AbortController().signal);
  expect(await late.db.exportLink.count({ where: { memberId: late.member.id } })).toBe(0);
});

test('what a platform does not take as a file is handed over by a link; without an address of ours, the member is told whom to ask', async () => {
  const can = { formFields: 5, fileBytes: 100, fieldErrors: true, completion: true, zone: true };
  const path = ['privacy', 'export-file'] as const;
  const { site, ...withoutSite } = home.world;
  const make = async (world: World, id = `large${++people}`) => {
    const router = makeApp({ world, commands, clock: { now: () => NOW }, log: silentLog() });
    const user = { id, locale: 'en' };
    const standing = async () => ({ admin: false, roles: [] });
    const said = { kind: 'call', path, input: {} } as const;
    return JSON.stringify(await router.run({ platform: 'playground', said, user, space: { id: 'home' }, standing }, can));
  };
  const large = await make(home.world);
  expect(large).toContain('It is too large to be sent here. You can fetch it at this address, once, within an hour:');
  expect(await waits(/\/export\/([\w-]+)/u.exec(large)?.[1] ?? '')).toBe(true);
  expect(large).toContain(`${site?.url}/export/`);
  const nowhere = await make(withoutSite);
  expect(nowhere).toContain('It is too large to be sent here. For a link to it I need an address of my own');
  expect(nowhere).not.toContain('/export/');
  // Nothing came of it, so nobody waits an hour.
  expect(await make(withoutSite, `large${people}`)).toContain('It is too large to be sent here.');
});
