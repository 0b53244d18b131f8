import { AGAIN, PROMPT } from '../core/checkins/kinds.js';
import { ASKING, SILENCE } from '../core/checkins/missed/plan.js';
import { REFLECTION } from '../core/checkins/reflection.js';
import { LOOK as GOALS_LOOK } from '../core/goals/daily.js';
import { CARD, CLOSE, OPEN } from '../core/groups/kinds.js';
import { CLOSE as CLOSE_PLACE, ERASE, LOOK as LEAVING_LOOK, WORD as LEAVING_WORD } from '../core/leaving/kinds.js';
import { FLOOD } from '../core/limits/kinds.js';
import {
  AFTER,
  BEGIN,
  CUE,
  CARD as LIVE_CARD,
  CLOSE as LIVE_CLOSE,
  MIC_BACK,
  MICS,
  MICS_REFUSED,
  SEAT,
  SHARE as WRITTEN_SHARE,
} from '../core/live/kinds.js';
import { REFRESH } from '../core/meetings/import.js';
import { LOOK } from '../core/milestones/daily.js';
import { SHARE } from '../core/milestones/share.js';
import { HANDED, HANDOVER } from '../core/pairing/handover/work.js';
import { AWAY, EXPIRY, LAPSED as MENTOR_LAPSED, RECONFIRM, RESUME, SILENT, UNSEEN } from '../core/pairing/mentor/work.js';
import { CHECK_BACK, PACED, RHYTHM, UNPLANNED } from '../core/pairing/rhythm.js';
import { SHOWN } from '../core/pairing/shares.js';
import {
  APPROVAL,
  INTRODUCTION,
  MET,
  NUDGE,
  OFFER as PAIRING_OFFER,
  OVER as PAIRING_OVER,
  REPORT,
  REQUEST,
  RESTRICTED,
  WORD,
} from '../core/pairing/work.js';
import { LOST, OVER, RELAY } from '../core/relay/kinds.js';
import { DECIDED, FORGET as RESOURCE_FORGET, SETTLED as RESOURCE_SETTLED, STILL, WAITING } from '../core/resources/care/work.js';
import { MONTH_OVER } from '../core/resources/counts/month.js';
import { NIGHT } from '../core/retention/night.js';
import { ASK as SAVED_ASK, REMIND as SAVED_REMIND, SENT as SAVED_SENT } from '../core/saved/kinds.js';
import type { World } from '../core/scope.js';
import {
  CHAIR,
  DATE,
  DATE_CARD,
  EVENT_ASK,
  LAPSED,
  LEADERLESS,
  MIRROR,
  NAMED,
  NAMING_DECLINED,
  OFFER,
  OPEN as OPEN_SESSION,
  REMINDER,
  TAKEN,
  TOLD,
  UNCOVERED,
} from '../core/sessions/work.js';
import { FORGET } from '../core/slips/attendance.js';
import { ASK, MISSED, NEWS, SETTLED, LOOK as SUPPORT_LOOK } from '../core/support/now/kinds.js';
import type { Kinds } from '../schedule/kinds.js';
import { checkInAsked } from './checkin-asked.js';
import { checkInMissed } from './checkin-missed.js';
import { checkInAgain, checkInPrompt } from './checkin-prompt.js';
import { checkInReflection } from './checkin-reflection.js';
import { endedKinds } from './ended.js';
import { flood } from './flood.js';
import { goalsDay } from './goals-day.js';
import { groupCard, groupClose, groupOpen } from './group-checkin.js';
import { leavingClose, leavingErase, leavingLook, leavingWord } from './leaving.js';
import { sessionBegin } from './live-begin.js';
import { liveCard } from './live-card.js';
import { liveCue, liveSeat } from './live-cue.js';
import { liveAfter, liveClose } from './live-end.js';
import { liveMicBack, liveMics, liveMicsRefused } from './live-mics.js';
import { liveShare } from './live-share.js';
import { meetingsRefresh } from './meetings-refresh.js';
import { mentorAway, mentorResume } from './mentor-away.js';
import { mentorLapsed, mentorReconfirm, mentorSilent } from './mentor-care.js';
import { mentorExpiry, mentorUnseen } from './mentor-expiry.js';
import { mentorHanded, mentorHandover } from './mentor-handover.js';
import { milestoneShare, milestoneUnshared, UNSHARED } from './milestone-share.js';
import { milestonesDay } from './milestones-day.js';
import { pairingApproval } from './pairing-approval.js';
import { pairingIntroduction, pairingMet, pairingOver } from './pairing-pair.js';
import { pairingReport } from './pairing-report.js';
import { pairingOffer, pairingRequest, pairingWord } from './pairing-request.js';
import { pairingRestricted } from './pairing-restricted.js';
import { pairingCheck, pairingRhythm } from './pairing-rhythm.js';
import { pairingPaced, pairingUnplanned } from './pairing-told.js';
import { relayLost, relayMessage, relayOver } from './relay.js';
import { resourceDecided, resourceForget, resourceSettled, resourceStill, resourceWaiting } from './resource-care.js';
import { resourceMonth } from './resource-month.js';
import { retentionNight } from './retention-night.js';
import { savedAsk, savedRemind, savedSent } from './saved.js';
import { sessionChair, sessionLeaderless, sessionTaken, sessionUncovered } from './session-chair.js';
import { sessionDate, sessionDateCard } from './session-date.js';
import { sessionEventAsk, sessionMirror } from './session-event.js';
import { sessionDeclined, sessionNamed } from './session-named.js';
import { sessionOpen } from './session-open.js';
import { sessionLapsed, sessionOffer, sessionReminder, sessionTold } from './session-rsvp.js';
import { shareShown } from './share-shown.js';
import { slipForget } from './slip-forget.js';
import { supportAsk, supportLook, supportMissed, supportNews, supportSettled } from './support.js';

/** Everything that is said unasked, by kind of work. Call it once the adapters are known. */
export const makeNotices = (world: World): Kinds => ({
  [PROMPT]: checkInPrompt(world),
  [AGAIN]: checkInAgain,
  [ASKING]: checkInAsked(world),
  [SILENCE]: checkInMissed(world),
  [REFLECTION]: checkInReflection(world),
  [LOOK]: milestonesDay(world),
  [GOALS_LOOK]: goalsDay(world),
  [SHARE]: milestoneShare(world),
  [UNSHARED]: milestoneUnshared(world),
  [REFRESH]: meetingsRefresh(world),
  [OPEN]: groupOpen,
  [CARD]: groupCard(world),
  [CLOSE]: groupClose,
  [OPEN_SESSION]: sessionOpen,
  [BEGIN]: sessionBegin(world),
  [LIVE_CARD]: liveCard(world),
  [CUE]: liveCue(world),
  [SEAT]: liveSeat(world),
  [WRITTEN_SHARE]: liveShare(world),
  [LIVE_CLOSE]: liveClose(world),
  [AFTER]: liveAfter(world),
  [MICS_REFUSED]: liveMicsRefused(world),
  [DATE]: sessionDate,
  [DATE_CARD]: sessionDateCard(world),
  [REMINDER]: sessionReminder(world),
  [OFFER]: sessionOffer(world),
  [LAPSED]: sessionLapsed(world),
  [CHAIR]: sessionChair(world),
  [TAKEN]: sessionTaken(world),
  [UNCOVERED]: sessionUncovered(world),
  [LEADERLESS]: sessionLeaderless(world),
  [TOLD.moved]: sessionTold(world, 'moved'),
  [TOLD.off]: sessionTold(world, 'off'),
  [TOLD.place]: sessionTold(world, 'place'),
  [TOLD.back]: sessionTold(world, 'back'),
  [NAMED]: sessionNamed(world),
  [NAMING_DECLINED]: sessionDeclined(world),
  [EVENT_ASK]: sessionEventAsk(world),
  // Left to processes that reach a platform with a calendar.
  ...(Object.keys(world.calendars ?? {}).length > 0 && { [MIRROR]: sessionMirror(world) }),
  ...(Object.keys(world.rooms ?? {}).length > 0 && { [MICS]: liveMics(world), [MIC_BACK]: liveMicBack(world) }),
  [RHYTHM.mentee]: pairingRhythm(world, 'mentee'),
  [RHYTHM.mentor]: pairingRhythm(world, 'mentor'),
  [CHECK_BACK.mentee]: pairingCheck(world, 'mentee'),
  [CHECK_BACK.mentor]: pairingCheck(world, 'mentor'),
  [PACED.mentee]: pairingPaced(world, 'mentee'),
  [PACED.mentor]: pairingPaced(world, 'mentor'),
  [UNPLANNED]: pairingUnplanned(world),
  [SHOWN]: shareShown(world),
  [SAVED_REMIND]: savedRemind(world),
  [SAVED_ASK]: savedAsk(world),
  [SAVED_SENT]: savedSent(world),
  [FORGET]: slipForget,
  [NIGHT]: retentionNight(world),
  [RECONFIRM]: mentorReconfirm(world),
  [MENTOR_LAPSED]: mentorLapsed(world),
  [SILENT]: mentorSilent(world),
  [AWAY]: mentorAway(world),
  [RESUME]: mentorResume(world),
  [EXPIRY]: mentorExpiry(world),
  [UNSEEN]: mentorUnseen(world),
  [SUPPORT_LOOK]: supportLook,
  [ASK]: supportAsk(world),
  [SETTLED]: supportSettled(world),
  [MISSED]: supportMissed(world),
  [NEWS]: supportNews(world),
  [HANDOVER]: mentorHandover(world),
  [HANDED]: mentorHanded(world),
  [REQUEST]: pairingRequest(world),
  [WORD]: pairingWord(world),
  [PAIRING_OFFER]: pairingOffer(world, PAIRING_OFFER),
  [NUDGE]: pairingOffer(world, NUDGE),
  [INTRODUCTION]: pairingIntroduction(world),
  [MET]: pairingMet(world),
  [PAIRING_OVER.mentee]: pairingOver(world, 'mentee'),
  [PAIRING_OVER.mentor]: pairingOver(world, 'mentor'),
  [APPROVAL]: pairingApproval(world),
  [FLOOD]: flood(world),
  [REPORT]: pairingReport(world),
  [RESTRICTED]: pairingRestricted(world),
  [LEAVING_LOOK]: leavingLook(world),
  [LEAVING_WORD]: leavingWord(world),
  [ERASE]: leavingErase(world),
  [CLOSE_PLACE]: leavingClose(world),
  [RELAY]: relayMessage(world),
  [LOST]: relayLost(world),
  [OVER]: relayOver(world),
  [MONTH_OVER]: resourceMonth,
  [WAITING]: resourceWaiting(world),
  [RESOURCE_SETTLED]: resourceSettled(world),
  [DECIDED]: resourceDecided(world),
  [STILL]: resourceStill(world),
  [RESOURCE_FORGET]: resourceForget,
  ...endedKinds(world),
});
