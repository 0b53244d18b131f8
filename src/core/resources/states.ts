import { foldWords } from '../../words/fold.js';

/** Postal codes of the states and territories of the United States, and their names. */
const STATES =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|VI Virgin Islands|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|GU Guam|AS American Samoa|MP Northern Mariana Islands';

const shown = new Map(STATES.split('|').map((line): [string, string] => [line.slice(0, 2).toLowerCase(), line.slice(3)]));
const names = new Map([...shown].map(([code, name]): [string, string] => [code, foldWords(name)]));
const codes = new Map([...names].map(([code, name]): [string, string] => [name, code]));

/** The folded name of a state by its code, or the code by its name; undefined for what is no state of the United States. */
export function otherNameOfState(text: string): string | undefined {
  const folded = foldWords(text);
  return names.get(folded) ?? codes.get(folded);
}

/** How a state stands among the terms of a service, by its code or name. */
export function stateTerm(text: string): string | undefined {
  const folded = foldWords(text);
  const code = names.has(folded) ? folded : codes.get(folded);
  return code && `state:${code}`;
}

/** The name of a state, as it is shown, by its code or name. */
export const nameOfState = (text: string): string | undefined => shown.get(stateTerm(text)?.slice(-2) ?? '');
