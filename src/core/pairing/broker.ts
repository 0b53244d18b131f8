import type { OfferState, RequestState } from '../../db/generated/enums.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Milliseconds after which an asker hears again how it stands, at the latest. */
export const WORD_EVERY = 3 * DAY;
/** Milliseconds between two looks for somebody who may have become free, beside those that a change brings. */
const SEEK_EVERY = 6 * HOUR;
/** Milliseconds in which an asker who was silent at the introduction may say that they still want somebody. */
const SAY_WITHIN = 7 * DAY;
/** Milliseconds after which a request that found nobody ends, and its asker is told. */
export const LONGEST = 90 * DAY;
/** Milliseconds that somebody has to answer what is wanted today. */
const TODAY_WITHIN = 4 * HOUR;

const OVER = ['paired', 'withdrawn', 'closed'] as const satisfies readonly RequestState[];
export const isOver = (state: RequestState): boolean => OVER.some((one) => one === state);

/** How the community wants it. */
export interface Rules {
  readonly answerHours: number;
  readonly introDays: number;
  readonly approval: boolean;
}

/** A request as it stands. */
export interface RequestNow {
  readonly state: RequestState;
  readonly urgency: 'today' | 'week' | 'month';
  readonly askedAt: Date;
  /** What the asker was told as "you hear from me by". */
  readonly tellBy: Date;
  /** Since when the asker knows that nobody can be asked. */
  readonly waitingAt?: Date;
  /** Since when it waits for a word of its asker; the time of its last change where it does. */
  readonly since?: Date;
  /** Who is being asked now. */
  readonly offer?: { readonly askedAt: Date; readonly deadline: Date };
  /** Until when whoever was asked last could have answered. */
  readonly lastDeadline?: Date;
  /** Until when the introduction waits for the two. */
  readonly introBy?: Date;
}

/** What happened. `time`: something is due, or may have changed. */
export type Happening =
  | { readonly is: 'time' }
  | { readonly is: 'approved' }
  /** Found, or nobody: what came of `seek`. */
  | { readonly is: 'found'; readonly mentorId: string }
  | { readonly is: 'none' }
  | { readonly is: 'accepted' }
  | { readonly is: 'refused'; readonly as: Exclude<OfferState, 'open' | 'accepted' | 'lapsed'> }
  /** Both said yes to each other, or it came to nothing because of one of them. */
  | { readonly is: 'met' }
  | { readonly is: 'unmet'; readonly because: 'asker' | 'mentor' }
  /** The asker says that they still want somebody. */
  | { readonly is: 'still' }
  | { readonly is: 'withdrawn' };

/** What follows. */
export interface Outcome {
  readonly state: RequestState;
  /** How the open offer ends. */
  readonly ends?: OfferState;
  /** A new offer. */
  readonly asks?: { readonly mentorId: string; readonly deadline: Date };
  /** Somebody must be looked for at once; the answer is `found` or `none`. */
  readonly seek?: true;
  /** Who hears something: the asker how it stands, the one who is asked that half of their time is over, or those who are to say yes first. */
  readonly tells: readonly ('asker' | 'nudge' | 'facilitators')[];
  readonly tellBy: Date;
  readonly waitingAt?: Date;
  /** Until when the two say yes to being introduced. */
  readonly introBy?: Date;
  /** When it is looked at next; null once it is over. */
  readonly next: Date | null;
}

const earliest = (...times: readonly Date[]) => new Date(Math.min(...times.map((time) => time.getTime())));
const after = (time: Date, ms: number) => new Date(time.getTime() + ms);

const deadlineOf = ({ urgency }: RequestNow, now: Date, { answerHours }: Rules): Date =>
  after(now, urgency === 'today' ? Math.min(TODAY_WITHIN, answerHours * HOUR) : answerHours * HOUR);

/** When whoever is asked is reminded. */
export const halfOf = ({ askedAt, deadline }: { askedAt: Date; deadline: Date }): Date =>
  new Date((askedAt.getTime() + deadline.getTime()) / 2);

/** The word that is due by now, and when the next one is. */
const word = ({ tellBy }: RequestNow, now: Date): Pick<Outcome, 'tells' | 'tellBy'> =>
  now >= tellBy ? { tells: ['asker'], tellBy: after(now, WORD_EVERY) } : { tells: [], tellBy };

const seek = (r: RequestNow, ends?: OfferState): Outcome => ({
  state: 'waiting',
  seek: true,
  tells: [],
  tellBy: r.tellBy,
  next: r.tellBy,
  ...(ends && { ends }),
});

const over = (r: RequestNow, state: RequestState, tells: Outcome['tells']): Outcome => ({
  state,
  tells,
  tellBy: r.tellBy,
  next: null,
  ...(r.offer && { ends: 'withdrawn' as const }),
});

/**
 * Nobody can be asked. The asker hears so, but not before the last one who was asked could have been silent until the end:
 * so nobody can tell a no from a silence.
 */
function none(r: RequestNow, now: Date): Outcome {
  const quiet = r.lastDeadline !== undefined && r.lastDeadline > now ? r.lastDeadline : undefined;
  if (quiet) {
    const said = word(r, now);
    return { state: 'waiting', ...said, next: earliest(quiet, said.tellBy, after(now, SEEK_EVERY)) };
  }
  if (now >= after(r.askedAt, LONGEST)) return over(r, 'closed', ['asker']);
  const isNews = r.waitingAt === undefined;
  const { tells, tellBy } = isNews ? { tells: ['asker' as const], tellBy: after(now, WORD_EVERY) } : word(r, now);
  return { state: 'waiting', tells, tellBy, waitingAt: r.waitingAt ?? now, next: earliest(tellBy, after(now, SEEK_EVERY)) };
}

function offered(r: RequestNow, happening: Happening, now: Date, { introDays }: Rules): Outcome | undefined {
  const { offer } = r;
  // Whoever was asked is not there any more.
  if (!offer) return happening.is === 'time' ? seek(r) : undefined;
  switch (happening.is) {
    case 'accepted': {
      const introBy = after(now, introDays * DAY);
      return { state: 'introduced', ends: 'accepted', tells: [], tellBy: r.tellBy, introBy, next: introBy };
    }
    case 'refused':
      return seek(r, happening.as);
    case 'time': {
      if (now >= offer.deadline) return seek(r, 'lapsed');
      const { tells, tellBy } = word(r, now);
      const half = halfOf(offer);
      const isHalf = now >= half;
      return {
        state: 'offered',
        tells: isHalf ? [...tells, 'nudge'] : tells,
        tellBy,
        next: earliest(offer.deadline, tellBy, ...(isHalf ? [] : [half])),
      };
    }
    default:
      return undefined;
  }
}

function waiting(r: RequestNow, happening: Happening, now: Date, rules: Rules): Outcome | undefined {
  switch (happening.is) {
    case 'time':
      return seek(r);
    case 'found': {
      const deadline = deadlineOf(r, now, rules);
      const offer = { askedAt: now, deadline };
      const { tells, tellBy } = word(r, now);
      const asks = { mentorId: happening.mentorId, deadline };
      return { state: 'offered', asks, tells, tellBy, next: earliest(halfOf(offer), tellBy) };
    }
    case 'none':
      return none(r, now);
    default:
      return undefined;
  }
}

function approval(r: RequestNow, happening: Happening, now: Date): Outcome | undefined {
  if (happening.is === 'approved') return seek(r);
  if (happening.is !== 'time') return undefined;
  if (now >= after(r.askedAt, LONGEST)) return over(r, 'closed', ['asker']);
  const { tells, tellBy } = word(r, now);
  return { state: 'approval', tells: tells.length > 0 ? [...tells, 'facilitators'] : [], tellBy, next: tellBy };
}

function choosing(r: RequestNow, happening: Happening, now: Date): Outcome | undefined {
  if (happening.is === 'still') return seek(r);
  if (happening.is !== 'time') return undefined;
  const ends = after(r.since ?? r.askedAt, SAY_WITHIN);
  if (now >= ends) return over(r, 'closed', ['asker']);
  const { tells, tellBy } = word(r, now);
  return { state: 'choosing', tells, tellBy, next: earliest(ends, tellBy) };
}

function introduced(r: RequestNow, happening: Happening, now: Date): Outcome | undefined {
  switch (happening.is) {
    case 'met':
      return over(r, 'paired', []);
    case 'unmet':
      return happening.because === 'mentor'
        ? seek(r)
        : { state: 'choosing', tells: ['asker'], tellBy: after(now, WORD_EVERY), next: after(now, WORD_EVERY) };
    case 'time':
      // One of the two is gone, or must not meet the other since.
      if (r.introBy === undefined) return seek(r);
      return {
        state: 'introduced',
        tells: [],
        tellBy: r.tellBy,
        next: r.introBy > now ? r.introBy : after(now, SEEK_EVERY),
      };
    default:
      return undefined;
  }
}

/**
 * What follows from what happened to a request: the whole of the broker, without I/O. Undefined where it cannot happen as
 * the request stands, such as an answer that comes too late.
 */
export function transition(r: RequestNow, happening: Happening, now: Date, rules: Rules): Outcome | undefined {
  if (isOver(r.state)) return undefined;
  if (happening.is === 'withdrawn') return over(r, 'withdrawn', []);
  switch (r.state) {
    case 'offered':
      return offered(r, happening, now, rules);
    case 'waiting':
      return waiting(r, happening, now, rules);
    case 'approval':
      return approval(r, happening, now);
    case 'choosing':
      return choosing(r, happening, now);
    default:
      return introduced(r, happening, now);
  }
}

/** How a request begins. */
export const beginning = ({ approval: asksFirst }: Rules, now: Date): Outcome => ({
  state: asksFirst ? 'approval' : 'waiting',
  tells: asksFirst ? ['facilitators'] : [],
  tellBy: after(now, WORD_EVERY),
  next: asksFirst ? after(now, WORD_EVERY) : now,
  ...(asksFirst ? {} : { seek: true as const }),
});

/** Where a request stands, as its asker is shown it: who said no is never part of it, nor that anybody did. */
export function shownState(r: Pick<RequestNow, 'state' | 'lastDeadline' | 'waitingAt'>, now: Date): RequestState {
  const isQuiet = r.waitingAt === undefined || (r.lastDeadline !== undefined && r.lastDeadline > now);
  return r.state === 'waiting' && isQuiet ? 'offered' : r.state;
}
