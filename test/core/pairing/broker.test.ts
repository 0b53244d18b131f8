import fc from 'fast-check';
import {
  beginning,
  type Happening,
  halfOf,
  isOver,
  LONGEST,
  type Outcome,
  type RequestNow,
  type Rules,
  shownState,
  transition,
} from '../../../src/core/pairing/broker.js';

const HOUR = 3_600_000;
const START = new Date('2026-03-01T12:00:00Z');
const at = (hours: number) => new Date(START.getTime() + hours * HOUR);
const rules: Rules = { answerHours: 24, introDays: 7, approval: false };
const fresh: RequestNow = { state: 'waiting', urgency: 'month', askedAt: START, tellBy: at(72) };
const offered: RequestNow = { ...fresh, state: 'offered', offer: { askedAt: START, deadline: at(24) } };
const says = (r: RequestNow, happening: Happening, hours: number) => transition(r, happening, at(hours), rules);

/** The request after what follows. */
function moved(r: RequestNow, outcome: Outcome, now: Date): RequestNow {
  const { offer, lastDeadline, introBy, ...rest } = r;
  const ended = outcome.ends && outcome.ends !== 'accepted' && outcome.ends !== 'lapsed' ? offer?.deadline : undefined;
  const last = ended ?? lastDeadline;
  const stays = outcome.ends || outcome.asks ? undefined : offer;
  return {
    ...rest,
    state: outcome.state,
    tellBy: outcome.tellBy,
    ...(outcome.waitingAt && { waitingAt: outcome.waitingAt }),
    ...(last && { lastDeadline: last }),
    ...(stays && { offer: stays }),
    ...(outcome.asks && { offer: { askedAt: now, deadline: outcome.asks.deadline } }),
    ...(outcome.introBy ? { introBy: outcome.introBy } : outcome.state === 'introduced' && introBy ? { introBy } : {}),
  };
}

test('it begins by looking for somebody, or with a facilitator where the community wants one', () => {
  expect(beginning(rules, START)).toMatchObject({ state: 'waiting', seek: true });
  const asks = { state: 'approval', tells: ['facilitators'], next: at(72) };
  expect(beginning({ ...rules, approval: true }, START)).toMatchObject(asks);
  const waits: RequestNow = { ...fresh, state: 'approval' };
  expect(says(waits, { is: 'time' }, 71)).toMatchObject({ tells: [] });
  expect(says(waits, { is: 'time' }, 72)).toMatchObject({ tells: ['asker', 'facilitators'], next: at(144) });
});

test('whoever is found has a day to answer and is nudged at half of it; for what is wanted today, four hours', () => {
  const found: Happening = { is: 'found', mentorId: 'mira' };
  expect(says(fresh, found, 0)).toMatchObject({ state: 'offered', asks: { mentorId: 'mira', deadline: at(24) }, next: at(12) });
  expect(says({ ...fresh, urgency: 'today' }, found, 0)?.asks?.deadline).toEqual(at(4));
  expect(says(offered, { is: 'time' }, 11)).toMatchObject({ tells: [], next: at(12) });
  expect(says(offered, { is: 'time' }, 12)).toMatchObject({ tells: ['nudge'], next: at(24) });
  expect(halfOf({ askedAt: START, deadline: at(24) })).toEqual(at(12));
});

test('silence until the deadline, a no, and one who cannot be reached all lead to the next', () => {
  expect(says(offered, { is: 'time' }, 24)).toMatchObject({ seek: true, ends: 'lapsed' });
  for (const as of ['declined', 'unreached', 'full', 'withdrawn'] as const)
    expect(says(offered, { is: 'refused', as }, 1)).toMatchObject({ seek: true, ends: as, tells: [] });
});

test('a yes leads to an introduction with a time of its own, and from there to a pairing, or on', () => {
  expect(says(offered, { is: 'accepted' }, 3)).toMatchObject({
    state: 'introduced',
    introBy: at(3 + 7 * 24),
    next: at(3 + 7 * 24),
  });
  const introduced: RequestNow = { ...fresh, state: 'introduced', introBy: at(171) };
  expect(says(introduced, { is: 'met' }, 5)).toMatchObject({ state: 'paired', next: null });
  expect(says(introduced, { is: 'unmet', because: 'mentor' }, 5)).toMatchObject({ seek: true });
  expect(says(introduced, { is: 'unmet', because: 'asker' }, 5)).toMatchObject({ state: 'choosing', tells: ['asker'] });
});

test('an asker who was silent is asked whether they still want somebody, and is let go after a week', () => {
  const choosing: RequestNow = { ...fresh, state: 'choosing', since: START };
  expect(says(choosing, { is: 'still' }, 5)).toMatchObject({ seek: true });
  expect(says(choosing, { is: 'time' }, 7 * 24)).toMatchObject({ state: 'closed', tells: ['asker'], next: null });
});

test('nobody: the asker hears it, but not before the last one could have been silent until the end', () => {
  expect(says(fresh, { is: 'none' }, 0)).toMatchObject({ tells: ['asker'], waitingAt: START, next: at(6) });
  const declined: RequestNow = { ...fresh, lastDeadline: at(24) };
  expect(says(declined, { is: 'none' }, 1)).toMatchObject({ tells: [], next: at(7) });
  expect(says(declined, { is: 'none' }, 20)).toMatchObject({ tells: [], next: at(24) });
  expect(says(declined, { is: 'none' }, 24)).toMatchObject({ tells: ['asker'] });
  expect(shownState(declined, at(23))).toBe('offered');
  expect(shownState({ ...declined, waitingAt: at(24) }, at(24))).toBe('waiting');
});

test('nobody for three months: it ends, and the asker is told', () => {
  const long = LONGEST / HOUR;
  expect(says({ ...fresh, waitingAt: START }, { is: 'none' }, long)).toMatchObject({
    state: 'closed',
    tells: ['asker'],
    next: null,
  });
});

test('the asker may take it back at any time, and then nothing can happen to it any more', () => {
  expect(says(offered, { is: 'withdrawn' }, 1)).toMatchObject({ state: 'withdrawn', ends: 'withdrawn', next: null });
  for (const state of ['paired', 'withdrawn', 'closed'] as const)
    for (const is of ['time', 'accepted', 'withdrawn', 'none', 'met'] as const)
      expect(says({ ...fresh, state }, { is }, 1)).toBeUndefined();
});

test('whoever was asked, or would be met, is gone: somebody else is looked for', () => {
  expect(says({ ...fresh, state: 'offered' }, { is: 'time' }, 1)).toMatchObject({ seek: true });
  expect(says({ ...fresh, state: 'introduced' }, { is: 'time' }, 1)).toMatchObject({ seek: true });
});

test('what cannot happen as it stands is refused, and changes nothing', () => {
  expect(says(fresh, { is: 'accepted' }, 1)).toBeUndefined();
  expect(says(offered, { is: 'found', mentorId: 'max' }, 1)).toBeUndefined();
  expect(says(offered, { is: 'met' }, 1)).toBeUndefined();
  expect(says({ ...fresh, state: 'approval' }, { is: 'found', mentorId: 'max' }, 1)).toBeUndefined();
  expect(says({ ...fresh, state: 'introduced' }, { is: 'accepted' }, 1)).toBeUndefined();
});

const happenings = fc.oneof(
  fc.constantFrom<Happening>(
    { is: 'time' },
    { is: 'approved' },
    { is: 'accepted' },
    { is: 'met' },
    { is: 'unmet', because: 'asker' },
    { is: 'unmet', because: 'mentor' },
    { is: 'still' },
    { is: 'withdrawn' },
  ),
  fc
    .constantFrom<'declined' | 'unreached' | 'full' | 'withdrawn'>('declined', 'unreached', 'full', 'withdrawn')
    .map((as): Happening => ({ is: 'refused', as })),
);
const lives = fc.array(fc.record({ happening: happenings, after: fc.integer({ min: 0, max: 60 }), isFound: fc.boolean() }), {
  maxLength: 60,
});
const ways = fc.record({
  answerHours: fc.integer({ min: 1, max: 168 }),
  introDays: fc.integer({ min: 1, max: 30 }),
  approval: fc.boolean(),
});

/** Lives a request through, as whoever calls the broker does. */
function live(
  way: Rules,
  life: readonly { happening: Happening; after: number; isFound: boolean }[],
  look: (r: RequestNow, outcome: Outcome, now: Date) => void,
) {
  let now = START;
  let r: RequestNow = { ...fresh, state: beginning(way, START).state };
  const step = (happening: Happening, isFound: boolean): void => {
    const outcome = transition(r, happening, now, way);
    if (!outcome) return;
    const before = r;
    r = moved(r, outcome, now);
    look(before, outcome, now);
    if (outcome.seek) step(isFound ? { is: 'found', mentorId: 'somebody' } : { is: 'none' }, isFound);
  };
  for (const { happening, after, isFound } of life) {
    now = new Date(now.getTime() + after * HOUR);
    step(happening, isFound);
  }
  return r;
}

test('whatever happens, there is always a next look, never two offers at once, and never one after the end', () => {
  fc.assert(
    fc.property(ways, lives, (way, life) => {
      live(way, life, (before, outcome, now) => {
        if (isOver(outcome.state)) expect(outcome.next).toBeNull();
        else if (!outcome.seek) expect(outcome.next?.getTime()).toBeGreaterThan(now.getTime());
        if (outcome.asks) expect(before.offer).toBeUndefined();
        if (before.offer && outcome.state !== 'offered') expect(outcome.ends).toBeDefined();
        expect(isOver(before.state)).toBe(false);
      });
    }),
    { numRuns: 2000 },
  );
});

test('a no and a silence look the same to the asker for as long as the answer could have come', () => {
  fc.assert(
    fc.property(
      ways,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (way, when, look) => {
        const open = { ...way, approval: false };
        const found = transition(fresh, { is: 'found', mentorId: 'mira' }, START, open) as Outcome;
        const asked = moved(fresh, found, START);
        const deadline = asked.offer?.deadline as Date;
        const no = new Date(START.getTime() + when * (deadline.getTime() - START.getTime() - 1));
        const seen = new Date(no.getTime() + look * (deadline.getTime() - 1 - no.getTime()));
        let declined = moved(asked, transition(asked, { is: 'refused', as: 'declined' }, no, open) as Outcome, no);
        const none = transition(declined, { is: 'none' }, no, open) as Outcome;
        declined = moved(declined, none, no);
        const silent = transition(asked, { is: 'time' }, no, open) as Outcome;
        expect(none.tells).toEqual(silent.tells.filter((whom) => whom === 'asker'));
        expect(none.tellBy).toEqual(silent.tellBy);
        expect(shownState(declined, seen)).toBe(shownState(asked, seen));
      },
    ),
    { numRuns: 1000 },
  );
});
