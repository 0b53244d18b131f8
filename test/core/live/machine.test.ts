import fc from 'fast-check';
import { closeItself, cuesOf, LET_FINISH, STILL } from '../../../src/core/live/by-clock.js';
import { type Actor, apply, CHAIR_GONE, type Event } from '../../../src/core/live/machine.js';
import { type Hand, type LiveState, lineOf } from '../../../src/core/live/moves.js';

const MINUTE = 60_000;
const START = new Date('2026-05-05T19:00:00Z');
const at = (ms: number) => new Date(START.getTime() + ms);

const begun = (more: Partial<LiveState> = {}): LiveState => ({
  startedAt: START,
  closesAt: at(90 * MINUTE),
  steps: 4,
  step: 0,
  stepSince: START,
  shareMinutes: 3,
  isMuted: false,
  isClosed: false,
  allowsUnnamed: true,
  newcomersFirst: false,
  isQuiet: false,
  chair: 'chair',
  coChair: 'co',
  chairSeenAt: START,
  hands: [],
  ...more,
});

const CHAIR: Actor = { member: 'chair', runs: false };
const CO: Actor = { member: 'co', runs: false };
const member = (name: string): Actor => ({ member: name, runs: false });

function must(state: LiveState, event: Event, actor: Actor, now: Date): LiveState {
  const outcome = apply(state, event, actor, now);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.state;
}
const refused = (state: LiveState, event: Event, actor: Actor, now: Date) => {
  const outcome = apply(state, event, actor, now);
  return outcome.ok ? undefined : outcome.why;
};

/** What a new process finds: only what can be written down. */
const restarted = (state: LiveState): LiveState =>
  JSON.parse(JSON.stringify(state), (key, value) =>
    typeof value === 'string' && /(?:At|since|until|Since)$/u.test(key) ? new Date(value) : value,
  );

/** Milliseconds that whoever shares has left; negative when the time is over. */
const timeLeft = ({ sharing, pausedAt }: LiveState, now: Date) =>
  sharing && sharing.until.getTime() - (pausedAt ?? now).getTime();

const hand = (order: number, name: string, isNew = false): Hand => ({ id: `hand-${order}`, member: name, order, isNew });
const raised = (state: LiveState, one: Hand): LiveState => ({ ...state, hands: [...state.hands, one] });

type Step =
  | { readonly do: 'raise'; readonly who: number; readonly isNew: boolean }
  | { readonly do: 'withdraw' | 'pass' | 'done'; readonly who: number }
  | { readonly do: 'next' | 'twice' | 'pause' | 'resume' | 'restart' }
  | { readonly do: 'extend'; readonly minutes: number }
  | { readonly do: 'skip'; readonly which: number };

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('raise' as const), who: fc.nat(9), isNew: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('withdraw', 'pass', 'done'), who: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('next', 'twice', 'pause', 'resume', 'restart') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('extend' as const), minutes: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('skip' as const), which: fc.nat(9) }) },
);

/**
 * The session as somebody with a sheet of paper and a stopwatch would keep it: a list of names, and milliseconds that are
 * counted down only while the clock runs.
 */
class Paper {
  line: { id: string; who: string; isNew: boolean }[] = [];
  sharing?: { id: string; who: string; left: number } | undefined;
  paused = false;
  constructor(readonly newcomersFirst: boolean) {}

  passes(ms: number) {
    if (this.sharing && !this.paused) this.sharing.left -= ms;
  }
  raise(one: Hand) {
    const entry = { id: one.id, who: one.member, isNew: one.isNew };
    const before = this.newcomersFirst && one.isNew ? this.line.findIndex(({ isNew }) => !isNew) : -1;
    if (before === -1) this.line.push(entry);
    else this.line.splice(before, 0, entry);
  }
  begin(entry: { id: string; who: string } | undefined) {
    this.sharing = entry && { id: entry.id, who: entry.who, left: 3 * MINUTE };
  }
  next() {
    this.begin(this.line.shift());
  }
  skip(id: string) {
    const entry = this.line.find((one) => one.id === id);
    this.line = this.line.filter((one) => one !== entry);
    this.begin(entry);
  }
  gives(who: string) {
    if (this.sharing?.who !== who) this.line = this.line.filter((one) => one.who !== who);
    else if (this.paused) this.sharing = undefined;
    else this.next();
  }
  extend(minutes: number) {
    if (this.sharing) this.sharing.left = Math.max(0, this.sharing.left) + minutes * MINUTE;
  }
}

/** One thing happens, on paper and in the session. */
function play(step: Step, paper: Paper, state: LiveState, now: Date, order: number): LiveState {
  const seen = state.sharing?.id;
  switch (step.do) {
    case 'raise': {
      const who = `m${step.who}`;
      if (state.hands.some((one) => one.member === who) || state.sharing?.member === who) return state;
      const one = hand(order, who, step.isNew);
      paper.raise(one);
      return raised(state, one);
    }
    case 'withdraw':
    case 'pass':
      paper.gives(`m${step.who}`);
      return must(state, { kind: step.do }, member(`m${step.who}`), now);
    case 'done': {
      const who = `m${step.who}`;
      if (state.sharing?.member !== who) {
        expect(refused(state, { kind: 'done' }, member(who), now)).toBe('notYourTurn');
        return state;
      }
      paper.gives(who);
      return must(state, { kind: 'done' }, member(who), now);
    }
    case 'next':
    case 'twice': {
      paper.next();
      const once = must(state, { kind: 'next', seen }, CHAIR, now);
      // Nobody came after nobody: there is nothing that a second tap could do wrongly.
      return step.do === 'twice' ? must(once, { kind: 'next', seen: seen ?? 'nobody' }, CHAIR, now) : once;
    }
    case 'pause':
      paper.paused = true;
      return must(state, { kind: 'pause' }, CHAIR, now);
    case 'resume':
      paper.paused = false;
      return must(state, { kind: 'resume' }, CHAIR, now);
    case 'restart':
      return restarted(state);
    case 'extend':
      paper.extend(step.minutes);
      return must(state, { kind: 'extend', until: state.sharing?.until ?? now, minutes: step.minutes }, CHAIR, now);
    case 'skip': {
      const one = state.hands[step.which];
      if (!one) {
        expect(refused(state, { kind: 'skip', seen, to: 'gone' }, CHAIR, now)).toBe('noHand');
        return state;
      }
      paper.skip(one.id);
      return must(state, { kind: 'skip', seen, to: one.id }, CHAIR, now);
    }
  }
}

test('order, turns and time left are those of paper and stopwatch, whatever happens and whenever it restarts', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 * MINUTE }), stepArbitrary), { maxLength: 60 }),
      (newcomersFirst, steps) => {
        const paper = new Paper(newcomersFirst);
        let state = begun({ newcomersFirst });
        let now = 0;
        for (const [order, [wait, step]] of steps.entries()) {
          now += wait;
          paper.passes(wait);
          state = play(step, paper, state, at(now), order);
          expect(lineOf(state).map(({ id }) => id)).toEqual(paper.line.map(({ id }) => id));
          expect(state.sharing?.id).toBe(paper.sharing?.id);
          expect(timeLeft(state, at(now))).toBe(paper.sharing?.left);
          expect(timeLeft(restarted(state), at(now))).toBe(paper.sharing?.left);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('to pass is free at any time: paused, muted, closed, without a hand, and when all is over', () => {
  const up = raised(begun(), hand(1, 'ana'));
  const states = [
    begun(),
    up,
    must(up, { kind: 'next', seen: undefined }, CHAIR, START),
    must(up, { kind: 'pause' }, CHAIR, START),
    must(up, { kind: 'switch', which: 'isMuted', on: true }, CHAIR, START),
    must(up, { kind: 'switch', which: 'isClosed', on: true }, CHAIR, START),
    must(up, { kind: 'end' }, CHAIR, START),
  ];
  for (const state of states) {
    const after = must(state, { kind: 'pass' }, member('ana'), START);
    expect([...after.hands, after.sharing].some((one) => one?.member === 'ana')).toBe(false);
  }
});

test('only whoever leads leads, and a facilitator always may', () => {
  const state = raised(begun(), hand(1, 'ana'));
  const events: Event[] = [
    { kind: 'next', seen: undefined },
    { kind: 'skip', seen: undefined, to: 'hand-1' },
    { kind: 'step', to: 1 },
    { kind: 'pause' },
    { kind: 'resume' },
    { kind: 'switch', which: 'isMuted', on: true },
    { kind: 'handOver', to: 'ana' },
    { kind: 'end' },
    { kind: 'extend', until: START, minutes: 1 },
  ];
  for (const event of events) {
    expect(refused(state, event, member('ana'), START)).toBe('notLeading');
    expect(refused(state, event, CO, START)).toBe('notLeading');
    expect(refused(state, event, CHAIR, START)).toBeUndefined();
    expect(refused(state, event, { member: 'olga', runs: true }, START)).toBeUndefined();
  }
});

test('the co-chair takes over when the chair gave no sign for three minutes, not a moment sooner; nobody else does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: 0, max: 10 * MINUTE }), (sign, wait) => {
      const seen = must(begun(), { kind: 'look' }, CHAIR, at(sign));
      const now = at(sign + wait);
      expect(refused(seen, { kind: 'take' }, member('ana'), now)).toBe('notYours');
      const outcome = apply(seen, { kind: 'take' }, CO, now);
      expect(outcome.ok).toBe(wait >= CHAIR_GONE);
      if (outcome.ok) expect(outcome.state).toMatchObject({ chair: 'co', coChair: 'chair', chairSeenAt: now });
    }),
    { numRuns: 100 },
  );
});

test('a chair that is handed over can be taken back', () => {
  const handed = must(begun(), { kind: 'handOver', to: 'ana' }, CHAIR, START);
  expect(handed).toMatchObject({ chair: 'ana', coChair: 'chair' });
  expect(refused(handed, { kind: 'end' }, CHAIR, START)).toBe('notLeading');
  const back = must(handed, { kind: 'take' }, CHAIR, at(CHAIR_GONE));
  expect(back).toMatchObject({ chair: 'chair', coChair: 'ana' });
});

test('without a leader the first hand has its turn at once, and everybody moves on; nobody ends it early or mutes anybody', () => {
  const { chair: _, ...alone } = begun();
  const state = must(raised(alone, hand(1, 'ana')), { kind: 'flow' }, member('ana'), START);
  expect(state.sharing?.member).toBe('ana');
  expect(must(state, { kind: 'step', to: 1 }, member('ben'), START).step).toBe(1);
  expect(refused(state, { kind: 'end' }, member('ben'), START)).toBe('notLeading');
  expect(refused(state, { kind: 'end' }, member('ben'), state.closesAt)).toBeUndefined();
  expect(refused(state, { kind: 'switch', which: 'isMuted', on: true }, member('ben'), START)).toBe('notLeading');
  expect(refused(state, { kind: 'handOver', to: 'ben' }, member('ben'), START)).toBe('notLeading');
});

test('a second tap to extend adds nothing; time that was over is counted from now', () => {
  const up = must(raised(begun(), hand(1, 'ana')), { kind: 'next', seen: undefined }, CHAIR, START);
  const until = up.sharing?.until ?? START;
  const longer = must(up, { kind: 'extend', until, minutes: 2 }, CHAIR, at(MINUTE));
  expect(timeLeft(longer, at(MINUTE))).toBe(4 * MINUTE);
  expect(must(longer, { kind: 'extend', until, minutes: 2 }, CHAIR, at(MINUTE))).toEqual(longer);
  const late = must(up, { kind: 'extend', until, minutes: 2 }, CHAIR, at(10 * MINUTE));
  expect(timeLeft(late, at(10 * MINUTE))).toBe(2 * MINUTE);
});

test('it ends by itself, but nobody is cut off', () => {
  const state = begun();
  expect(closeItself(state, at(89 * MINUTE))).toBe(state);
  expect(closeItself(state, state.closesAt).endedAt).toEqual(state.closesAt);
  const up = must(raised(state, hand(1, 'ana')), { kind: 'next', seen: undefined }, CHAIR, at(88 * MINUTE));
  const waits = closeItself(up, state.closesAt);
  expect(waits.endedAt).toBeUndefined();
  expect(waits.closesAt.getTime()).toBe((up.sharing?.until.getTime() ?? 0) + LET_FINISH);
  expect(closeItself(waits, waits.closesAt).endedAt).toEqual(waits.closesAt);
  const still = must(state, { kind: 'pause' }, CHAIR, at(80 * MINUTE));
  const longer = closeItself(still, state.closesAt);
  expect(longer.closesAt).toEqual(at(80 * MINUTE + STILL));
  expect(closeItself(longer, longer.closesAt).endedAt).toEqual(longer.closesAt);
});

test('cues rise, begin with the turn and end with the time; a short turn has no last minute to tell of', () => {
  expect(cuesOf({ since: START, until: at(3 * MINUTE) }).map(({ what, at: when }) => [what, when])).toEqual([
    ['turn', START],
    ['minute', at(2 * MINUTE)],
    ['end', at(3 * MINUTE)],
  ]);
  expect(cuesOf({ since: START, until: at(MINUTE) }).map(({ what }) => what)).toEqual(['turn', 'end']);
});
