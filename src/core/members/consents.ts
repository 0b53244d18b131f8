import { factConsent } from '../privacy/consent.js';
import { leaveThread, THREAD_FACT } from './thread.js';

export const memberConsents = { thread: factConsent([THREAD_FACT], 'moderators', (scope) => leaveThread(scope)) };
