import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { defineCommand } from '../../../commands/define.js';
import { UserError } from '../../../src/chat/errors.js';
import type { Invocation } from '../../../src/chat/index.js';
import { recordCheckIn } from '../../../src/core/checkins/record.js';
import { rotateKeys } from '../../../src/core/keys/rotate.js';
import { answerOffer } from '../../../src/core/pairing/answer.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { sendThrough } from '../../../src/core/relay/send.js';
import { importResources } from '../../../src/core/resources/import.js';
import { forgetOld } from '../../../src/core/retention/night.js';
import type { Scope } from '../../../src/core/scope.js';
import { within } from '../../../src/core/within.js';
import { type Cipher, makeCipher } from '../../../src/db/cipher.js';
import { parseKeys } from '../../../src/db/keys.js';
import type { Engine } from '../../../src/schedule/engine.js';
import { FakePlatform } from '../../schedule/support/platform.js';
import { agreed, NOW } from '../../support/agreed.js';
import { dump, tracesOf } from '../../support/dump.js';
import { volunteer } from '../../support/mentors.js';
import { offerTo } from '../../support/offers.js';
import { makeTestWorld, TEST_KEY, type TestWorld } from '../../support/world.js';
import { HSDS, recordsIn } from '../resources/list.js';

/**
 * Somebody is erased while something else happens to them. With `TEST_DATABASE_URL` the two meet in the middle of each other;
 * `RACES=100 npm test -- test/core/privacy/erase-races` is the long form.
 */
const RACES = Number(process.env.RACES ?? 1);
/** Milliseconds that an erasing takes, about: the other thing begins at any moment of it. */
const WHILE = 60;
const HOUR = 3_600_000;

/** Their check-in comes when they are gone. */
const checksInLate = defineCommand({
  path: ['checkin', 'late'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, { scope }) {
    await eraseMember(scope, scope.member.id, scope.now);
    await recordCheckIn(scope, { note: wordsOf(scope) });
    return { summary: 'saved', blocks: [] };
  },
});

const NEW_KEY = Buffer.alloc(32, 9).toString('base64');
const bothKeys = parseKeys(`${TEST_KEY},${NEW_KEY}`);
const rotated = parseKeys(`${NEW_KEY},${TEST_KEY}`);

let home: TestWorld;
let engine: Engine;
const platform = new FakePlatform();
beforeAll(async () => {
  home = await makeTestWorld([checksInLate]);
  // As every process does by the time at which keys are changed, it opens what another one sealed with the new one.
  Object.assign(home.world, { cipher: makeCipher(bothKeys) });
  home.clock.advance(NOW.getTime() - home.clock.now().getTime());
  engine = await home.connect([platform]);
});
afterAll(() => home.close());

const wordsOf = ({ member }: Scope) => `words of ${member.id}`;
const never = new AbortController().signal;

/** Who goes, and those whom they have to do with. */
interface Cast {
  readonly me: Scope;
  readonly other: Scope;
  /** The member asks for somebody, and a mentor is asked. */
  readonly asked: string;
  /** The member, a mentor, is asked. */
  readonly asks: string;
  readonly relay: string;
  /** Knows both keys, where they are being changed. */
  readonly cipher: Cipher;
}

async function cast(cipher: Cipher): Promise<Cast> {
  const { me, other, stranger } = await agreed(home);
  const { db, community } = me;
  await recordCheckIn(me, { note: wordsOf(me) });
  // Its script is made up, and opens with no key.
  await db.liveSession.deleteMany();
  await volunteer(home.world, { communityId: community.id, memberId: other.member.id, now: NOW }, {}, { capacity: 9 });
  await db.mentorProfile.updateMany({ data: { capacity: 9 } });
  const { id: request } = await db.pairingRequest.findFirstOrThrow({ where: { memberId: me.member.id } });
  const until = new Date(home.clock.now().getTime() + HOUR);
  const relay = await db.relay.findFirstOrThrow({ where: { aId: { in: [me.member.id, other.member.id] } } });
  return {
    ...{ me, other, cipher, relay: relay.id },
    asked: await offerTo(me, { menteeId: me.member.id, mentorId: other.member.id, until, known: request }),
    asks: await offerTo(me, { menteeId: stranger.member.id, mentorId: me.member.id, until }),
  };
}

const CHANGED = 'the keys are changed';

const ACTS: Readonly<Record<string, (cast: Cast) => Promise<unknown>>> = {
  'somebody accepts whom they were offered to': ({ other, asked }) => answerOffer(other, asked, 'yes'),
  'they accept somebody': ({ me, asks }) => answerOffer(me, asks, 'yes'),
  'words to them are passed on': async ({ other, relay }) => {
    await sendThrough(other, relay, 'Words to them', randomUUID());
    await engine.tick();
  },
  'words of theirs are passed on': async ({ me, relay }) => {
    await sendThrough(me, relay, wordsOf(me), randomUUID());
    await engine.tick();
  },
  'all that is due is sent': () => engine.tick(),
  'a check-in of theirs is saved': ({ me }) => recordCheckIn(me, { note: wordsOf(me) }),
  'they are erased once more': ({ me, cipher }) => eraseMember({ db: me.db, cipher }, me.member.id, home.clock.now()),
  'who goes with them is erased too': ({ other, cipher }) =>
    eraseMember({ db: other.db, cipher }, other.member.id, home.clock.now()),
  [CHANGED]: ({ cipher }) =>
    rotateKeys({ prisma: home.database.prisma, cipher, keyring: rotated, batch: 5, wait: async () => false }),
  'what is old goes by night': ({ me }) =>
    forgetOld(home.world, { subjectId: me.community.id }, new Date(NOW.getTime() + 20 * 365 * 24 * HOUR), never),
  'a list of services comes in': ({ me }) =>
    importResources(me.db, { source: { name: 'County' }, records: recordsIn(HSDS.contents), now: NOW }),
};

/** Refused with a sentence, or because the member is not there any more: `src/app.ts` says that to them. */
const isKind = (error: unknown): boolean =>
  error instanceof UserError || ['P2003', 'P2025'].includes((error as { code?: string }).code ?? '');

/** What nothing must lead to any more, and how much had been sent before. */
const gone: { readonly account: string; readonly secrets: readonly string[]; readonly sent: number }[] = [];
const traces = async (cipher = home.world.cipher) =>
  tracesOf(
    await dump(home.database.pool, cipher),
    gone.flatMap(({ secrets }) => secrets),
  );

async function race(name: string, isLate: boolean): Promise<void> {
  const cipher = name === CHANGED ? makeCipher(rotated) : home.world.cipher;
  const all = await cast(cipher);
  const { me } = all;
  const [identity] = await me.db.identity.findMany({ where: { memberId: me.member.id } });
  const account = identity?.externalId ?? '';
  let sent = 0;
  const erasing = pause(isLate ? randomInt(0, WHILE / 4) : 0).then(async () => {
    const done = await eraseMember({ db: me.db, cipher }, me.member.id, home.clock.now());
    // One may have been on its way to the platform at that moment.
    sent = platform.arrived.length + 1;
    return done;
  });
  const meanwhile = pause(isLate ? 0 : randomInt(0, WHILE)).then(() => ACTS[name]?.(all));
  const [, came] = await Promise.allSettled([erasing, meanwhile]);
  // Of two at once, one finds nobody any more.
  expect([await erasing, came.status === 'fulfilled' && came.value]).toContain(true);
  if (came.status === 'rejected' && !isKind(came.reason)) throw came.reason;
  // One is kept until it is on again, which needs a platform.
  await me.db.microphone.deleteMany();
  gone.push({ account, secrets: [me.member.id, identity?.id ?? '', account], sent });
  expect(await traces(cipher)).toEqual([]);
}

test.each(Object.keys(ACTS))('%s meanwhile: they are gone whole', async (name) => {
  for (let round = 0; round < RACES; round += 1) await race(name, round % 2 === 1);
});

test('nothing of any of them, or to them, was sent afterwards, and nothing was troubled by it', async () => {
  await home.passes(2_000);
  for (const { account, secrets, sent } of gone) {
    const after = platform.arrived.slice(sent);
    expect(after.filter(({ to }) => to.kind === 'direct' && to.user === account)).toEqual([]);
    expect(secrets.filter((secret) => new RegExp(`${secret}\\b`, 'u').test(JSON.stringify(after)))).toEqual([]);
  }
  expect(await traces()).toEqual([]);
  expect(home.logged).toEqual([]);
});

const saying = (id: string, said: Invocation['said']): Invocation => ({
  ...{ platform: 'playground', said, user: { id }, space: { id: 'place-late' } },
  standing: async () => ({ admin: false, roles: [] }),
});

test('who is erased while they say something is told that it was not kept', async () => {
  const { summary } = await home.router.run(saying('late', { kind: 'call', path: ['checkin', 'late'], input: {} }), platform.can);
  expect(summary).toContain('Everything about you was erased while you said this');
  expect(home.logged).toEqual([]);
});

test('what they typed and did not save is forgotten', async () => {
  const input = { mood: '99', note: 'unsaved words' };
  const { blocks } = await home.router.run(saying('typed', { kind: 'call', path: ['checkin', 'now'], input }), platform.can);
  const [, id = ''] = /"act":"([^"]+\.f[^"]+)"/u.exec(JSON.stringify(blocks)) ?? [];
  const formOf = (who: string) => JSON.stringify(home.router.plan(saying(who, { kind: 'press', id }), platform.can));
  expect(formOf('typed')).toContain('unsaved words');
  const { communityId, memberId } = await home.world.prisma.identity.findFirstOrThrow({ where: { externalId: 'typed' } });
  await eraseMember(within(home.world, communityId), memberId, NOW);
  expect(formOf('typed')).not.toContain('unsaved words');
});
