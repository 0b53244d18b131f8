import type { Config } from '../config.js';
import { OperatorError } from '../operator.js';

type Import = (config: Config, args: readonly string[]) => Promise<void>;

/** What can be imported; each is loaded when it is asked for. */
const subjects: Readonly<Record<string, () => Promise<{ run: Import }>>> = {
  meetings: () => import('./import-meetings.js'),
  resources: () => import('./import-resources.js'),
};

export async function run(config: Config, [subject = '', ...args]: readonly string[]): Promise<void> {
  const load = Object.hasOwn(subjects, subject) ? subjects[subject] : undefined;
  if (!load) throw new OperatorError(`Say what to import: homegroup import ${Object.keys(subjects).join('|')}`);
  await (await load()).run(config, args);
}
