import type { AnyCommand } from '../src/chat/index.js';
import { checkInHistoryCommand, checkInNow } from './checkin.js';
import { communityRoles, communitySetup } from './community.js';
import { crisis } from './crisis.js';
import { makeHelp } from './help.js';
import { home } from './home.js';
import { privacyShow } from './privacy.js';

/** Everything that can be said to Homegroup, in the order in which help lists it. */
export const commands: readonly AnyCommand[] = [
  crisis,
  makeHelp(() => commands),
  checkInNow,
  checkInHistoryCommand,
  privacyShow,
  communitySetup,
  communityRoles,
  home,
];
