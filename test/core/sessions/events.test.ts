import type { EventRefused, Events, NativeEvent } from '../../../src/chat/index.js';
import type { Scope } from '../../../src/core/scope.js';
import { openChanges, sealDetails } from '../../../src/core/sessions/details.js';
import { leaveIt, openQuestion, putBack, takeOver, tryAgain } from '../../../src/core/sessions/events/answer.js';
import { mirror } from '../../../src/core/sessions/events/mirror.js';
import { noticeNow, turnOn } from '../../../src/core/sessions/events/turn.js';
import type { Prisma, Session } from '../../../src/db/generated/client.js';
import { makeTestWorld, type TestWorld } from '../../support/world.js';
import { makeSession, person } from './support.js';

/** The mirror against a calendar in memory, at the moments that are hard to meet from outside. */

const NOW = new Date('2026-11-25T12:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const MINUTE = 60_000;

/** A calendar that fails as it is told. */
function memory() {
  const all = new Map<string, NativeEvent>();
  const asked: string[] = [];
  let count = 0;
  let broken: (verb: string) => EventRefused | 'dies' | undefined = () => undefined;
  const there = (ref: string, event: NativeEvent) => ({ ref, event, isOurs: true, isUnderWay: false });
  const gone = { ok: false, why: 'gone' } as const;
  const tried = async <T>(verb: string, work: () => T): Promise<T | EventRefused> => {
    asked.push(verb);
    const fails = broken(verb);
    if (fails === 'dies') {
      work();
      throw new Error('killed');
    }
    return fails ?? work();
  };
  const events: Events = {
    read: (_, ref) =>
      tried('read', () => {
        const event = all.get(ref);
        return event ? { ok: true as const, there: there(ref, event) } : gone;
      }),
    list: () => tried('list', () => ({ ok: true as const, all: [...all].map(([ref, event]) => there(ref, event)) })),
    create: (_, event) =>
      tried('create', () => {
        count += 1;
        all.set(`e${count}`, event);
        return { ok: true as const, ref: `e${count}` };
      }),
    edit: (_, ref, event) =>
      tried('edit', () => {
        if (!all.has(ref)) return gone;
        all.set(ref, event);
        return { ok: true as const };
      }),
    remove: (_, ref) => tried('remove', () => (all.delete(ref) ? { ok: true as const } : gone)),
  };
  return { all, asked, events, breaks: (how: typeof broken) => (broken = how) };
}

let home: TestWorld;
let rosa: Scope;
let calendar: ReturnType<typeof memory>;
let session: Session;
const world = () => ({ ...home.world, calendars: { playground: calendar.events } });
const look = (at = NOW) => mirror(world(), { communityId: rosa.community.id, subjectId: session.id }, at);
const row = () => home.database.prisma.sessionEvent.findFirst({ where: { sessionId: session.id } });
const asks = () => home.database.prisma.dueWork.count({ where: { kind: 'session.event', community: { id: rosa.community.id } } });
const change = (data: Prisma.SessionUncheckedUpdateInput) =>
  home.database.prisma.session.update({ where: { id: session.id }, data });
const only = (): NativeEvent => {
  expect(calendar.all.size).toBe(1);
  return [...calendar.all.values()][0] as NativeEvent;
};

beforeAll(async () => {
  home = await makeTestWorld();
});
afterAll(() => home.close());
let number = 0;
beforeEach(async () => {
  number += 1;
  calendar = memory();
  const entered = await person(home, 'rosa', NOW, `space ${number}`);
  rosa = { ...entered, roles: new Set(['facilitator'] as const), calendars: { playground: calendar.events } };
  session = await makeSession(home, rosa);
  await turnOn(rosa, session.id);
});

test.each(['before it was sent', 'after it was sent'])('a process that is ended %s leaves one event', async (when) => {
  calendar.breaks((verb) => (verb !== 'create' ? undefined : when.startsWith('after') ? 'dies' : { ok: false, why: 'busy' }));
  await look().catch(() => undefined);
  calendar.breaks(() => undefined);
  await look(later(MINUTE));
  await look(later(2 * MINUTE));
  only();
  expect((await row())?.ref).toBe([...calendar.all.keys()][0]);
  expect(calendar.asked.filter((verb) => verb === 'create')).toHaveLength(when.startsWith('after') ? 1 : 2);
});

test('what was made and not written down is found although the session changed meanwhile, and becomes as it is now', async () => {
  calendar.breaks((verb) => (verb === 'create' ? 'dies' : undefined));
  await expect(look()).rejects.toThrow('killed');
  calendar.breaks(() => undefined);
  await change({ minutes: 90 });
  await look(later(MINUTE));
  await look(later(2 * MINUTE));
  const { startsAt, endsAt } = only();
  expect(endsAt.getTime() - startsAt.getTime()).toBe(90 * MINUTE);
});

test('a process that is ended after a change asks nobody who changed it', async () => {
  await look();
  calendar.breaks((verb) => (verb === 'edit' ? 'dies' : undefined));
  await change({ minutes: 90 });
  await expect(look(later(MINUTE))).rejects.toThrow('killed');
  calendar.breaks(() => undefined);
  await change({ minutes: 45 });
  await look(later(2 * MINUTE));
  const { startsAt, endsAt } = only();
  expect(endsAt.getTime() - startsAt.getTime()).toBe(45 * MINUTE);
  expect((await row())?.state).toBe('kept');
  expect(await asks()).toBe(0);
});

test('while another process writes, nobody is asked what it means', async () => {
  await look();
  const [ref = ''] = calendar.all.keys();
  const { read } = calendar.events;
  const slow: Events = {
    ...calendar.events,
    async read(space, one) {
      await change({ minutes: 90 });
      await look(later(MINUTE));
      return read(space, one);
    },
  };
  await noticeNow({ ...rosa, calendars: { playground: slow } }, session.id);
  expect((await row())?.state).toBe('kept');
  expect(await asks()).toBe(0);
  expect(calendar.all.has(ref)).toBe(true);
});

test('a calendar that does not answer keeps nobody from looking at the session', async () => {
  await look();
  const silent: Events = { ...calendar.events, read: () => new Promise(() => undefined) };
  expect(await noticeNow({ ...rosa, calendars: { playground: silent } }, session.id)).toMatchObject({ state: 'kept' });
});

test('a full calendar is told of once, and tried again until there is room', async () => {
  calendar.breaks((verb) => (verb === 'create' ? { ok: false, why: 'full' } : undefined));
  const first = await look();
  expect(first).toMatchObject({ trouble: 'full' });
  expect(first.next?.getTime()).toBeGreaterThan(later(60 * MINUTE).getTime());
  const full = await row();
  expect(full && (await openQuestion(rosa, full))).toMatchObject({ state: 'full', title: 'Tuesday steps' });
  expect(await asks()).toBe(1);
  await home.database.prisma.dueWork.deleteMany({ where: { kind: 'session.event' } });
  await look(later(MINUTE));
  expect(await asks()).toBe(0);
  calendar.breaks(() => undefined);
  await look(later(2 * MINUTE));
  only();
  expect((await row())?.state).toBe('kept');
});

test('what was changed by hand and changed back asks nothing any more', async () => {
  await look();
  const [[ref = '', ours] = []] = calendar.all;
  calendar.all.set(ref, { ...(ours as NativeEvent), title: 'Mine' });
  await look(later(MINUTE));
  expect((await row())?.state).toBe('changed');
  calendar.all.set(ref, ours as NativeEvent);
  await look(later(2 * MINUTE));
  expect(await row()).toMatchObject({ state: 'kept', found: null });
});

test.each([
  ['an open one, with a link', { place: 'link' }, 'Tuesday steps', 'online, by a link'],
  ['in person, for the community', { place: 'person' }, 'Tuesday steps', 'in person'],
  ['in person, public', { place: 'person', visibility: 'public' }, 'Tuesday steps', '1 River Lane'],
  ['in person, closed', { place: 'person', visibility: 'public', isClosed: true }, 'Meeting', 'in person'],
])('%s tells what everybody may know', async (_, data, title, place) => {
  const details = {
    title: 'Tuesday steps',
    description: 'See https://meet.example.org/room now.',
    link: 'https://meet.example.org/room',
    address: '1 River Lane',
  };
  await change({ ...data, details: sealDetails(home.world.cipher, session.id, details) });
  await look();
  expect(only()).toMatchObject({ title, where: { kind: 'words', text: place } });
  expect(only().description).toBe('isClosed' in data ? undefined : 'See … now.');
  expect(JSON.stringify([...calendar.all])).not.toContain('meet.example');
});

test('turned off while it is being made, nothing of it stays', async () => {
  const { create } = calendar.events;
  const late: Events = {
    ...calendar.events,
    async create(space, event) {
      await home.database.prisma.sessionEvent.deleteMany({ where: { sessionId: session.id } });
      return create(space, event);
    },
  };
  const how = { ...home.world, calendars: { playground: late } };
  expect(await mirror(how, { communityId: rosa.community.id, subjectId: session.id }, NOW)).toEqual({ next: null });
  expect(calendar.all.size).toBe(0);
});

/** Somebody changes it in their own client, and the mirror sees it. */
async function byHand(other: Partial<NativeEvent>): Promise<void> {
  await look();
  const [[ref = '', ours] = []] = calendar.all;
  calendar.all.set(ref, { ...(ours as NativeEvent), ...other });
  await look(later(MINUTE));
  expect((await row())?.state).toBe('changed');
}

/** In a direct message, where the platform tells no roles. */
const directly = ({ space: _, ...scope }: Scope): Scope => ({ ...scope, roles: new Set() });

test('in a direct message whoever turned it on may answer, and nobody else', async () => {
  await byHand({ title: 'Mine' });
  const ana = await person(home, 'ana', NOW, `space ${number}`);
  for (const answer of [putBack, takeOver, leaveIt, tryAgain])
    await expect(answer(directly(ana), session.id)).rejects.toMatchObject({ key: 'session.notYours' });
  await expect(putBack({ ...rosa, roles: new Set() }, session.id)).rejects.toMatchObject({ key: 'session.notYours' });
  await putBack(directly(rosa), session.id);
  await look(later(2 * MINUTE));
  expect(only().title).toBe('Tuesday steps');
  await expect(putBack(directly(rosa), session.id)).rejects.toMatchObject({ key: 'event.answered' });
});

test.each([
  ['an address in words', { kind: 'words' as const, text: 'Hall B' }, { place: 'person', address: 'Hall B' }],
  [
    'a link',
    { kind: 'words' as const, text: 'https://meet.example.org/b' },
    { place: 'link', link: 'https://meet.example.org/b' },
  ],
  ['a voice channel', { kind: 'voice' as const, channel: '77' }, { place: 'voice' }],
])('another place is taken over: %s', async (_, where, changes) => {
  await byHand({ where, description: 'With tea.' });
  await takeOver(rosa, session.id);
  const date = await home.database.prisma.occurrence.findFirstOrThrow({ where: { sessionId: session.id } });
  expect(openChanges(home.world.cipher, date)).toEqual({ ...changes, description: 'With tea.' });
  expect(date.channelId).toBe(where.kind === 'voice' ? where.channel : null);
  await look(later(2 * MINUTE));
  expect(await row()).toMatchObject({ state: 'kept', found: null });
  expect(only().description).toBe('With tea.');
  expect(JSON.stringify([...calendar.all])).not.toMatch(/Hall B|meet\.example/u);
});

test('what a session cannot be is said, and the question stays open', async () => {
  await look();
  await byHand({ endsAt: new Date(only().startsAt.getTime() + 601 * MINUTE) });
  await expect(takeOver(rosa, session.id)).rejects.toMatchObject({ key: 'event.tooLong' });
  expect((await row())?.state).toBe('changed');
  await leaveIt(rosa, session.id);
  expect(await row()).toBeNull();
  expect(calendar.all.size).toBe(1);
});
