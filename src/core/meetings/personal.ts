import { nobodys } from '../privacy/declare.js';

export const meetingTables = {
  MeetingSource: nobodys(
    'a list that others publish',
    'name url zone language zones kinds etag modified seenAt failures doubts problem skipped createdAt',
  ),
  Meeting: nobodys(
    'a meeting elsewhere, as its source publishes it',
    'sourceId key minute zone isOnline isInPerson types languages words details hash',
  ),
};
