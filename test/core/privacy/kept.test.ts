import type { Block, Capabilities, Message, Text } from '../../../src/chat/index.js';
import { FACT } from '../../../src/core/checkins/missed/plan.js';
import { enter } from '../../../src/core/members/enter.js';
import { SHARED_FACT } from '../../../src/core/milestones/details.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const can: Capabilities = { formFields: 5, fileBytes: 9_000_000, fieldErrors: true, completion: true, zone: true };
const space = { id: 'T1' };

/** `/privacy show` of somebody whose platform tells these. */
const show = (id: string, told: { locale?: string; zone?: string } = {}): Promise<Message> =>
  home.router.run(
    {
      platform: 'slack',
      said: { kind: 'call', path: ['privacy', 'show'], input: {} },
      user: { id, locale: 'en-US', ...told },
      space,
      standing: async () => ({ admin: false, roles: [] }),
    },
    can,
  );
const factsOf = (message: Message): Record<string, Text> =>
  Object.fromEntries(
    message.blocks.flatMap((block: Block<string>) =>
      block.kind === 'facts' ? block.facts.map(({ label, value }) => [label, value]) : [],
    ),
  );
const scopeOf = (userId: string) => enter(home.world, { platform: 'slack', userId, space }, home.clock.now());

test('what was told and what was chosen are told apart', async () => {
  const first = factsOf(await show('ana', { locale: 'es-ES', zone: 'Asia/Tokyo' }));
  expect(first['Zona horaria']).toBe('no elegiste ninguna; se usa la que indica tu plataforma');
  const { db, member } = await scopeOf('ana');
  await db.member.update({ where: { id: member.id }, data: { zone: 'Europe/Madrid' } });
  expect(factsOf(await show('ana', { zone: 'Asia/Tokyo' }))).toMatchObject({
    'Time zone': 'Europe/Madrid',
    'Time zone that your platform tells': 'Asia/Tokyo',
    'Language that your platform tells': 'English',
  });
  expect(factsOf(await show('nobody-tells'))['Time zone']).toBe("none that you chose; the community's is used (UTC)");
});

test('when they were told what the bot is, and what else they chose', async () => {
  const before = factsOf(await show('ben'));
  expect(before).toMatchObject({
    'You were told that I am software': 'now, with this answer',
    'A look back on Sundays': 'off',
    'A private thread when you take no direct messages': 'not allowed',
  });
  const { db, member, now } = await scopeOf('ben');
  const data = { reflection: true, fallback: 'T-secret/C-secret', unreachedAt: now };
  const { greetedAt } = await db.member.update({ where: { id: member.id }, data });
  await db.checkIn.create({
    data: { communityId: db.communityId, memberId: member.id, at: now, zone: 'UTC', answers: Uint8Array.of(1) },
  });
  const after = await show('ben');
  expect(factsOf(after)).toMatchObject({
    'You were told that I am software': [{ time: greetedAt, style: 'date' }],
    'A look back on Sundays': 'on',
    'A private thread when you take no direct messages': 'allowed, in one channel, of which the id is kept',
    'A message could not reach you': [{ time: now, style: 'date' }],
  });
  await db.member.update({ where: { id: member.id }, data: { fallbackThread: 'thread-secret' } });
  expect(factsOf(await show('ben'))['A private thread when you take no direct messages']).toBe(
    'allowed, in one channel; the ids of channel and thread are kept',
  );
  expect(JSON.stringify(factsOf(after)['Check-ins'])).toContain('Each keeps its time and your time zone then.');
  expect(JSON.stringify(after)).not.toMatch(/[CT]-secret/u);
});

test('consents are said in words, and those that were taken back are counted', async () => {
  const [{ db, member }, mentor] = [await scopeOf('cara'), await scopeOf('mentor')];
  const row = { communityId: db.communityId, memberId: member.id };
  await db.consent.createMany({
    data: [
      { ...row, fact: FACT, recipient: `member:${mentor.member.id}` },
      { ...row, fact: SHARED_FACT, recipient: 'slack:C-secret' },
      { ...row, fact: SHARED_FACT, recipient: 'slack:C-older', revokedAt: home.clock.now() },
    ],
  });
  const shown = await show('cara');
  const text = JSON.stringify(shown);
  expect(text).toContain('That you went quiet, in the words of your plan → ');
  expect(text).toContain('{"mention":"mentor"}');
  expect(text).toContain('A milestone, in the words that you chose → ');
  expect(text).toContain('1 consent was taken back or has ended.');
  for (const hidden of [mentor.member.id, 'C-secret', 'C-older', FACT, SHARED_FACT]) expect(text).not.toContain(hidden);
});
