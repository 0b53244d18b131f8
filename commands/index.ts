import type { AnyCommand } from '../src/chat/index.js';
import { checkInHistoryCommand, checkInNow } from './checkin.js';
import { answerCommands } from './checkin-answer.js';
import { listCommands } from './checkin-list.js';
import { lookCommands } from './checkin-look.js';
import { planCommands } from './checkin-plan.js';
import { reachCommands } from './checkin-reach.js';
import { scheduleCommands } from './checkin-schedule.js';
import { templateCommands } from './checkin-template.js';
import { communityRoles, communitySetup } from './community.js';
import { auditTaps, communityAudit } from './community-audit.js';
import { communityCrisis, crisisTaps } from './community-crisis.js';
import { communityLink, linkTaps } from './community-link.js';
import { communityReport } from './community-report.js';
import { communitySettings, settingsTaps } from './community-settings.js';
import { crisis } from './crisis.js';
import { goalAdd, goalDone, goalList, goalStep, goalTaps } from './goal.js';
import { checkInGroup, groupCareTaps } from './group.js';
import { groupCardTaps } from './group-answers.js';
import { makeHelp } from './help.js';
import { home, homeGone } from './home.js';
import { liveTaps } from './live.js';
import { liveAfterTaps } from './live-after.js';
import { liveLeadTaps } from './live-lead.js';
import { liveScriptTaps } from './live-script.js';
import { liveStartTaps, sessionStart } from './live-start.js';
import { meetingFind, meetingTaps } from './meeting.js';
import { mentorPause, mentorResume, mentorTaps, mentorVolunteer } from './mentor.js';
import { mentorForms } from './mentor-forms.js';
import { handoverTaps, mentorHandover } from './mentor-handover.js';
import { mentorMentee, mentorMentees } from './mentor-mentees.js';
import { mentorOffers, mentorOfferTaps } from './mentor-offers.js';
import { milestoneCount, milestoneKeep, milestoneRemove, milestoneReturn, milestoneSet, milestoneShow } from './milestone.js';
import { milestonePost, milestoneShare, milestoneUnshare } from './milestone-share.js';
import { pairingApart, pairingApartTaps } from './pairing-apart.js';
import { pairingOverview } from './pairing-overview.js';
import { pairingPropose, proposeTaps } from './pairing-propose.js';
import { pairingQueue, queueTaps } from './pairing-queue.js';
import { pairingRestrict, pairingRestrictTaps } from './pairing-restrict.js';
import { pairingVerify, verifyTaps } from './pairing-verify.js';
import { privacyShow } from './privacy.js';
import { consentTaps, privacyConsent } from './privacy-consent.js';
import { privacyErase, privacyEraseHidden } from './privacy-erase.js';
import { exportTaps, privacyExport } from './privacy-export.js';
import { putAway } from './put-away.js';
import { relayTaps } from './relay.js';
import { resourceFind, resourceTaps } from './resource.js';
import { reachedTaps } from './resource-reached.js';
import { resourceReport, resourceReportTaps } from './resource-report.js';
import { resourceReview, resourceReviewTaps } from './resource-review.js';
import { resourceSaved, savedTaps } from './resource-saved.js';
import { sendTaps } from './resource-send.js';
import { resourceSuggest, resourceSuggestTaps } from './resource-suggest.js';
import { sessionAlterTaps, sessionCancel, sessionMove, sessionSkip } from './session-alter.js';
import { sessionCalendar, sessionCalendarAll } from './session-calendar.js';
import { sessionCreate, sessionCreateTaps } from './session-create.js';
import { sessionDecline } from './session-decline.js';
import { sessionEdit, sessionEditTaps } from './session-edit.js';
import { sessionEvents, sessionEventTaps } from './session-events.js';
import { feedTaps, sessionFeed } from './session-feed.js';
import { sessionList } from './session-list.js';
import { sessionQuiet } from './session-quiet.js';
import { rsvpTaps, sessionRsvp } from './session-rsvp.js';
import { sessionShow, sessionShowTaps } from './session-show.js';
import { sessionSlip, slipTaps } from './session-slip.js';
import { slipSign } from './session-slip-paper.js';
import { sessionSlips } from './session-slips-off.js';
import { sponsorAvoid, sponsorAvoidTaps } from './sponsor-avoid.js';
import { sponsorEnd, sponsorEndTaps } from './sponsor-end.js';
import { sponsorMeetTaps } from './sponsor-meet.js';
import { sponsorPace, sponsorPaceTaps } from './sponsor-pace.js';
import { pairingReports, sponsorReport, sponsorReportTaps } from './sponsor-report.js';
import { sponsorRequest, sponsorRequestTaps } from './sponsor-request.js';
import { sponsorShareTaps } from './sponsor-share.js';
import { sponsorShares } from './sponsor-shares.js';
import { sponsorStatus, sponsorStatusTaps, sponsorWithdraw } from './sponsor-status.js';
import { supportNow, supportTaps } from './support.js';
import { oncallTaps, supportOncall } from './support-oncall.js';
import { supportRoster, supportRosterTaps } from './support-roster.js';
import { supportVolunteerTaps } from './support-volunteer.js';

/** Everything that can be said to Homegroup, in the order in which help lists it. */
export const commands: readonly AnyCommand[] = [
  crisis,
  putAway,
  supportNow,
  supportRoster,
  supportOncall,
  makeHelp(() => commands),
  checkInNow,
  ...scheduleCommands,
  ...listCommands,
  ...templateCommands,
  checkInHistoryCommand,
  ...lookCommands,
  ...planCommands,
  checkInGroup,
  sessionCreate,
  sessionList,
  sessionShow,
  sessionSlip,
  sessionStart,
  sessionRsvp,
  sessionEdit,
  sessionMove,
  sessionSkip,
  sessionCancel,
  sessionFeed,
  sessionEvents,
  sessionQuiet,
  sponsorRequest,
  sponsorStatus,
  sponsorWithdraw,
  sponsorEnd,
  sponsorReport,
  sponsorAvoid,
  mentorOffers,
  pairingApart,
  pairingRestrict,
  pairingReports,
  milestoneSet,
  milestoneShow,
  milestoneShare,
  milestoneReturn,
  goalAdd,
  goalList,
  goalStep,
  goalDone,
  sponsorShares,
  sponsorPace,
  mentorMentees,
  meetingFind,
  resourceFind,
  resourceSaved,
  resourceReport,
  resourceSuggest,
  resourceReview,
  mentorVolunteer,
  mentorPause,
  mentorResume,
  mentorHandover,
  pairingQueue,
  pairingPropose,
  pairingVerify,
  pairingOverview,
  privacyShow,
  privacyConsent,
  ...consentTaps,
  privacyExport,
  ...exportTaps,
  privacyErase,
  ...privacyEraseHidden,
  communitySetup,
  communityRoles,
  communitySettings,
  communityReport,
  communityAudit,
  communityLink,
  communityCrisis,
  ...crisisTaps,
  home,
  homeGone,
  ...answerCommands,
  ...reachCommands,
  milestoneCount,
  milestoneKeep,
  milestonePost,
  milestoneRemove,
  milestoneUnshare,
  ...goalTaps,
  mentorMentee,
  ...sponsorShareTaps,
  ...sponsorPaceTaps,
  ...meetingTaps,
  ...resourceTaps,
  ...savedTaps,
  ...reachedTaps,
  ...sendTaps,
  ...resourceReportTaps,
  ...resourceReviewTaps,
  ...resourceSuggestTaps,
  sessionCalendar,
  sessionCalendarAll,
  ...feedTaps,
  ...sessionEventTaps,
  ...groupCareTaps,
  ...groupCardTaps,
  ...slipTaps,
  slipSign,
  sessionSlips,
  ...liveTaps,
  ...liveLeadTaps,
  ...liveStartTaps,
  ...liveScriptTaps,
  ...liveAfterTaps,
  ...rsvpTaps,
  ...sessionCreateTaps,
  ...sessionEditTaps,
  ...sessionAlterTaps,
  ...sessionShowTaps,
  sessionDecline,
  ...relayTaps,
  ...mentorForms,
  ...mentorTaps,
  ...handoverTaps,
  ...verifyTaps,
  ...queueTaps,
  ...proposeTaps,
  ...settingsTaps,
  ...auditTaps,
  ...linkTaps,
  ...supportTaps,
  ...supportVolunteerTaps,
  ...supportRosterTaps,
  ...oncallTaps,
  ...sponsorRequestTaps,
  ...sponsorStatusTaps,
  ...sponsorMeetTaps,
  ...sponsorEndTaps,
  ...sponsorReportTaps,
  ...pairingApartTaps,
  ...pairingRestrictTaps,
  ...sponsorAvoidTaps,
  ...mentorOfferTaps,
];
