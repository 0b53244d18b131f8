import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Told } from '../../log/log.js';

const SIGNATURE =
  "A request did not carry Slack's signature for SLACK_SIGNING_SECRET. If Slack reports errors, copy the signing secret again from the app's Basic Information page.";
export const STALE =
  'A request carried a timestamp that is not of now, and was refused. If this repeats, set the clock of this machine: it must be right to five minutes.';

const LATE = 'Slack was not answered within three seconds, and told the person that the app did not respond.';

/** Bolt's and its clients' messages can hold bodies, URLs and values, so none of them is passed on as it is. */
export function boltLogger(log: Told): Logger {
  const warn = (...words: unknown[]) => {
    const said = words.map(String).join(' ');
    if (said.includes('stale')) log.warn({}, STALE);
    else if (said.includes('not acknowledged')) log.warn({}, LATE);
    else if (said.includes('verify')) log.warn({}, SIGNATURE);
  };
  return {
    debug: () => {},
    info: () => {},
    warn,
    error: warn,
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
