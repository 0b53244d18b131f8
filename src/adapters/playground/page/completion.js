/** @import { MenuEntry, MenuParam, Offer, Offers } from './types.js' */

/** @type {Offers} */
const none = { stage: 'none', items: [] };

/**
 * What can be offered for a line as far as it is typed.
 * @param {string} line
 * @param {readonly MenuEntry[]} menu
 * @returns {Offers}
 */
export function offersFor(line, menu) {
  if (!line.startsWith('/')) return none;
  const typed = line.slice(1);
  const entry = menu.filter(({ command }) => typed.toLowerCase().startsWith(`${command} `)).sort(byLength)[0];
  return entry ? inside(line, entry) : { stage: 'command', items: commands(typed, menu) };
}

/** @param {MenuEntry} a @param {MenuEntry} b */
const byLength = (a, b) => b.command.length - a.command.length;

/**
 * @param {string} typed
 * @param {readonly MenuEntry[]} menu
 * @returns {Offer[]}
 */
function commands(typed, menu) {
  const wanted = typed.trimStart().toLowerCase();
  return menu
    .filter(({ command }) => command.startsWith(wanted))
    .map(({ command, help }) => ({ label: `/${command}`, help, line: `/${command} ` }));
}

/**
 * @param {string} line
 * @param {MenuEntry} entry
 * @returns {Offers}
 */
function inside(line, { command, params }) {
  const rest = line.slice(command.length + 2);
  const open = /(?:^|\s)([\p{L}_][\p{L}\p{N}_]*):("[^"]*|[^\s"]*)$/u.exec(rest);
  const param = open && params.find(({ name }) => name === open[1]);
  if (open && param) return values(line, param, open[2] ?? '');
  const last = /(?:^|\s)(\S*)$/u.exec(rest)?.[1] ?? '';
  const before = line.slice(0, line.length - last.length);
  const free = params.filter(
    ({ name }) => name.startsWith(last.toLowerCase()) && !new RegExp(`(?:^|\\s)${name}:`, 'u').test(rest),
  );
  const items = free.map(({ name, help, required }) => ({
    label: `${name}:`,
    help,
    line: `${before}${name}:`,
    needed: required,
  }));
  return items.length > 0 ? { stage: 'param', items } : none;
}

/**
 * @param {string} line
 * @param {MenuParam} param
 * @param {string} raw what was typed after the colon, an opening quote included.
 * @returns {Offers}
 */
function values(line, { name, choices }, raw) {
  const before = line.slice(0, line.length - raw.length);
  const typed = raw.replace(/^"/u, '');
  if (!choices) return { stage: 'value', items: [], ask: { param: name, typed, before } };
  const wanted = typed.toLowerCase();
  const like = choices.filter(
    ({ value, label }) => value.toLowerCase().startsWith(wanted) || label.toLowerCase().startsWith(wanted),
  );
  return { stage: 'value', items: like.map((choice) => valueOffer(before, choice)) };
}

/**
 * @param {string} before
 * @param {{ value: string, label: string }} choice
 * @returns {Offer}
 */
export function valueOffer(before, { value, label }) {
  const written = /\s/u.test(value) ? `"${value}"` : value;
  return { label: label === value ? value : label, help: label === value ? '' : value, line: `${before}${written} ` };
}
