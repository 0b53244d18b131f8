import { stateTerm } from '../states.js';

/** Where something is, as far as an address says it. */
export interface Town {
  readonly street?: string;
  /** As it is shown. */
  readonly area: string;
  readonly postal?: string;
  /** As a record of a list says it. */
  readonly fields: { readonly city: string; readonly state: string };
}

const POSTAL = /\s+(?<postal>\d{5}(?:-\d{4})?)$/u;

/** The town at the end of an address such as "12 Elm St, New Britain, CT 06051"; undefined where none of the United States is named. */
export function townIn(text: string): Town | undefined {
  const line = text.replace(/\s+/gu, ' ').trim();
  const postal = POSTAL.exec(line)?.groups?.postal;
  const parts = (postal === undefined ? line : line.slice(0, -postal.length))
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const last = parts.pop() ?? '';
  // "Hartford CT" has no comma between town and state.
  const [, before, behind] = parts.length === 0 ? (/^(.+) (\S+)$/u.exec(last) ?? []) : [];
  const state = behind ?? last;
  const city = before ?? parts.pop();
  if (city === undefined || stateTerm(state) === undefined) return undefined;
  const street = parts.join(', ');
  return {
    ...(street !== '' && { street }),
    area: `${city}, ${[state, postal].filter(Boolean).join(' ')}`,
    ...(postal !== undefined && { postal }),
    fields: { city, state },
  };
}
