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
  homegroup erase again [--dry-run] [FILE…]   after a backup was restored: erases anew whoever had been erased since it was made

  FILE   the journals of the other machines that run the bot, besides ERASURES_FILE of this one`;

type Say = (line: string) => void;

function mustParse(args: readonly string[]): { readonly isDry: boolean; readonly files: readonly string[] } {
  const options = { 'dry-run': { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [verb, ...files] = positionals;
  if (verb !== 'again') throw new OperatorError(USAGE);
  return { isDry: values['dry-run'], files };
}

const NOTHING = 'Nothing was erased.';

/** A whole journal; undefined where there is none. @throws OperatorError for one of which something is lost */
async function mustRead(file: string): Promise<ReadonlySet<string> | undefined> {
  const journal = await readJournal(file).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`${file} cannot be read (${error.code}). Give a journal of erasings that you may read. ${NOTHING}`);
  });
  if (!journal) return undefined;
  const { digests, damaged } = journal;
  if (damaged.length > 0)
    throw new OperatorError(
      `${file} is damaged, or no journal of erasings: see line ${damaged.slice(0, 5).join(', ')}${damaged.length > 5 ? ' …' : ''}. Put back a whole copy of it. Where there is none, take those lines out and run this again: who stood in them stays in the database. ${NOTHING}`,
    );
  return digests;
}

/** The journal of this machine, and those that are named. @throws OperatorError where one is missing, empty or damaged */
async function readAll(own: string, files: readonly string[], say: Say): Promise<ReadonlySet<string>> {
  const tell = (file: string, { size }: ReadonlySet<string>) =>
    say(`${plural(size, 'erasing stands', 'erasings stand')} in ${file}.`);
  const all = new Set<string>();
  for (const file of new Set(files)) {
    const digests = await mustRead(file);
    if (!digests)
      throw new OperatorError(
        `There is no ${file}. Copy it from its machine, or leave it out where nobody was erased there. ${NOTHING}`,
      );
    if (digests.size === 0)
      throw new OperatorError(
        `${file} is empty. Copy it anew from its machine, or leave it out where nobody was erased there. ${NOTHING}`,
      );
    tell(file, digests);
    for (const one of digests) all.add(one);
  }
  const mine = await mustRead(own);
  if (!mine && files.length === 0)
    throw new OperatorError(
      `There is no ${own} (ERASURES_FILE). Where nobody was erased since the backup, nothing is to be done. Otherwise put it back, or name the journals: homegroup erase again FILE… ${NOTHING}`,
    );
  if (mine) tell(own, mine);
  else say(`There is no ${own} (ERASURES_FILE): that is right where nobody was erased on this machine.`);
  return new Set([...all, ...(mine ?? [])]);
}

/** Does what the arguments say, when every journal was read. @throws OperatorError */
export async function tellAgain(world: World, own: string, args: readonly string[], say: Say): Promise<void> {
  const { isDry, files } = mustParse(args);
  const back = await returned(world, await readAll(own, files, say));
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
