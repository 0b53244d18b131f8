import { climb, type Ladder, type LadderEvent, newLadder, nextTick, openPrompts } from '../ladder.js';
import type { Plan } from '../ladder-plan.js';

/** What the database knows of one member's silence, in epoch milliseconds. */
export interface Silence {
  readonly plan: Plan;
  /** Recipients who agreed and still do, and when they did. */
  readonly accepted: readonly { readonly who: string; readonly at: number }[];
  /** Since the member was last heard of; no earlier prompt is in {@link prompts}. */
  readonly since: number;
  /** Prompts that reached the member. */
  readonly prompts: readonly { readonly id: string; readonly sentAt: number; readonly windowMinutes: number }[];
  /** When nobody could be heard, rising. */
  readonly down: readonly { readonly from: number; readonly to: number }[];
}

export interface Replayed {
  /** Positions of the steps whose time has come, in the order in which it came, with when that was. */
  readonly reached: readonly { readonly step: number; readonly at: number }[];
  /** Every step that had its turn, also those that lapsed because their recipient had not agreed. */
  readonly done: readonly number[];
  /** Prompts whose window is over. */
  readonly missed: readonly string[];
  /** When something happens next if the member stays silent. */
  readonly next?: number;
}

const timeOf = (event: LadderEvent): number => (event.kind === 'down' ? event.from : event.at);

/** At one instant, a stop of the bot counts before anything else, so that it is never taken for silence. */
const RANK: Readonly<Partial<Record<LadderEvent['kind'], number>>> = { down: 0, accepted: 1 };
const rankOf = ({ kind }: LadderEvent): number => RANK[kind] ?? 2;

function eventsOf({ accepted, prompts, down }: Silence, now: number): LadderEvent[] {
  const events: LadderEvent[] = [
    ...down.map(({ from, to }): LadderEvent => ({ kind: 'down', from, to })),
    ...accepted.map(({ who, at }): LadderEvent => ({ kind: 'accepted', at, who })),
    ...prompts.map(
      ({ id, sentAt, windowMinutes }): LadderEvent => ({ kind: 'delivered', at: sentAt, prompt: id, windowMinutes }),
    ),
  ];
  return events.filter((event) => timeOf(event) <= now).sort((a, b) => timeOf(a) - timeOf(b) || rankOf(a) - rankOf(b));
}

/**
 * Lives through a silence again, from what is written down, and says where it stands. Nothing of it is kept between two
 * looks, so no order of crashes can make it forget an answer or count a step twice.
 */
export function replay(silence: Silence, now: number): Replayed {
  const reached: { step: number; at: number }[] = [];
  let ladder: Ladder = newLadder(silence.plan);

  function tickUntil(until: number): void {
    for (let at = nextTick(ladder); at !== undefined && at <= until; at = nextTick(ladder)) {
      const { ladder: after, told } = climb(ladder, { kind: 'tick', at });
      ladder = after;
      reached.push(...told.map(({ step, dueAt }) => ({ step, at: dueAt })));
    }
  }

  for (const event of eventsOf(silence, now)) {
    // What falls due at the very instant at which the bot stopped is not told in its absence.
    tickUntil(event.kind === 'down' ? timeOf(event) - 1 : timeOf(event));
    ladder = climb(ladder, event).ladder;
  }
  tickUntil(now);
  const open = new Set(openPrompts(ladder, now));
  const closings = ladder.prompts.filter(({ prompt }) => open.has(prompt)).map(({ closesAt }) => closesAt + ladder.downFor);
  const coming = [...closings, nextTick(ladder)].filter((at): at is number => at !== undefined && at > now);
  return {
    reached,
    done: ladder.done,
    missed: silence.prompts.filter(({ id, sentAt }) => sentAt <= now && !open.has(id)).map(({ id }) => id),
    ...(coming.length > 0 && { next: Math.min(...coming) }),
  };
}
