import { atRest } from './at-rest.mjs';
import { people } from './people.mjs';
import { places } from './places.mjs';

/** Each takes one defence of docs/privacy.md away; `npm run break` sees that the test fails. */
export const breaks = [...atRest, ...places, ...people];

/** The rows of the table of threats. */
export function threatsIn(page) {
  return page.split('\n').flatMap((line) => {
    const [, , threat, , tests = ''] = line.split(/ ?\| ?/u);
    const named = [...tests.matchAll(/`(test\/[^`]+)`/gu)].map(([, file]) => file);
    return line.startsWith('| ') && named.length > 0 ? [{ threat: threat.trim(), tests: named }] : [];
  });
}
