import { readZone } from '../core/lists/read.js';
import { OperatorError } from '../operator.js';

/** What `--zone` says, IANA; undefined without it. @throws OperatorError that names what is no time zone */
export function zoneOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const zone = readZone(given);
  if (zone === undefined) throw new OperatorError(`--zone: ${given} is no time zone. Expected a name such as America/New_York.`);
  return zone;
}
