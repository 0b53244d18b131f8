import { parseArgs } from 'node:util';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import { eraseAgain, returned } from '../core/privacy/again.js';
import type { World } from '../core/scope.js';
import { readJournal } from '../erasures.js';
import { openGround } from '../ground.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';
import { describeReturned, isEmpty, plural } from './journal.js';

const USAGE = `Usage:
  homegroup erase again [--dry-run]   after a backup was restored: erases anew whoever had been erased since it was made`;

type Say = (line: string) => void;

function mustParse(args: readonly string[]): { readonly isDry: boolean } {
  const options = { 'dry-run': { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (positionals.join(' ') !== 'again') throw new OperatorError(USAGE);
  return { isDry: values['dry-run'] };
}

/** Does what the arguments say. @throws OperatorError */
export async function tellAgain(world: World, file: string, args: readonly string[], say: Say): Promise<void> {
  const { isDry } = mustParse(args);
  const journal = await readJournal(file);
  const back = await returned(world, journal);
  say(`${plural(journal.size, 'erasing stands', 'erasings stand')} in ${file}.`);
  if (isEmpty(back)) return say('Nobody of them is in the database.');
  if (isDry) return say(`${describeReturned(back)} would be erased again. Nothing was changed.`);
  await eraseAgain(world, back, systemClock.now());
  say(`${describeReturned(back)} erased again. Whoever had to do with them hears that it ended, when the bot runs.`);
}

export async function run(config: Config, args: readonly string[]): Promise<void> {
  mustParse(args);
  const ground = await openGround(config, makeLog('silent'), () => undefined);
  try {
    await ground.ready;
    await tellAgain(ground.world, config.erasuresFile, args, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await ground.close();
  }
}
