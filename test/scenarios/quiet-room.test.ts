import { isDeepStrictEqual } from 'node:util';
import { enter } from '../../src/core/members/enter.js';
import { replan } from '../../src/core/sessions/replan.js';
import { makeSession } from '../core/sessions/support.js';
import { until } from '../schedule/support/world.js';
import type { DiscordStage } from '../support/discord/stage.js';
import { MAY } from '../support/discord/threads.js';
import { restartable } from '../support/restartable.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { makeTestWorld } from '../support/world.js';

/** In Olga's session in a voice channel nobody is talked over: while one shares, the microphones of the others are off. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
let home: ReturnType<typeof restartable>;

async function open() {
  home = restartable(await makeTestWorld());
  return { router: home.router, close: () => home.world.close() };
}

onEveryStage(open, (stage, platform) => {
  const isDiscord = platform === 'discord';
  const [yes, no] = isDiscord ? ['True', 'False'] : ['yes', 'no'];
  const here = isDiscord ? test : test.skip;
  let olga: Person;
  let ana: Person;
  let ben: Person;
  let cleo: Person;
  let fay: Person;
  let voice = '';
  let music = '';
  let session: { id: string };

  const discord = () => (stage() as DiscordStage).discord;
  const voices = () => discord().voices;
  const db = () => home.world.database.prisma;
  /** Resolves once the bot was told of all that happened in the voice channels. */
  const told = async () => {
    if (!isDiscord) return;
    const { rooms } = (stage() as DiscordStage).adapter;
    const seen = () => (rooms?.people(stage().space) ?? []).map((one) => [one.account, one.room, one.isMuted, one.isAudience]);
    const there = () =>
      voices()
        .all()
        .voice_states.map((one) => [one.user_id, one.channel_id, one.mute, one.suppress]);
    await until(() => isDeepStrictEqual(new Set(seen()), new Set(there())));
  };
  const passes = async (ms: number) => {
    await told();
    await home.world.passes(ms);
    await told();
  };
  const muted = () => [olga, ana, ben, cleo, fay].filter(({ id }) => voices().isMuted(id)).map(({ name }) => name);
  const card = () => olga.sees().findLast(({ text, onlyMe }) => !onlyMe && /Now: Tuesday steps|Thank you for being/u.test(text));
  const does = async (person: Person, label: string) => {
    await person.press(label);
    await passes(2 * SECOND);
  };
  /** What she does from what is shown to her alone, as it is now. */
  const leads = async (label: string) => {
    await olga.type('/session start');
    await does(olga, label);
  };
  const rows = () => db().microphone.count();
  const direct = (person: Person) => person.sees().filter(({ where }) => where === 'direct');

  /** A session that is about to begin. */
  async function plans(place: string): Promise<void> {
    const { clock, world, database } = home.world;
    const scope = await enter(world, { platform, userId: olga.id, space: { id: stage().space } }, clock.now());
    await db().session.updateMany({ data: { state: 'ended' } });
    const at = new Date(clock.now().getTime() + 10 * MINUTE).toISOString();
    session = await makeSession({ world, database } as typeof home.world, scope, {
      ...{ place, channelId: voice, rrule: null, start: at.slice(0, 10), time: at.slice(11, 16), zone: 'UTC' },
      ...{ chairId: scope.member.id, settled: '2020-01-01T00:00' },
    });
    await replan(scope.db, scope, await db().session.findUniqueOrThrow({ where: { id: session.id } }));
  }

  beforeAll(async () => {
    const at = (name: string, more = {}) => stage().person(name, { locale: 'en-US', zone: 'UTC', ...more });
    olga = await at('Olga', { admin: true });
    ana = await at('Ana');
    ben = await at('Ben');
    cleo = await at('Cleo');
    fay = await at('Fay', { roles: ['900000000000000001'] });
    voice = stage().channel;
    await olga.type('/community setup zone:UTC language:en');
    for (const person of [ana, ben, cleo]) await person.type('/privacy show');
    if (isDiscord) {
      const { world } = discord();
      voice = world.snowflake();
      music = world.snowflake();
      world.voiceChannels.add(voice);
      world.textChannels.add(voice);
      await olga.type('/community roles role:facilitator groups:<@&900000000000000001>');
    }
    await plans(isDiscord ? 'voice' : 'text');
    await home.world.connect([stage().adapter]);
  });

  here('where the operator did not allow it, it says so', async () => {
    const { adapter } = stage() as DiscordStage;
    const call = { kind: 'call' as const, path: ['session', 'quiet'] as const, input: {} };
    const said = { platform, said: call, user: { id: olga.id }, space: { id: stage().space } };
    const standing = async () => ({ admin: true, roles: [] });
    const answer = await home.router.run({ ...said, standing }, { ...adapter.can, rooms: false });
    expect(answer.summary).toContain('DISCORD_VOICE=on');
  });

  (isDiscord ? test.skip : test)('elsewhere it says that there is no such thing, and that all else works', async () => {
    await olga.type(`/session quiet on:${yes}`);
    expect(olga.last().text).toContain('Only Discord has voice channels');
    expect(olga.last().onlyMe).toBe(true);
    await leads('Begin now');
    await olga.type('/session start');
    expect(olga.last().buttons).not.toContain('Mute all but who shares');
    expect(screenOf(olga)).not.toContain('microphones of all others');
  });

  here('it is off until who runs the session turns it on; without the permission it says what to do', async () => {
    await olga.type('/session quiet');
    expect(olga.last().text).toContain('I leave microphones alone.');
    await olga.press('Mute the others');
    expect(olga.last().text).toContain('give my role the permission Mute Members');
    expect(await db().session.count({ where: { isQuiet: true } })).toBe(0);
    discord().world.botMay |= MAY.muteMembers;
    await ana.type(`/session quiet on:${yes}`);
    expect(await db().session.count({ where: { isQuiet: true } })).toBe(0);
    await db().session.updateMany({ data: { place: 'text' } });
    await olga.type(`/session quiet on:${yes}`);
    expect(olga.last().text).toContain('in no voice channel');
    await db().session.updateMany({ data: { place: 'voice' } });
    await olga.type('/session quiet');
    await olga.press('Mute the others');
    expect(olga.last().text).toContain('is quiet while somebody shares');
    expect(olga.last().text).toContain('Whoever leaves meanwhile stays muted');
    expect(olga.last().onlyMe).toBe(true);
  });

  here('nobody is muted before somebody shares; then all are but who shares, who leads, and bots', async () => {
    for (const { id } of [olga, ana, ben, cleo, fay]) voices().join(id, voice);
    voices().join(music, voice, { bot: true });
    voices().muteByHand(cleo.id, true);
    await leads('Begin now');
    expect(card()?.text).toContain('While somebody shares, the microphones of all others in the voice channel are off');
    expect(card()?.text).toContain('You can leave at any time.');
    await does(ana, 'Raise hand');
    await does(ben, 'Raise hand');
    expect(muted()).toEqual(['Cleo']);
    await leads('Next');
    expect(muted()).toEqual(['Ben', 'Cleo']);
    expect(voices().isMuted(music)).toBe(false);
    expect(await rows()).toBe(1);
    const kept = await db().microphone.findFirstOrThrow();
    expect(Buffer.from(kept.account).toString('latin1')).not.toContain(ben.id);
  });

  here('whoever comes late is muted too, and free elsewhere; a pause gives all their microphones back', async () => {
    const eva = await stage().person('Eva', { locale: 'en-US', zone: 'UTC' });
    voices().join(eva.id, voice);
    await passes(2 * SECOND);
    expect(voices().isMuted(eva.id)).toBe(true);
    const kitchen = discord().world.snowflake();
    discord().world.voiceChannels.add(kitchen);
    voices().join(eva.id, kitchen);
    await passes(2 * SECOND);
    expect(voices().isMuted(eva.id)).toBe(false);
    await leads('Pause');
    expect(muted()).toEqual(['Cleo']);
    await leads('Go on');
    expect(muted()).toEqual(['Ben', 'Cleo']);
    await does(ana, 'I am done');
    expect(muted()).toEqual(['Ana', 'Cleo']);
  });

  here('whom a moderator unmutes stays unmuted; whoever leaves muted is unmuted when they are back, wherever', async () => {
    await passes(20 * SECOND);
    voices().join(cleo.id, voice);
    voices().muteByHand(ana.id, false);
    await passes(2 * SECOND);
    expect(muted()).toEqual(['Cleo']);
    voices().muteByHand(cleo.id, false);
    await passes(2 * SECOND);
    expect(muted()).toEqual(['Cleo']);
    voices().leave(cleo.id);
    await passes(20 * SECOND);
    await does(ben, 'I am done');
    expect(muted()).toEqual(['Cleo']);
    expect(await rows()).toBe(2);
  });

  here('the process is killed while somebody shares: the next one goes on with it', async () => {
    voices().join(cleo.id, voice);
    await passes(2 * SECOND);
    expect(muted()).toEqual([]);
    await does(ben, 'Raise hand');
    const { rooms } = home.world.world;
    const real = rooms?.discord;
    if (!real || !rooms) throw new Error('Discord has rooms.');
    let turned = 0;
    rooms.discord = {
      ...real,
      async turn(...given) {
        turned += 1;
        await real.turn(...given);
        throw new Error('The process is killed here.');
      },
    };
    await leads('Next');
    expect(turned).toBe(1);
    expect(muted()).toEqual(['Cleo']);
    expect(await db().microphone.findMany({ where: { state: 'asked' } })).toHaveLength(1);
    await home.restart(stage());
    await passes(MINUTE);
    expect(muted()).toEqual(['Cleo']);
    await does(ben, 'I am done');
    expect(muted()).toEqual([]);
    expect(home.world.logged.splice(0)).toMatchObject([{ kind: 'live.mics', failures: 1 }]);
  });

  here('Discord asks for patience: the rest follows, and who shares is never kept waiting for it', async () => {
    await does(cleo, 'Raise hand');
    discord().fail(1, 429, /members/u);
    await leads('Next');
    await passes(10 * SECOND);
    expect(muted()).toEqual(['Ben']);
  });

  here('the permission is taken away: who chairs is told alone, once, and the session goes on without', async () => {
    discord().world.botMay &= ~MAY.muteMembers;
    const before = direct(olga).length;
    await does(cleo, 'I am done');
    await passes(5 * SECOND);
    expect(direct(olga)).toHaveLength(before + 1);
    expect(direct(olga).at(-1)?.text).toContain('My role needs the permissions View Channel and Mute Members');
    expect(direct(olga).at(-1)?.text).not.toContain('Ben');
    expect(card()?.text).not.toContain('microphones');
    expect(muted()).toEqual(['Ben']);
    await does(ana, 'Raise hand');
    await passes(2 * MINUTE);
    expect(direct(olga)).toHaveLength(before + 1);
    discord().world.botMay |= MAY.muteMembers;
    await passes(2 * MINUTE);
    expect(muted()).toEqual([]);
    expect(await rows()).toBe(0);
    const logged = home.world.logged.splice(0);
    expect(logged.length).toBeGreaterThan(0);
    for (const one of logged) expect(one).toMatchObject({ kind: 'live.mics', trouble: 'forbidden' });
  });

  here('she turns it on again in the middle, and ends the session: nobody is left muted', async () => {
    await leads('Mute all but who shares');
    await leads('Next');
    expect(muted()).toEqual(['Ben', 'Cleo']);
    voices().leave(cleo.id);
    await leads('End the session');
    await does(olga, 'End it now');
    expect(muted()).toEqual(['Cleo']);
    await passes(3 * HOUR);
    expect(muted()).toEqual(['Cleo']);
    expect(await rows()).toBe(1);
    voices().join(cleo.id, voice);
    await passes(2 * SECOND);
    expect(muted()).toEqual([]);
    expect(await rows()).toBe(0);
    expect(await db().dueWork.count({ where: { kind: 'live.mics' } })).toBe(0);
  });

  here('on a stage whoever has the turn is invited to speak, and goes back to the audience', async () => {
    const { world } = discord();
    world.voiceChannels.delete(voice);
    world.stageChannels.add(voice);
    for (const { id } of [ana, ben, cleo]) voices().join(id, voice);
    voices().suppressByHand(ben.id, false);
    await plans('stage');
    await olga.type(`/session quiet on:${yes}`);
    await leads('Begin now');
    await does(ana, 'Raise hand');
    await leads('Next');
    const audience = () => [ana, ben, cleo].filter(({ id }) => voices().isAudience(id)).map(({ name }) => name);
    expect(audience()).toEqual(['Ben', 'Cleo']);
    await does(ana, 'I am done');
    expect(audience()).toEqual(['Ana', 'Cleo']);
    await olga.type(`/session quiet on:${no}`);
    expect(olga.last().text).toContain('I leave the microphones of “Tuesday steps” alone');
    await leads('End the session');
    await does(olga, 'End it now');
    expect(audience()).toEqual(['Ana', 'Cleo']);
    expect(await rows()).toBe(0);
  });

  test('nothing of it failed behind the scenes', () => {
    expect(home.world.logged).toEqual([]);
  });
});
