import fc from 'fast-check';
import {
  changePlan,
  climb,
  type Ladder,
  type LadderEvent,
  newLadder,
  nextTick,
  openPrompts,
  type Told,
} from '../../../src/core/checkins/ladder.js';
import { ME, NO_PLAN, type Plan, planSchema } from '../../../src/core/checkins/ladder-plan.js';

const MINUTE = 60_000;
const HOUR = 60;

/** Runs events, in minutes; the answer says who was told which step and when it was noticed. */
function play(ladder: Ladder, events: readonly LadderEvent[]) {
  const told: (Told & { at: number })[] = [];
  let now = ladder;
  for (const event of events) {
    const climbed = climb(now, event);
    now = climbed.ladder;
    told.push(...climbed.told.map((each) => ({ ...each, at: 'at' in event ? event.at : event.to })));
  }
  return { told, ladder: now };
}

const plan: Plan = {
  steps: [
    { afterMissed: 1, waitMinutes: 30, who: ME, words: 'A nudge for me' },
    { afterMissed: 2, waitMinutes: 60, who: 'sponsor', words: 'Please give me a call' },
  ],
};
const at = (minutes: number) => minutes * MINUTE;
const delivered = (minutes: number, prompt = `p${minutes}`): LadderEvent => ({
  kind: 'delivered',
  at: at(minutes),
  prompt,
  windowMinutes: 120,
});
const tick = (minutes: number): LadderEvent => ({ kind: 'tick', at: at(minutes) });
const ticks = (from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / 10) + 1 }, (_, i) => tick(from + i * 10));
const accepted: LadderEvent = { kind: 'accepted', at: 0, who: 'sponsor' };
const said = (events: readonly LadderEvent[], ladder = newLadder(plan)) =>
  play(ladder, events).told.map(({ who, words, dueAt }) => `${dueAt / MINUTE} ${who}: ${words}`);
const twoMissed = [accepted, delivered(0), ...ticks(0, 24 * HOUR - 10), delivered(24 * HOUR)];

test('each step comes when its number is missed and its wait is over, and only once', () => {
  expect(said([...twoMissed, ...ticks(24 * HOUR, 40 * HOUR), delivered(48 * HOUR), ...ticks(48 * HOUR, 90 * HOUR)])).toEqual([
    '150 me: A nudge for me',
    `${27 * HOUR} sponsor: Please give me a call`,
  ]);
});

test('by default nobody is told', () => {
  expect(said([...twoMissed, tick(100 * HOUR)], newLadder(NO_PLAN))).toEqual([]);
});

test('who has not accepted is not told, and not later either', () => {
  const asked = twoMissed.slice(1);
  expect(said([...asked, tick(30 * HOUR), { ...accepted, at: at(31 * HOUR) }, tick(99 * HOUR)])).toEqual([
    '150 me: A nudge for me',
  ]);
  const declined: LadderEvent = { kind: 'declined', at: at(26 * HOUR), who: 'sponsor' };
  expect(said([...twoMissed, declined, tick(99 * HOUR)])).toEqual(['150 me: A nudge for me']);
});

test.each<[string, LadderEvent]>([
  ['answers', { kind: 'answered', at: at(26.5 * HOUR) }],
  ['snoozes', { kind: 'snoozed', at: at(26.5 * HOUR) }],
  ['pauses', { kind: 'paused', at: at(26.5 * HOUR) }],
  ['withdraws this consent', { kind: 'withdrawn', at: at(26.5 * HOUR), who: 'sponsor' }],
  ['withdraws the plan', { kind: 'withdrawn', at: at(26.5 * HOUR) }],
])('a step that waits is cancelled when the member %s', (_, event) => {
  expect(said([...twoMissed, ...ticks(24 * HOUR, 26.5 * HOUR), event, ...ticks(26.5 * HOUR, 60 * HOUR)])).toEqual([
    '150 me: A nudge for me',
  ]);
});

test('an answer begins a new silence, in which every step counts from one again', () => {
  const events = [accepted, delivered(0), tick(200), { kind: 'answered', at: at(210) } as const, delivered(300), tick(600)];
  expect(said(events)).toEqual(['150 me: A nudge for me', '450 me: A nudge for me']);
});

test('a prompt that did not arrive, or came during a pause, is not missed', () => {
  const failed: LadderEvent = { kind: 'failed', at: at(5), prompt: 'p0' };
  expect(said([accepted, delivered(0), failed, tick(999)])).toEqual([]);
  expect(said([{ kind: 'paused', at: 0 }, delivered(1), { kind: 'resumed', at: at(2) }, tick(999)])).toEqual([]);
});

test('a prompt that is known only later not to have arrived is not missed either', () => {
  const failed: LadderEvent = { kind: 'failed', at: at(125), prompt: 'p0' };
  expect(said([accepted, delivered(0), tick(121), failed, tick(150), delivered(200), tick(350)])).toEqual([
    '350 me: A nudge for me',
  ]);
});

test('a silence without end is kept small', () => {
  const forever = Array.from({ length: 500 }, (_, day) => delivered(day * 24 * HOUR));
  const far: Plan = { steps: [{ afterMissed: 14, waitMinutes: 0, who: ME, words: 'Still here' }] };
  const { ladder, told } = play(newLadder(far), [...forever, tick(600 * 24 * HOUR)]);
  expect(ladder.prompts.length).toBe(40);
  expect(openPrompts(ladder, at(499 * 24 * HOUR + 119))).toEqual([`p${499 * 24 * HOUR}`]);
  expect(told.map(({ dueAt }) => dueAt)).toEqual([at(13 * 24 * HOUR + 120)]);
});

test('downtime stops the window and the wait, and is counted once', () => {
  const down = (from: number, to: number): LadderEvent => ({ kind: 'down', from: at(from), to: at(to) });
  expect(said([delivered(0), down(60, 360), tick(419), tick(449)])).toEqual([]);
  expect(said([delivered(0), down(60, 360), tick(450)])).toEqual(['450 me: A nudge for me']);
  expect(said([delivered(0), tick(130), down(140, 1000), tick(1009)])).toEqual([]);
  expect(said([delivered(0), down(60, 360), down(60, 360), down(100, 361), tick(451)])).toEqual(['451 me: A nudge for me']);
});

test('the window of a prompt is open until it was open for long enough', () => {
  const down: LadderEvent = { kind: 'down', from: at(60), to: at(360) };
  const { ladder } = play(newLadder(NO_PLAN), [delivered(0), down, delivered(300)]);
  expect([419, 420, 479, 480].map((minutes) => openPrompts(ladder, at(minutes)))).toEqual([
    ['p0', 'p300'],
    ['p300'],
    ['p300'],
    [],
  ]);
});

test('the platform is down for an hour: nobody is told of it', () => {
  const events = [
    accepted,
    delivered(0),
    { kind: 'down', from: at(110), to: at(170) } as const,
    tick(170),
    { kind: 'answered', at: at(175) } as const,
  ];
  expect(said([...events, tick(999)])).toEqual([]);
});

test('withdrawn consent cannot be brought back by a late acceptance, only by a new plan', () => {
  const events = [accepted, { kind: 'withdrawn', at: 1, who: 'sponsor' } as const, { ...accepted, at: 2 }];
  const { ladder } = play(newLadder(plan), events);
  expect(ladder.recipients).toEqual({ sponsor: 'withdrawn' });
  expect(changePlan(ladder, plan).recipients).toEqual({ sponsor: 'asked' });
  expect(play(newLadder(plan), [{ kind: 'accepted', at: 0, who: 'stranger' }]).ladder.recipients).toEqual({ sponsor: 'asked' });
});

test('other words need a new agreement, the same ones do not', () => {
  const { ladder } = play(newLadder(plan), [accepted, delivered(0), tick(130)]);
  expect(changePlan(ladder, plan)).toMatchObject({ recipients: { sponsor: 'accepted' }, prompts: [], done: [] });
  const reworded = { steps: plan.steps.map((step) => ({ ...step, words: 'Something else' })) };
  expect(changePlan(ladder, reworded).recipients).toEqual({ sponsor: 'asked' });
});

test('a state is JSON, and says when it must be looked at next', () => {
  const { ladder } = play(newLadder(plan), [accepted, delivered(0)]);
  expect(JSON.parse(JSON.stringify(ladder))).toEqual(ladder);
  expect(nextTick(ladder)).toBe(at(150));
  expect(nextTick(newLadder(plan))).toBeUndefined();
});

test('a plan has limits', () => {
  const step = plan.steps[0];
  const fits = (steps: unknown) => planSchema.safeParse({ steps }).success;
  expect(fits([])).toBe(true);
  expect(fits(plan.steps)).toBe(true);
  expect(fits([step, step])).toBe(false);
  expect(fits([{ ...step, words: ' ' }])).toBe(false);
  expect(fits([{ ...step, afterMissed: 0 }])).toBe(false);
  expect(fits(['a', 'b', 'c', 'd'].map((who) => ({ ...step, who })))).toBe(false);
});

describe('over every order of events', () => {
  const who = fc.constantFrom(ME, 'ana', 'ben');
  const steps = fc.array(
    fc.record({
      afterMissed: fc.noBias(fc.integer({ min: 1, max: 3 })),
      waitMinutes: fc.noBias(fc.integer({ min: 0, max: 300 })),
      who,
      words: fc.string({ minLength: 1, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 5, size: 'max' },
  );
  const member = ['answered', 'snoozed', 'paused', 'resumed', 'withdrawn', 'withdrawn-all'] as const;
  const kinds = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('delivered', 'delivered', 'tick', 'tick', 'accepted', 'failed', 'down', 'declined') },
    { weight: 1, arbitrary: fc.constantFrom(...member) },
  );
  const happenings = fc.array(fc.tuple(kinds, fc.noBias(fc.integer({ min: 0, max: 180 })), fc.constantFrom('ana', 'ben')), {
    minLength: 10,
    maxLength: 60,
  });

  /** Events in the order of time; while the bot is down nothing else happens. */
  function eventsOf(drawn: readonly (readonly [string, number, string])[]): LadderEvent[] {
    let now = 0;
    let prompt = 0;
    return drawn.map(([kind, minutes, name]): LadderEvent => {
      const from = now;
      now += minutes * MINUTE;
      if (kind === 'delivered') return { kind, at: now, prompt: `${prompt++}`, windowMinutes: 120 };
      if (kind === 'failed') return { kind, at: now, prompt: `${prompt - 1}` };
      if (kind === 'down') return { kind, from, to: now };
      if (kind === 'withdrawn') return { kind, at: now, who: name };
      if (kind === 'withdrawn-all') return { kind: 'withdrawn', at: now };
      if (kind === 'accepted' || kind === 'declined') return { kind, at: now, who: name };
      return { kind: kind as 'tick' | 'answered' | 'snoozed' | 'paused' | 'resumed', at: now };
    });
  }

  /** What the promises say, read from the list of events alone. */
  class Witness {
    #seen: LadderEvent[] = [];
    saw(event: LadderEvent) {
      this.#seen.push(event);
    }
    #upTime(from: number, to: number) {
      const lost = this.#seen.map((event) =>
        event.kind === 'down' ? Math.max(0, Math.min(to, event.to) - Math.max(from, event.from)) : 0,
      );
      return to - from - lost.reduce((sum, each) => sum + each, 0);
    }
    /** Since the member last did anything. */
    get silence() {
      const acts = ['answered', 'snoozed', 'paused', 'withdrawn'];
      return this.#seen.slice(this.#seen.findLastIndex(({ kind }) => acts.includes(kind)) + 1);
    }
    get isPaused() {
      return this.#seen.findLast(({ kind }) => kind === 'paused' || kind === 'resumed')?.kind === 'paused';
    }
    get isWithdrawn() {
      return this.#seen.some((event) => event.kind === 'withdrawn' && event.who === undefined);
    }
    accepts(name: string) {
      if (this.#seen.some((event) => event.kind === 'withdrawn' && event.who === name)) return false;
      return (
        this.#seen.findLast((event) => (event.kind === 'accepted' || event.kind === 'declined') && event.who === name)?.kind ===
        'accepted'
      );
    }
    /** The prompts of this silence that arrived, each with the time in which it could have been answered. */
    heardFor(now: number): number[] {
      const failed = this.#seen.flatMap((event) => (event.kind === 'failed' ? [event.prompt] : []));
      const resumedAt = this.silence.findIndex(({ kind }) => kind === 'resumed');
      const wasPaused = this.#seen[this.#seen.length - this.silence.length - 1]?.kind === 'paused';
      const heard = wasPaused ? (resumedAt < 0 ? [] : this.silence.slice(resumedAt)) : this.silence;
      return heard.flatMap((event) =>
        event.kind === 'delivered' && !failed.includes(event.prompt) ? [this.#upTime(event.at, now)] : [],
      );
    }
  }

  test('nobody is told who must not be, nothing is told but the agreed words, nothing twice in a silence, nothing too early', () => {
    let tellings = 0;
    fc.assert(
      fc.property(steps, happenings, (drawnSteps, drawn) => {
        let ladder = newLadder({ steps: drawnSteps });
        const witness = new Witness();
        let told: number[] = [];
        for (const event of eventsOf(drawn)) {
          if (['answered', 'snoozed', 'paused', 'withdrawn'].includes(event.kind)) told = [];
          witness.saw(event);
          const climbed = climb(ladder, event);
          ladder = climbed.ladder;
          for (const each of climbed.told) {
            tellings++;
            const step = drawnSteps[each.step];
            if (!step || event.kind !== 'tick') throw new Error('Told without a step or a tick.');
            expect(Object.keys(each).sort()).toEqual(['dueAt', 'step', 'who', 'words']);
            expect([each.who, each.words]).toEqual([step.who, step.words]);
            if (step.who !== ME) expect(witness.accepts(step.who)).toBe(true);
            expect(witness.isPaused).toBe(false);
            expect(witness.isWithdrawn).toBe(false);
            expect(told).not.toContain(each.step);
            told.push(each.step);
            const needed = (120 + step.waitMinutes) * MINUTE;
            const long = witness.heardFor(event.at).filter((time) => time >= needed);
            expect(long.length).toBeGreaterThanOrEqual(step.afterMissed);
          }
        }
      }),
      { numRuns: 3000 },
    );
    expect(tellings).toBeGreaterThan(1000);
  });

  test('and what was promised is told: a silence that is long enough reaches every step, in its order', () => {
    fc.assert(
      fc.property(steps, happenings, (drawnSteps, drawn) => {
        const before = play(newLadder({ steps: drawnSteps }), eventsOf(drawn)).ladder;
        const begin = 100_000;
        const names = ['ana', 'ben'].filter(
          (name) => before.recipients[name] !== undefined && before.recipients[name] !== 'withdrawn',
        );
        const quiet: LadderEvent[] = [
          { kind: 'answered', at: at(begin) },
          { kind: 'resumed', at: at(begin) },
          ...names.map((name): LadderEvent => ({ kind: 'accepted', at: at(begin), who: name })),
          ...[1, 2, 3].map((n) => delivered(begin + n * 200, `late ${n}`)),
          tick(begin + 2000),
        ];
        const told = play(before, quiet).told;
        const planned = before.plan.steps.flatMap((step, i) =>
          step.who === ME || names.includes(step.who)
            ? [{ i, due: at(begin + step.afterMissed * 200 + 120 + step.waitMinutes) }]
            : [],
        );
        const order = [...planned].sort((a, b) => a.due - b.due || a.i - b.i);
        expect(told.map(({ step, dueAt }) => [step, dueAt])).toEqual(order.map(({ i, due }) => [i, due]));
      }),
      { numRuns: 1000 },
    );
  });
});
