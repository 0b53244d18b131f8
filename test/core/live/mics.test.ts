import fc from 'fast-check';
import { decide, type Hearing, type Present, type Step, type Touched } from '../../../src/core/live/mics/decide.js';

/** Who is muted when, decided from what is known of a room; and that nobody is ever left muted. */

const ROOM = 'circle';
const person = (account: string, more: Partial<Present> = {}): Present => ({
  ...{ account, room: ROOM, isOff: false, isBot: false, leads: false },
  ...more,
});
const ours = (account: string, more: Partial<Touched> = {}): Touched => ({
  ...{ account, isOff: true, state: 'done' as const, isSettled: true },
  ...more,
});
const hearing = (more: Partial<Hearing>): Hearing => ({
  ...{ kind: 'voice' as const, room: ROOM, people: [], touched: [], sharers: new Set<string>(), isOver: false },
  ...more,
});
const ana = new Set(['ana']);

test('while somebody shares, all others in that room are muted; not who leads, bots, and whoever is elsewhere', () => {
  const people = [person('ana'), person('ben'), person('olga', { leads: true }), person('music', { isBot: true })];
  const elsewhere = person('eva', { room: 'kitchen' });
  const muted = person('cleo', { isOff: true });
  expect(decide(hearing({ people: [...people, elsewhere, muted], sharers: ana }))).toEqual([
    { do: 'make', account: 'ben', room: ROOM, isOff: true },
  ]);
});

test('nobody is muted for somebody who is not there, nor while nobody shares', () => {
  expect(decide(hearing({ people: [person('ben')], sharers: ana }))).toEqual([]);
  expect(decide(hearing({ people: [person('ana', { room: 'kitchen' }), person('ben')], sharers: ana }))).toEqual([]);
  expect(decide(hearing({ people: [person('ana'), person('ben')] }))).toEqual([]);
});

test('the turn goes on: whoever has it is unmuted before the other is muted', () => {
  const people = [person('ben'), person('ana', { isOff: true })];
  expect(decide(hearing({ people, touched: [ours('ana')], sharers: ana }))).toEqual([
    { do: 'undo', account: 'ana', room: ROOM, isOff: false },
    { do: 'make', account: 'ben', room: ROOM, isOff: true },
  ]);
});

test('on a stage whoever shares is invited, and goes back; speakers go to the audience, and come back', () => {
  const people = [person('ana', { isOff: true }), person('ben')];
  const first = decide(hearing({ kind: 'stage', people, sharers: ana }));
  expect(first).toEqual([
    { do: 'make', account: 'ana', room: ROOM, isOff: false },
    { do: 'make', account: 'ben', room: ROOM, isOff: true },
  ]);
  const touched = [ours('ana', { isOff: false }), ours('ben')];
  const after = [person('ana'), person('ben', { isOff: true })];
  expect(decide(hearing({ kind: 'stage', people: after, touched, isOver: true }))).toEqual([
    { do: 'undo', account: 'ben', room: ROOM, isOff: false },
    { do: 'undo', account: 'ana', room: ROOM, isOff: true },
  ]);
  expect(decide(hearing({ kind: 'stage', touched, isOver: true }))).toEqual([
    { do: 'forget', account: 'ana' },
    { do: 'forget', account: 'ben' },
  ]);
});

test('whoever left stays on the list, and is unmuted wherever they come back', () => {
  const touched = [ours('ben')];
  expect(decide(hearing({ people: [person('ana')], sharers: ana, touched }))).toEqual([]);
  expect(decide(hearing({ touched, isOver: true }))).toEqual([{ do: 'undo', account: 'ben', isOff: false }]);
  const back = [person('ben', { room: 'kitchen', isOff: true })];
  const undo = [{ do: 'undo', account: 'ben', room: 'kitchen', isOff: false }];
  expect(decide(hearing({ people: back, touched, isOver: true }))).toEqual(undo);
  expect(decide(hearing({ people: [person('ana'), ...back], sharers: ana, touched }))).toEqual(undo);
});

test('what is not known to have been done is done again; what was undone by hand is left, once that is certain', () => {
  const people = [person('ana'), person('ben')];
  const all = (touched: Touched) => decide(hearing({ people, sharers: ana, touched: [touched] }));
  expect(all(ours('ben', { state: 'asked' }))).toEqual([{ do: 'make', account: 'ben', room: ROOM, isOff: true }]);
  expect(all(ours('ben', { isSettled: false }))).toEqual([]);
  expect(all(ours('ben'))).toEqual([{ do: 'leave', account: 'ben' }]);
  expect(all(ours('ben', { state: 'byHand' }))).toEqual([]);
  const over = (touched: Touched) => decide(hearing({ people, isOver: true, touched: [touched] }));
  expect(over(ours('ben', { state: 'byHand' }))).toEqual([{ do: 'forget', account: 'ben' }]);
  expect(over(ours('ben'))).toEqual([{ do: 'forget', account: 'ben' }]);
  expect(over(ours('ben', { isSettled: false }))).toEqual([{ do: 'undo', account: 'ben', room: ROOM, isOff: false }]);
});

const NAMES = ['ana', 'ben', 'cleo', 'olga', 'music'] as const;
type Name = (typeof NAMES)[number];
const LEADS: Name = 'olga';
const BOT: Name = 'music';

type Happening =
  | { readonly kind: 'joins'; readonly who: Name; readonly room: string }
  | { readonly kind: 'leaves' | 'muted' | 'unmuted'; readonly who: Name }
  | { readonly kind: 'turn'; readonly who: Name | undefined };

const name = fc.constantFrom(...NAMES);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ kind: fc.constant('joins' as const), who: name, room: fc.constantFrom(ROOM, 'kitchen') }),
  fc.record({ kind: fc.constantFrom('leaves' as const, 'muted' as const, 'unmuted' as const), who: name }),
  fc.record({ kind: fc.constant('turn' as const), who: fc.option(name, { nil: undefined }) }),
);

/** A voice channel in which a mute outlives a connection, moderators have hands, and a process may die at any step. */
class Guild {
  readonly rooms = new Map<Name, string>();
  readonly muted = new Set<Name>();
  /** As moderators would have it. */
  readonly byHand = new Set<Name>();
  readonly touched = new Map<string, Touched>();
  sharer: Name | undefined;
  isOver = false;

  happens(one: Happening): void {
    if (one.kind === 'turn') this.sharer = one.who;
    else if (one.kind === 'joins') this.rooms.set(one.who, one.room);
    else if (one.kind === 'leaves') this.rooms.delete(one.who);
    else if (this.rooms.has(one.who)) this.#byHand(one.who, one.kind === 'muted');
  }

  #byHand(who: Name, mute: boolean): void {
    // Their client offers only the other thing.
    if (this.muted.has(who) === mute) return;
    for (const set of [this.muted, this.byHand]) mute ? set.add(who) : set.delete(who);
  }

  look(): readonly Step[] {
    const people = [...this.rooms].map(([who, room]) =>
      person(who, { room, isOff: this.muted.has(who), leads: who === LEADS, isBot: who === BOT }),
    );
    const sharers = new Set(this.sharer === undefined ? [] : [this.sharer]);
    return decide(hearing({ people, touched: [...this.touched.values()], sharers, isOver: this.isOver }));
  }

  /** @param dies before what was asked for, or after it and before that was written down */
  take(step: Step, dies?: 'before' | 'after'): void {
    const who = step.account as Name;
    if (step.do === 'make') this.touched.set(who, ours(who, { state: 'asked' }));
    if (dies === 'before') return;
    if ((step.do === 'make' || step.do === 'undo') && !this.rooms.has(who)) {
      if (step.do === 'make') this.touched.delete(who);
      return;
    }
    if (step.do === 'make') this.muted.add(who);
    if (step.do === 'undo') this.muted.delete(who);
    if (dies === 'after') return;
    if (step.do === 'make') this.touched.set(who, ours(who));
    else if (step.do === 'leave') this.touched.set(who, ours(who, { state: 'byHand' }));
    else this.touched.delete(who);
  }
}

const death = fc.record({ at: fc.nat(3), when: fc.constantFrom('before' as const, 'after' as const) });
const evening = fc.array(fc.record({ happening, death: fc.option(death, { nil: undefined, freq: 4 }) }), { maxLength: 30 });

/** @param death of the process at one of the steps; the next one begins anew */
function plays(guild: Guild, death?: { readonly at: number; readonly when: 'before' | 'after' }): void {
  for (const [at, step] of guild.look().entries()) {
    const dies = death?.at === at ? death.when : undefined;
    guild.take(step, dies);
    if (!dies) continue;
    plays(guild);
    return;
  }
}

test('never is the one who shares muted, nor who leads, nor a bot', () => {
  fc.assert(
    fc.property(evening, (all) => {
      const guild = new Guild();
      for (const one of all) {
        guild.happens(one.happening);
        for (const step of guild.look()) {
          if (step.do !== 'make') continue;
          expect([guild.sharer, LEADS, BOT]).not.toContain(step.account);
        }
        plays(guild, one.death);
        expect(guild.look()).toEqual([]);
      }
    }),
  );
});

test('in the end, with everybody back, exactly those are muted whom somebody else muted', () => {
  fc.assert(
    fc.property(evening, (all) => {
      const guild = new Guild();
      for (const one of all) {
        guild.happens(one.happening);
        plays(guild, one.death);
      }
      guild.isOver = true;
      plays(guild);
      for (const who of NAMES) guild.happens({ kind: 'joins', who, room: 'kitchen' });
      plays(guild);
      expect([...guild.touched]).toEqual([]);
      expect([...guild.muted].sort()).toEqual([...guild.byHand].sort());
    }),
  );
});
