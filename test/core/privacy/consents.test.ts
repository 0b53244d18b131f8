import { randomUUID } from 'node:crypto';
import { firstShare } from '../../../src/core/live/kinds.js';
import { takeDown, writeShare } from '../../../src/core/live/share.js';
import { beginLive } from '../../../src/core/live/start.js';
import { openDetails } from '../../../src/core/milestones/details.js';
import { removeMilestone } from '../../../src/core/milestones/set.js';
import { SHARE as MILESTONE_SHARE, saidKey, shareMilestone } from '../../../src/core/milestones/share.js';
import { SHOWN } from '../../../src/core/pairing/shares.js';
import { AUDIENCES, REMEMBERED } from '../../../src/core/privacy/consent.js';
import { CONSENTS, consentsOf, endedConsents, NO_CONSENT, revokeConsent } from '../../../src/core/privacy/consents.js';
import { eraseMember } from '../../../src/core/privacy/erase.js';
import { PERSONAL_TABLES } from '../../../src/core/privacy/tables.js';
import { TAKE_OUT } from '../../../src/core/privacy/take-out.js';
import { RELAY } from '../../../src/core/relay/kinds.js';
import { sendThrough } from '../../../src/core/relay/send.js';
import type { Scope } from '../../../src/core/scope.js';
import { cardKey, DATE_CARD } from '../../../src/core/sessions/work.js';
import { makeNotices } from '../../../src/notices/index.js';
import { languages, wordsFor } from '../../../src/words/index.js';
import { FakePlatform } from '../../schedule/support/platform.js';
import { type Agreed, agreed, LATER, NOW } from '../../support/agreed.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';

/** Somebody who agreed to everything there is, and takes it back. */

let home: TestWorld;
beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());

const everything = () => agreed(home);

/** What a message would say now, rendered anew. */
async function rendered(kind: string, subjectId: string, to: Scope, once = 'once'): Promise<'sent' | 'dropped'> {
  const about = { id: subjectId, communityId: to.community.id, kind, subjectId, memberId: to.member.id };
  const rest = { platform: 'playground' as const, once, dueAt: NOW, expiresAt: LATER, reason: null, tries: 0, faults: 0 };
  const what = await makeNotices(home.world)[kind]?.render?.({ ...about, ...rest }, NOW);
  return what && 'reply' in what ? 'sent' : 'dropped';
}

test('every table of a member is something that they agree to, or says why not', () => {
  const shared = Object.values(CONSENTS).map(({ table }) => table);
  const said = [...new Set([...shared, ...Object.keys(NO_CONSENT)])];
  expect(said.sort()).toEqual([...PERSONAL_TABLES].sort());
  expect(shared.filter((table) => table in NO_CONSENT)).toEqual([]);
  expect(Object.values(NO_CONSENT).filter((why) => why.trim() === '')).toEqual([]);
});

test('what it is and who sees it have words in every language', () => {
  const whats = [...Object.values(CONSENTS).flatMap((kind) => kind.whats), ...Object.keys(REMEMBERED), 'other'];
  for (const language of languages) {
    const { has } = wordsFor(language);
    expect(whats.filter((what) => !has(`privacy.facts.${what}`))).toEqual([]);
    expect(AUDIENCES.filter((to) => !has(`privacy.to.${to}`))).toEqual([]);
  }
});

test('each kind that there is is listed, with what, to whom and since when', async () => {
  const { me, other } = await everything();
  const all = await consentsOf(me);
  expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual(Object.keys(CONSENTS).sort());
  for (const one of all) {
    expect(one.since).toBeInstanceOf(Date);
    if (one.kind !== 'other') expect(CONSENTS[one.kind].whats).toContain(one.what);
  }
  expect(all.find(({ what }) => what === 'share.mood')).toMatchObject({ to: 'mentor', memberId: other.member.id, since: NOW });
  // Nothing of it is somebody else's word, place or account.
  expect(JSON.stringify(all)).not.toMatch(/secret|words|Mark|Ten/u);
  // Where the bot has forgotten what one was for, it is still told, and ends.
  const { id } = await me.db.consent.create({
    data: { communityId: me.community.id, memberId: me.member.id, fact: 'gone.one', recipient: 'x' },
  });
  expect((await consentsOf(me)).filter((one) => one.id === id)).toMatchObject([{ kind: 'other' }]);
  expect(await revokeConsent(me, 'other', id)).toMatchObject({ what: 'other' });
});

test('each is taken back by itself, twice is once, and nobody else can', async () => {
  const { me, stranger, later } = await everything();
  const before = await consentsOf(me);
  for (const { kind, id } of before) expect(await revokeConsent(stranger, kind, id)).toBeUndefined();
  expect(await consentsOf(me)).toEqual(before);
  for (const { kind, id } of before) {
    // Ending a pairing ends what hangs on it.
    const still = (await consentsOf(later)).some((one) => one.kind === kind && one.id === id);
    const taken = await revokeConsent(later, kind, id);
    expect({ kind, taken: taken !== undefined }).toEqual({ kind, taken: still });
    expect((await consentsOf(later)).filter((one) => one.kind === kind && one.id === id)).toEqual([]);
    expect(await revokeConsent(later, kind, id)).toBeUndefined();
  }
  expect(await consentsOf(later)).toEqual([]);
});

test('what waits to be sent is not sent after it was taken back', async () => {
  const { me, other, later } = await everything();
  const { db } = me;
  const all = await consentsOf(me);
  const idOf = (kind: string, what?: string) => all.find((one) => one.kind === kind && (what ?? one.what) === one.what)?.id ?? '';
  const relay = idOf('relay');
  expect(await sendThrough(me, relay, 'On its way', 'once')).toBe('passed');
  const { id: message } = await db.relayMessage.findFirstOrThrow();
  const { id: milestone } = await db.milestone.findFirstOrThrow();
  const waiting = (): Promise<string[]> =>
    Promise.all([
      rendered(RELAY, message, other),
      rendered(SHOWN, idOf('shares'), other),
      rendered(MILESTONE_SHARE, milestone, me, `${MILESTONE_SHARE}:${idOf('shared')}`),
    ]);
  expect(await waiting()).toEqual(['sent', 'sent', 'sent']);
  for (const kind of ['relay', 'shares', 'shared']) await revokeConsent(later, kind, idOf(kind));
  expect(await waiting()).toEqual(['dropped', 'dropped', 'dropped']);
});

test('of what ended stays what it was, to which role, from when till when, until the member is erased', async () => {
  const { me, later } = await everything();
  for (const { kind, id } of await consentsOf(me)) await revokeConsent(later, kind, id);
  const past = await endedConsents(later);
  expect(past).toContainEqual({ what: 'share.mood', to: 'mentor', since: NOW, until: LATER });
  expect(past).toContainEqual({ what: 'pairing.paired', to: 'mentor', since: NOW, until: LATER });
  expect(past).toContainEqual({ what: 'feed.link', to: 'calendar', since: NOW, until: LATER });
  expect(past).toContainEqual(expect.objectContaining({ what: 'support.oncall', to: 'volunteers', until: LATER }));
  expect(past).toContainEqual(expect.objectContaining({ what: 'checkin.missed', to: 'named' }));
  expect(past).toContainEqual(expect.objectContaining({ what: 'milestone.shared', to: 'channel' }));
  expect(past.every(({ what, to }) => wordsFor('en').has(`privacy.facts.${what}`) && AUDIENCES.includes(to))).toBe(true);
  expect(Object.keys(past[0] ?? {}).sort()).toEqual(['since', 'to', 'until', 'what']);
});

test('however often somebody shared one milestone, the first can be taken back', async () => {
  const { me, later } = await everything();
  const { id } = await me.db.milestone.findFirstOrThrow({ where: { memberId: me.member.id } });
  const first = (await consentsOf(me)).find(({ what }) => what === 'milestone.shared')?.id ?? '';
  for (let again = 0; again < 25; again += 1)
    await shareMilestone(me, id, { consent: randomUUID(), channel: 'c-secret', words: 'Again' });
  await revokeConsent(later, 'shared', first);
  const { shares } = openDetails(home.world.cipher, await me.db.milestone.findFirstOrThrow({ where: { id } }));
  expect(shares.filter(({ backAt }) => backAt !== undefined).map(({ consent }) => consent)).toEqual([first]);
  expect(shares.filter(({ words }) => words !== '')).toHaveLength(20);
});

describe('what was said in a channel', () => {
  const TAKEN_BACK = /taken (?:back|down)/u;
  let platform: FakePlatform;
  beforeAll(() => home.clock.advance(NOW.getTime() - home.clock.now().getTime()));
  beforeEach(() => {
    platform = new FakePlatform();
  });
  afterEach(() => home.disconnect());

  /** What is in the channel of that message now; undefined where it never came. */
  const stands = (once: string): string | undefined => {
    const at = platform.arrived.findIndex((one) => one.once === once);
    const edited = platform.edited.filter(({ ref }) => ref === `ref-${at + 1}`).at(-1);
    return at < 0 ? undefined : (edited?.text ?? platform.arrived[at]?.text);
  };
  const milestoneOf = ({ me }: Agreed) => me.db.milestone.findFirstOrThrow({ where: { memberId: me.member.id } });
  const sharedOf = async ({ me }: Agreed) =>
    (await consentsOf(me)).find(({ kind, what }) => kind === 'shared' && what === 'milestone.shared')?.id ?? '';
  const at = (one: Scope): Scope => ({ ...one, now: home.clock.now() });
  /** Somebody who wrote in a session, with their name. */
  async function writes({ me }: Agreed): Promise<string> {
    const { sessionId } = await me.db.occurrence.findFirstOrThrow();
    const date = { sessionId, local: '2027-05-03T12:00', zone: 'UTC', startsAt: NOW, minutes: 60 };
    const { id: occurrence } = await me.db.occurrence.create({ data: { communityId: me.community.id, ...date } });
    const live = await beginLive(me, { occurrence, script: 'open', shareMinutes: 3, channel: 'c-live' });
    await writeShare(me, live.id, 'What I wrote', true);
    return (await me.db.share.findFirstOrThrow({ where: { liveId: live.id } })).id;
  }
  /** The platform is at each of these messages when that happens. */
  async function meanwhile(acts: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
    const doing = new Map<string, Promise<unknown>>();
    const send = platform.send.bind(platform);
    platform.slow = 1_500;
    platform.send = async (to, message, once, turn) => {
      const act = acts[once];
      if (act && !doing.has(once)) doing.set(once, act());
      return send(to, message, once, turn);
    };
    await home.connect([platform]);
    await home.passes(2_000);
    expect([...doing.keys()].sort()).toEqual(Object.keys(acts).sort());
    await Promise.all(doing.values());
    platform.slow = 0;
    for (let again = 0; again < 3; again += 1) await home.passes(2_000);
  }
  const erases = ({ me }: Agreed) => eraseMember({ db: me.db, cipher: home.world.cipher }, me.member.id, home.clock.now());

  test('goes with the milestone that it was about, and the consent with it', async () => {
    const all = await everything();
    const consent = await sharedOf(all);
    await home.connect([platform]);
    await home.passes(2_000);
    expect(stands(saidKey(consent))).not.toMatch(TAKEN_BACK);
    await removeMilestone(at(all.me), (await milestoneOf(all)).id);
    expect((await consentsOf(all.me)).filter(({ id }) => id === consent)).toEqual([]);
    await home.passes(2_000);
    expect(stands(saidKey(consent))).toMatch(TAKEN_BACK);
  });

  test('is taken out of there although it was on its way when it was taken back, which is no act of a role', async () => {
    const all = await everything();
    const [share, consent] = [await writes(all), await sharedOf(all)];
    await meanwhile({
      [saidKey(consent)]: () => revokeConsent(at(all.me), 'shared', consent),
      [firstShare(share)]: () => takeDown(at(all.me), share),
    });
    for (const once of [saidKey(consent), firstShare(share)]) expect(stands(once)).toMatch(TAKEN_BACK);
    expect(await all.me.db.auditEvent.count({ where: { action: 'live.takeDown' } })).toBe(0);
  });

  /** A card in its channel of a date that is over. @returns the platform's id of it */
  async function cardOf({ me }: Agreed, local: string, chairId: string | null): Promise<string> {
    const { db, community } = me;
    const { id: sessionId } = await db.session.findFirstOrThrow();
    await db.session.update({ where: { id: sessionId }, data: { channelId: 'c-cards', chairId: me.member.id } });
    const startsAt = new Date(`${local}Z`);
    const of = { communityId: community.id, sessionId, zone: 'UTC', minutes: 60, local, startsAt, endedAt: startsAt, chairId };
    const { id: subjectId } = await db.occurrence.create({ data: { ...of, shown: 'c-cards digest', state: 'over' } });
    const [once, ref] = [cardKey(subjectId, 'c-cards'), `card of ${local}`];
    const card = { communityId: community.id, kind: DATE_CARD, subjectId, platform: 'playground' as const, once, ref, rank: 1 };
    const times = { dueAt: startsAt, expiresAt: startsAt, endedAt: startsAt };
    await db.delivery.create({ data: { ...card, ...times, state: 'sent' } });
    return ref;
  }

  test('is taken out of there although who took it back is erased before that was seen, and cards of past dates name nobody', async () => {
    const all = await everything();
    const [share, consent] = [await writes(all), await sharedOf(all)];
    const cards = [await cardOf(all, '2027-04-06T19:00', null), await cardOf(all, '2027-04-13T19:00', all.me.member.id)];
    await cardOf(all, '2027-04-20T19:00', all.other.member.id);
    await home.connect([platform]);
    await home.passes(2_000);
    const before = platform.edited.length;
    await revokeConsent(at(all.me), 'shared', consent);
    await takeDown(all.me, share);
    await erases(all);
    await home.passes(2_000);
    for (const once of [saidKey(consent), firstShare(share)]) expect(stands(once)).toMatch(TAKEN_BACK);
    const drawn = platform.edited.slice(before).map(({ ref }) => ref);
    expect(drawn.filter((ref) => ref.startsWith('card of')).sort()).toEqual(cards);
  });

  test('is taken out of there although who wrote it was erased while it was on its way, and nothing leads to it then', async () => {
    const all = await everything();
    const [share, consent] = [await writes(all), await sharedOf(all)];
    await meanwhile({ [saidKey(consent)]: () => erases(all) });
    for (const once of [saidKey(consent), firstShare(share)]) expect(stands(once) ?? 'taken back').toMatch(TAKEN_BACK);
    const { db } = all.me;
    const rows = await db.dueWork.findMany({ where: { kind: TAKE_OUT } });
    const later = new Date(home.clock.now().getTime() + 3 * 24 * 3_600_000);
    await home.database.prisma.$transaction(async (tx) => makeNotices(home.world)[TAKE_OUT]?.due?.(rows, tx, later));
    expect(await db.retraction.count()).toBe(0);
    expect(await db.delivery.count({ where: { kind: { in: [MILESTONE_SHARE, TAKE_OUT] } } })).toBe(0);
  });
});
