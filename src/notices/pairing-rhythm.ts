import { dateOf, instant } from '../core/checkins/schedules/kept.js';
import { agreedPace } from '../core/pairing/pace.js';
import { CHECK_BACK, RHYTHM, wantsNudges } from '../core/pairing/rhythm.js';
import { CHECK_DAYS, checkAt, nextNudge } from '../core/pairing/rhythm-times.js';
import type { Side } from '../core/pairing/work.js';
import type { World } from '../core/scope.js';
import type { Kind } from '../schedule/kinds.js';
import { localAt } from '../time/local.js';
import { type NoticeCtx, noticeTo } from './context.js';
import { dueToSide, type PairingFound } from './pairing-due.js';
import { discreet } from './session-rsvp.js';

const HOUR = 3_600_000;
/** Milliseconds after which a nudge, and a question how it goes, are pointless. */
const NUDGE_WITHIN = 12 * HOUR;
const CHECK_WITHIN = 3 * 24 * HOUR;

/** While a mentor pauses, the two are left alone. */
const isPaused = ({ mentor }: { mentor: Pick<PairingFound['mentor'], 'mentorProfile'> }, now: Date): boolean =>
  (mentor.mentorProfile?.pausedUntil ?? now) > now;

async function pairingNow({ scope }: NoticeCtx, id: string) {
  const pairing = await scope.db.pairing.findFirst({
    where: { id, state: 'active' },
    include: { mentor: { include: { mentorProfile: { select: { pausedUntil: true } } } } },
  });
  return pairing ?? undefined;
}

/** The two wanted to be in touch: a small nudge, to one of them. The subject is the pairing. */
export function pairingRhythm(world: World, side: Side): Kind {
  const kind = RHYTHM[side];
  return {
    due: dueToSide({
      kind,
      side,
      state: 'active',
      within: NUDGE_WITHIN,
      decide(found, place, now) {
        const pace = agreedPace(found);
        if (!pace || !found.nudgeAt || !wantsNudges(found, side)) return { next: null };
        const next = dateOf(nextNudge(instant(found.nudgeAt), pace, instant(now), place));
        const day = localAt(instant(now), place.zone).toPlainDate().toString();
        return isPaused(found, now) ? { next } : { once: day, next };
      },
    }),
    async render(delivery, now) {
      const ctx = await noticeTo(world, delivery, now);
      const pairing = ctx && (await pairingNow(ctx, delivery.subjectId));
      if (!ctx || !pairing) return { drop: 'gone' };
      const pace = agreedPace(pairing);
      if (!pace || !wantsNudges(pairing, side)) return { drop: 'off' };
      if (isPaused(pairing, now)) return { drop: 'paused' };
      // They talked after it fell due.
      if ((pairing.nudgeAt ?? now) > delivery.dueAt) return { drop: 'over' };
      const input = { pairing: pairing.id };
      return discreet(ctx, ctx.t('rhythm.nudge.summary'), ctx.t('rhythm.nudge.text'), [
        { label: ctx.t('rhythm.nudge.talked'), style: 'primary', act: { path: ['sponsor', 'talked'], input, does: 'edit' } },
        { label: ctx.t('rhythm.nudge.tomorrow'), act: { path: ['sponsor', 'tomorrow'], input, does: 'edit' } },
        { label: ctx.t('rhythm.nudge.change'), act: { path: ['sponsor', 'pace'], input } },
        { label: ctx.t('rhythm.nudge.off'), act: { path: ['sponsor', 'nudges'], input: { ...input, say: 'no' }, does: 'edit' } },
      ]);
    },
  };
}

/** Three and thirty days after it began, each is asked how it goes. The subject is the pairing. */
export function pairingCheck(world: World, side: Side): Kind {
  const kind = CHECK_BACK[side];
  return {
    due: dueToSide({
      kind,
      side,
      state: 'active',
      within: CHECK_WITHIN,
      decide({ startedAt }, place, now) {
        if (!startedAt) return { next: null };
        const times = CHECK_DAYS.map((days) => ({ days, at: dateOf(checkAt(instant(startedAt), days, place)) }));
        // After a long downtime the later question is enough.
        const past = times.filter(({ at }) => at <= now).at(-1);
        const next = times.find(({ at }) => at > now)?.at ?? null;
        return { next, ...(past && { once: String(past.days) }) };
      },
    }),
    async render(delivery, now) {
      const ctx = await noticeTo(world, delivery, now);
      const pairing = ctx && (await pairingNow(ctx, delivery.subjectId));
      if (!ctx || !pairing) return { drop: 'gone' };
      const say = (answer: 'good' | 'better' | 'no' | 'skip') => ({
        label: ctx.t(`rhythm.check.${answer}`),
        act: { path: ['sponsor', 'going'] as const, input: { pairing: pairing.id, say: answer }, does: 'edit' as const },
      });
      return discreet(ctx, ctx.t('rhythm.check.summary'), ctx.t('rhythm.check.text'), [
        say('good'),
        say('better'),
        say('no'),
        say('skip'),
      ]);
    },
  };
}
