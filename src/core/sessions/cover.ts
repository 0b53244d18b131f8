import type { ChairAnswer, ChairState } from '../../db/generated/client.js';

const MINUTE = 60_000;
/** Before the start: the chair is asked whether they will be there. */
export const ASKS_CHAIR = 120 * MINUTE;
/** Before the start: who has not answered is not waited for any longer. */
export const ASKS_ALL = 30 * MINUTE;
/** The co-chair is asked first, and has so long before the others are asked too. */
export const HEAD_START = 10 * MINUTE;

export interface Ask {
  readonly memberId: string;
  readonly askedAt: Date;
  readonly said: ChairAnswer | null;
}

/** Who may chair one date, and what they were asked and said for this start. */
export interface Cover {
  readonly startsAt: Date;
  readonly now: Date;
  readonly chair?: string | undefined;
  readonly coChair?: string | undefined;
  /** In their order. */
  readonly backups: readonly string[];
  readonly asks: readonly Ask[];
}

export interface Covered {
  readonly state: ChairState;
  /** Who chairs: they said so. */
  readonly chairs?: string;
  /** To be asked now, in this order. */
  readonly ask: readonly { readonly memberId: string; readonly isCover: boolean }[];
  /** When to look again, if nobody says anything before. */
  readonly next?: Date;
}

const isOut = (ask: Ask | undefined) => ask?.said === 'no' || ask?.said === 'unreached';

/** Who may stand in and is asked by now: first the co-chair, then everybody. */
function standIns({ startsAt, now, chair, coChair, backups, asks }: Cover): { asked: string[]; next?: Date } {
  const others = [...new Set(backups)].filter((one) => one !== chair && one !== coChair);
  if (coChair === undefined || coChair === chair) return { asked: others };
  const ask = asks.find(({ memberId }) => memberId === coChair);
  const alone = Math.min((ask?.askedAt ?? now).getTime() + HEAD_START, startsAt.getTime() - ASKS_ALL);
  if (isOut(ask) || now.getTime() >= alone) return { asked: [coChair, ...others] };
  return { asked: [coChair], next: new Date(alone) };
}

/** Who said that they chair, and still may. */
function confirmed({ chair, coChair, backups, asks }: Cover): string | undefined {
  const may = new Set([chair, coChair, ...backups]);
  const yes = asks.filter(({ said, memberId }) => said === 'yes' && may.has(memberId)).map(({ memberId }) => memberId);
  return yes.find((one) => one === chair) ?? yes[0];
}

/**
 * What is to be done about who chairs a date, from what was asked and said, and the time. It keeps no state of its own, so a
 * jump of the clock or a downtime is like any other moment: who should have been asked is asked, as long as it has a point.
 */
export function coverChair(cover: Cover): Covered {
  const { startsAt, now, chair, asks } = cover;
  const chairs = confirmed(cover);
  if (chairs !== undefined) return { state: 'confirmed', chairs, ask: [] };
  if (now >= startsAt) return { state: 'open', ask: [] };
  const left = startsAt.getTime() - now.getTime();
  const asksAt = new Date(startsAt.getTime() - ASKS_CHAIR);
  const isFree = chair === undefined || isOut(asks.find(({ memberId }) => memberId === chair));
  // Nobody was ever to chair it: that is looked after when it is near. One who cannot is looked after at once.
  if (left > ASKS_CHAIR && (chair === undefined || !isFree)) return { state: 'unasked', ask: [], next: asksAt };
  const seeks = isFree || left <= ASKS_ALL;
  const others: ReturnType<typeof standIns> = seeks ? standIns(cover) : { asked: [] };
  const wanted = [
    ...(chair !== undefined && left <= ASKS_CHAIR ? [{ memberId: chair, isCover: false }] : []),
    ...others.asked.map((memberId) => ({ memberId, isCover: true })),
  ];
  const known = new Set(asks.map(({ memberId }) => memberId));
  const allAt = seeks ? startsAt : new Date(startsAt.getTime() - ASKS_ALL);
  return {
    state: seeks ? 'seeking' : 'asked',
    ask: wanted.filter(({ memberId }) => !known.has(memberId)),
    next: others.next ?? allAt,
  };
}
