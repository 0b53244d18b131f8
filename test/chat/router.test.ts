import { codeOf, writeId } from '../../src/chat/ids.js';
import type { Block, Capabilities, Invocation, Message, Said } from '../../src/chat/index.js';
import { keepTaps } from '../../src/core/taps/keep.js';
import { type Cipher, makeCipher } from '../../src/db/cipher.js';
import { parseKeys } from '../../src/db/keys.js';
import { tenantDb } from '../../src/db/tenant.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

const can: Capabilities = { formFields: 5, fileBytes: 9_000_000, fieldErrors: false, completion: true, zone: false };
let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const says = (said: Said, as: { id?: string; admin?: boolean; space?: string; locale?: string } = {}): Invocation => ({
  platform: 'discord',
  said,
  user: { id: as.id ?? 'ana', locale: as.locale ?? 'en-US' },
  ...(as.space !== '' && { space: { id: as.space ?? 'guild' } }),
  standing: async () => ({ admin: as.admin ?? false, roles: [] }),
});
const call = (path: [string, string?], input = {}): Said => ({ kind: 'call', path, input });

/** Every word of a message. */
const words = (message: Message): string => JSON.stringify(message);
const buttons = (message: Message) =>
  message.blocks.flatMap((block: Block<string>) => (block.kind === 'buttons' ? block.buttons : []));
const idOf = (message: Message, label: string) => buttons(message).find((button) => button.label === label)?.act ?? '';

test('a form opens first, without anything being read or written', async () => {
  const before = await home.database.prisma.member.count();
  const first = home.router.plan(says(call(['checkin', 'now']), { id: 'nobody-yet' }), can);
  if (first.first !== 'form') throw new Error('no form');
  expect(first.form.fields.map(({ name, kind }) => [name, kind])).toEqual([
    ['mood', 'choice'],
    ['craving', 'choice'],
    ['halt', 'choices'],
    ['note', 'long'],
  ]);
  expect(await home.database.prisma.member.count()).toBe(before);
});

test('a form that is sent is saved, encrypted, and only its writer is shown it', async () => {
  const first = home.router.plan(says(call(['checkin', 'now'])), can);
  if (first.first !== 'form') throw new Error('no form');
  const sent = says({
    kind: 'submit',
    id: first.form.id,
    input: { mood: '7', craving: '', halt: ['tired'], note: 'a long walk' },
  });
  expect(home.router.plan(sent, can)).toEqual({ first: 'ack', show: 'private' });
  const saved = await home.router.run(sent, can);
  expect(words(saved)).toContain('7 of 10');
  const rows = await home.database.prisma.checkIn.findMany();
  expect(rows).toHaveLength(1);
  expect(Buffer.from(rows[0]?.answers ?? []).toString('latin1')).not.toContain('walk');

  const mine = await home.router.run(says(call(['checkin', 'history'])), can);
  expect(words(mine)).toContain('a long walk');
  const another = await home.router.run(says(call(['checkin', 'history']), { id: 'ben' }), can);
  expect(words(another)).not.toContain('a long walk');
});

test('what the bot is, is said once', async () => {
  const greeting = 'I am software, not a person';
  expect(words(await home.router.run(says(call(['privacy', 'show']), { id: 'cara' }), can))).toContain(greeting);
  expect(words(await home.router.run(says(call(['privacy', 'show']), { id: 'cara' }), can))).not.toContain(greeting);
});

test('a wrong value keeps what was right, and the form comes back filled in', async () => {
  const wrong = says(call(['checkin', 'now'], { mood: '11', note: 'still here' }));
  expect(home.router.plan(wrong, can)).toEqual({ first: 'ack', show: 'private' });
  const refusal = await home.router.run(wrong, can);
  expect(words(refusal)).toContain('from 0 to 10');
  expect(words(refusal)).toContain('still here');
  const again = home.router.plan(says({ kind: 'press', id: idOf(refusal, 'Fix it') }), can);
  if (again.first !== 'form') throw new Error('no form');
  expect(again.form.fields.find(({ name }) => name === 'note')?.value).toBe('still here');
  const another = home.router.plan(says({ kind: 'press', id: idOf(refusal, 'Fix it') }, { id: 'ben' }), can);
  expect(JSON.stringify(another)).not.toContain('still here');
});

test('buttons work after a restart, for their reader only, in their community only', async () => {
  for (let i = 0; i < 9; i++) await home.router.run(says(call(['checkin', 'now'], { note: `day ${i}` }), { id: 'dan' }), can);
  const page = await home.router.run(says(call(['checkin', 'history']), { id: 'dan' }), can);
  const id = idOf(page, 'Earlier ones');
  const restarted = home.restart();
  const press = { kind: 'press', id } as const;
  expect(words(await restarted.run(says(press, { id: 'dan' }), can))).toContain('day 0');
  expect(words(await restarted.run(says(press, { id: 'ben' }), can))).toContain('no longer does anything');
  expect(words(await restarted.run(says(press, { id: 'dan', space: 'elsewhere' }), can))).toContain('no longer does anything');
  expect(id).not.toContain('checkin');
});

test('a button for everybody is one of its community, and its id cannot be made without our key', async () => {
  const { database, world } = home;
  const { communityId } = await database.prisma.space.findFirstOrThrow({ where: { externalId: 'guild' } });
  const taps = [{ path: 'session.show', input: { id: communityId, local: '2035-01-01T10:00' }, isPrivate: false }];
  const keep = (cipher: Cipher) =>
    keepTaps({ db: tenantDb(database.prisma, communityId), cipher, community: { id: communityId }, now: new Date() }, taps);
  const [token = ''] = await keep(world.cipher);
  const press = { kind: 'press', id: writeId({ code: codeOf(['session', 'show']), mode: 'r', n: 0, token }) } as const;
  const here = words(await home.router.run(says(press, { id: 'ben' }), can));
  expect(here).not.toContain('no longer does anything');
  expect(words(await home.router.run(says(press, { id: 'ben', space: 'elsewhere' }), can))).toContain('no longer does anything');
  expect(await keep(makeCipher(parseKeys(Buffer.alloc(32, 9).toString('base64'))))).not.toEqual([token]);
});

test('a button is as old as our clock says: a night that comes after the clock was moved ends none of today', async () => {
  const { database, world } = home;
  const { communityId } = await database.prisma.space.findFirstOrThrow({ where: { externalId: 'guild' } });
  const now = new Date('2041-05-01T12:00:00Z');
  const reader = { db: tenantDb(database.prisma, communityId), cipher: world.cipher, community: { id: communityId }, now };
  const [id = ''] = await keepTaps(reader, [{ path: 'session.show', input: { id: communityId, local: 'x' }, isPrivate: false }]);
  expect((await database.prisma.tap.findUniqueOrThrow({ where: { id } })).createdAt).toEqual(now);
});

test.each(['', 'x', 'abcde.r0.', 'abcde.r0.AAAAAAAAAAAAAAAAAAAAAA', `${'a'.repeat(90)}`])(
  'an unknown button %j gets a sentence',
  async (id) => {
    const press = says({ kind: 'press', id });
    expect(home.router.plan(press, can)).toEqual({ first: 'ack', show: 'private' });
    expect(words(await home.router.run(press, can))).toContain('no longer does anything');
  },
);

test('a long form is asked in steps, and nothing of the first is lost by a restart', async () => {
  const admin = { id: 'olga', admin: true, space: 'new-guild' };
  const first = home.router.plan(says(call(['community', 'setup'], { zone: 'madrid' }), admin), can);
  if (first.first !== 'form') throw new Error('no form');
  expect(first.form.fields).toHaveLength(5);
  const step1 = await home.router.run(
    says({ kind: 'submit', id: first.form.id, input: { zone: 'madrid', language: 'es', country: 'España' } }, admin),
    can,
  );
  const router = home.restart();
  const second = router.plan(says({ kind: 'press', id: idOf(step1, 'Continue') }, admin), can);
  if (second.first !== 'form') throw new Error('no second form');
  expect(second.form.fields.map(({ name }) => name)).toEqual(['facilitators', 'mentors', 'coordinators']);
  const done = await router.run(says({ kind: 'submit', id: second.form.id, input: { facilitators: ['111'] } }, admin), can);
  expect(words(done)).toContain('Europe/Madrid');
  const space = await home.database.prisma.space.findFirstOrThrow({
    where: { externalId: 'new-guild' },
    include: { community: true, grants: true },
  });
  expect(space.community).toMatchObject({ zone: 'Europe/Madrid', language: 'es', country: 'ES' });
  expect(space.grants).toMatchObject([{ role: 'facilitator', externalId: '111' }]);
});

test('who may not say it is told so, and nothing runs', async () => {
  const refused = await home.router.run(says(call(['community', 'setup'], { zone: 'UTC', language: 'en' }), { id: 'ben' }), can);
  expect(words(refused)).toContain('for coordinators');
  expect(
    await home.database.prisma.auditEvent.count({
      where: { action: 'community.setup', community: { spaces: { some: { externalId: 'guild' } } } },
    }),
  ).toBe(0);
});

test('in a direct message the community is the one that the person is known in, or they are asked to say it there', async () => {
  const unknown = await home.router.run(says(call(['privacy', 'show']), { id: 'eve', space: '' }), can);
  expect(words(unknown)).toContain("I don't know yet which community");
  await home.router.run(says(call(['privacy', 'show']), { id: 'eve', space: 'guild' }), can);
  expect(words(await home.router.run(says(call(['privacy', 'show']), { id: 'eve', space: '' }), can))).toContain(
    'What is kept about you',
  );
  await home.router.run(says(call(['privacy', 'show']), { id: 'eve', space: 'guild-two' }), can);
  expect(words(await home.router.run(says(call(['privacy', 'show']), { id: 'eve', space: '' }), can))).toContain(
    'more than one community',
  );
});

test('nothing unexpected was logged', () => expect(home.logged).toEqual([]));
