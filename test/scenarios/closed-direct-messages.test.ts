import type { Platform } from '../../src/chat/index.js';
import type { DiscordStage } from '../support/discord/stage.js';
import { passesUntil, type Restartable, restartable } from '../support/restartable.js';
import type { Person, Seen } from '../support/stage.js';
import { onEveryStageAtItsPace, screenOf } from '../support/stages.js';
import { makeTestWorld, type TestWorld } from '../support/world.js';

/** Cleo takes no direct messages, and wants to be asked every morning. Ben stands by; Mo moderates. */

const ZONE = 'Europe/Madrid';
const NUDGE = 'You asked for a nudge.';

const behinds: Restartable[] = [];

async function open() {
  const behind = restartable(await makeTestWorld());
  behinds.push(behind);
  return { router: behind.router, close: () => behind.world.close() };
}

const nudges = (person: Person) => person.sees().filter(({ text, where }) => where !== 'channel' && text.includes(NUDGE)).length;

onEveryStageAtItsPace(open, (stage, platform: Platform) => {
  const hasThreads = platform !== 'slack';
  const onDiscord = platform === 'discord';
  /** What a platform does not declare cannot be tried there. */
  const when = (possible: boolean) => (possible ? test : () => undefined);
  const withThreads = when(hasThreads);
  const discordOnly = when(onDiscord);
  let cleo: Person;
  let ben: Person;
  let mo: Person;
  let world: TestWorld;
  let restart: () => Promise<void>;

  const threads = () => (stage() as DiscordStage).discord.world.threads;
  const consents = (where: object = {}) => world.database.prisma.consent.count({ where: { fact: 'direct.thread', ...where } });
  const lastDelivery = () =>
    world.database.prisma.delivery.findFirst({ where: { kind: 'checkin.prompt' }, orderBy: { dueAt: 'desc' } });
  /** Until just after her hour, the next one. */
  const nextMorning = () => passesUntil(world, ZONE, 8, 1);

  beforeAll(async () => {
    const behind = behinds.at(-1) as Restartable;
    world = behind.world;
    restart = () => behind.restart(stage());
    cleo = await stage().person('Cleo', { locale: 'en-GB', zone: ZONE, closedDirect: true });
    ben = await stage().person('Ben', { locale: 'en-GB', zone: ZONE });
    mo = await stage().person('Mo', { locale: 'en-GB', zone: ZONE, admin: true });
    await ben.type('/help');
    await mo.type('/help');
    await world.connect([stage().adapter]);
  });

  test('her prompt does not arrive, and goes nowhere else', async () => {
    await cleo.type(`/checkin schedule when:"every day at 8am" zone:${ZONE}`);
    await cleo.press('Save');
    expect(cleo.last().text).not.toContain('could not reach');
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'dropped', reason: 'closed' });
    for (const person of [cleo, ben, mo]) expect(nudges(person)).toBe(0);
    if (onDiscord) expect(threads().size).toBe(0);
  });

  test('she is told at the next occasion, once and alone', async () => {
    await cleo.type('/checkin history');
    expect(cleo.last().text).toContain('I could not reach you by direct message.');
    expect(cleo.last().onlyMe).toBe(true);
    await cleo.type('/checkin history');
    expect(cleo.last().text).not.toContain('could not reach');
    await cleo.type('/checkin list');
    expect(cleo.last().text).toContain('I could not reach you by direct message.');
  });

  when(!hasThreads)('where there is no such thread, none is offered, and she is told what can be done', async () => {
    expect(cleo.last().text).toContain('Whoever looks after this workspace can allow messages from apps.');
    expect(cleo.last().buttons).not.toContain('What can I do?');
    expect(screenOf(cleo)).not.toContain('thread');
  });

  withThreads('she reads who would see what, and agrees; a button that is pressed twice is one consent', async () => {
    await cleo.press('What can I do?');
    expect(cleo.last().text).toContain('Moderators and admins (who have “Manage Threads”) can see that the thread is there');
    expect(cleo.last().onlyMe).toBe(true);
    const before = cleo.rawIds();
    await cleo.press('I agree: a private thread here');
    expect(cleo.last().text).toContain('Thank you.');
    expect(await consents()).toBe(1);
    for (const id of before.filter((one) => !cleo.rawIds().includes(one))) await cleo.pressRaw(id);
    expect(await consents()).toBe(1);
    expect(await world.database.prisma.consent.findFirst()).toMatchObject({
      recipient: `moderators:${platform}:${stage().channel}`,
      revokedAt: null,
    });
    await cleo.type('/privacy show');
    expect(cleo.last().text).toContain('allowed, in one channel');
    expect(cleo.last().text).toContain('moderators and admins of one channel');
    if (onDiscord) expect(threads().size).toBe(0);
  });

  withThreads('the next prompt comes in a thread that only she is in, from another process', async () => {
    await restart();
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'sent', reason: null });
    expect(nudges(cleo)).toBe(1);
    expect(cleo.last()).toMatchObject({ where: 'thread', buttons: ['Open'] });
    expect(cleo.last().preview).not.toMatch(/check|mood|recover/iu);
    expect(nudges(ben)).toBe(0);
    if (!onDiscord) return;
    const [thread] = threads().values();
    expect(thread).toMatchObject({ invitable: false, parent: stage().channel });
    expect(thread?.name).toMatch(/^Note [0-9a-f]{8}$/u);
    expect([...(thread?.members ?? [])]).toEqual([expect.any(String), cleo.id]);
  });

  withThreads('who moderates sees that there is something, and cannot open it', async () => {
    expect(mo.last()).toMatchObject({ where: 'thread', onlyMe: false, buttons: ['Open'] });
    await mo.press('Open');
    expect(mo.last().buttons).toEqual([]);
    expect(screenOf(mo)).not.toContain('In 10 minutes');
  });

  withThreads('she opens it, is asked and answers, for herself alone', async () => {
    await cleo.press('Open');
    expect(cleo.last()).toMatchObject({ where: 'thread', onlyMe: true });
    expect(cleo.last().buttons).toContain('In 10 minutes');
    await cleo.press('Open');
    await cleo.fill({ mood: '6', note: 'slept near the sea' });
    expect(cleo.last().text).toContain('6 of 10');
    expect(cleo.last().onlyMe).toBe(true);
    for (const person of [ben, mo]) expect(screenOf(person)).not.toMatch(/6 of 10|near the sea/u);
  });

  withThreads('what was answered opens no second time', async () => {
    const cover = cleo.sees().find(({ buttons }) => buttons.length === 1 && buttons[0] === 'Open');
    expect(cover?.text).toContain(NUDGE);
    const checkIns = await world.database.prisma.checkIn.count();
    for (const id of mo.rawIds()) await cleo.pressRaw(id);
    expect(cleo.last().text).toContain('This one is over.');
    expect(await world.database.prisma.checkIn.count()).toBe(checkIns);
  });

  withThreads('the same thread is used again, and put off it comes there as well', async () => {
    await restart();
    await nextMorning();
    expect(nudges(cleo)).toBeGreaterThan(1);
    await cleo.press('Open');
    await cleo.press('In 10 minutes');
    expect(cleo.last().text).toContain('I come back at');
    expect(cleo.last().onlyMe).toBe(true);
    const before = nudges(cleo);
    await world.passes(11 * 60_000);
    expect(nudges(cleo)).toBe(before + 1);
    if (onDiscord) expect(threads().size).toBe(1);
  });

  discordOnly('an archived thread is woken up; one that was deleted is opened anew', async () => {
    const [thread] = threads().values();
    if (thread) thread.archived = true;
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'sent' });
    expect(threads().size).toBe(1);
    threads().clear();
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'sent' });
    expect([...threads().keys()]).toEqual([expect.not.stringMatching(`^${thread?.id}$`)]);
    expect(cleo.last()).toMatchObject({ where: 'thread', buttons: ['Open'] });
  });

  discordOnly('who leaves the thread is not added again, is told, and can come back', async () => {
    const [thread] = threads().values();
    thread?.members.delete(cleo.id);
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'dropped', reason: 'thread-left' });
    expect(thread?.members.has(cleo.id)).toBe(false);
    await cleo.type('/checkin list');
    expect(cleo.last().text).toContain('you left the private thread');
    await cleo.press('What can I do?');
    await cleo.press('Add me to the thread again');
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'sent' });
    expect(threads().size).toBe(1);
    expect(await consents()).toBe(1);
  });

  discordOnly('without the permission it is dropped and told, and nothing is said in the channel', async () => {
    const discord = (stage() as DiscordStage).discord.world;
    const might = discord.botMay;
    threads().clear();
    discord.botMay = 1n << 10n;
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'dropped', reason: 'thread-forbidden' });
    await cleo.type('/checkin list');
    expect(cleo.last().text).toContain('I may not write in a private thread');
    await cleo.press('What can I do?');
    expect(cleo.last().text).toContain('I may not open private threads');
    discord.botMay = might;
  });

  withThreads('she takes it back: the next prompt is dropped, and told', async () => {
    const before = nudges(cleo);
    await cleo.type('/checkin list');
    await cleo.press('If direct messages are closed');
    await cleo.press('Stop using a thread');
    expect(cleo.last().text).toContain('It is taken back.');
    expect(await consents({ revokedAt: null })).toBe(0);
    await nextMorning();
    expect(await lastDelivery()).toMatchObject({ state: 'dropped', reason: 'closed' });
    expect(nudges(cleo)).toBe(before);
    await cleo.type('/checkin history');
    expect(cleo.last().text).toContain('I could not reach you by direct message.');
  });

  withThreads('she erases everything: what stands in her thread goes, too, also for who moderates', async () => {
    // What she opened there was an answer, which nobody else was shown.
    const stands = ({ where, text, onlyMe }: Seen) => where === 'thread' && !onlyMe && text.includes(NUDGE);
    const inThread = (person: Person) => person.sees().filter(stands);
    await cleo.type('/checkin list');
    await cleo.press('If direct messages are closed');
    await cleo.press('I agree: a private thread here');
    await nextMorning();
    expect(inThread(cleo).length).toBeGreaterThan(0);
    if (!onDiscord) expect(inThread(mo).length).toBeGreaterThan(0);
    await cleo.type('/privacy erase');
    await cleo.press('Erase everything …');
    await cleo.press('Yes, erase everything about me');
    await world.passes(60_000);
    expect([...inThread(cleo), ...inThread(mo)]).toEqual([]);
    expect(cleo.last().text).toContain('everything about you is erased');
    expect(await world.database.prisma.retraction.count()).toBe(0);
  });

  test('Ben, who stands by, saw nothing of it, and nothing failed', () => {
    for (const secret of ['nudge', 'thread', 'sea', '6 of 10', 'reach', 'Open']) expect(screenOf(ben)).not.toContain(secret);
    expect(world.logged).toEqual([]);
  });
});
