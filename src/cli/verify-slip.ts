import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Config } from '../config.js';
import type { World } from '../core/scope.js';
import { verifySlip } from '../core/slips/verify.js';
import { openGround } from '../ground.js';
import { makeLog } from '../log.js';
import { OperatorError } from '../operator.js';
import { tokenInPdf } from '../pictures/slip.js';

const USAGE = 'Usage:\n  homegroup verify-slip CODE|FILE [--name "…" --group "…"] [--community ID]';
const OPTIONS = { name: { type: 'string' }, group: { type: 'string' }, community: { type: 'string' } } as const;

function mustParse(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const { name, group, community } = values;
  const said = positionals.join(' ').trim();
  if (said === '' || (name === undefined) !== (group === undefined)) throw new OperatorError(USAGE);
  const claim = name === undefined || group === undefined ? undefined : { name, group };
  return { said, ...(claim && { claim }), ...(community !== undefined && { communityId: community }) };
}

/** What a file carries, or the code or address that was typed. */
async function read(said: string): Promise<string> {
  if (existsSync(said)) return tokenInPdf(await readFile(said)) ?? '';
  return said.replace(/^https?:\/\/.*\/verify\//u, '');
}

/**
 * Tells whether a slip is valid, its date and how long, and nothing else.
 * @throws OperatorError when it is not
 */
export async function tellSlip(
  world: Pick<World, 'prisma' | 'cipher'>,
  args: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { said, ...options } = mustParse(args);
  const found = await verifySlip(world, await read(said), options);
  if (!found)
    throw new OperatorError('This is no valid slip. It may be mistyped, changed, withdrawn, or from another community.');
  say(`Valid. ${found.date}, ${found.minutes} minutes. Compare both with what is printed.`);
  if (found.isFor === undefined) return;
  if (!found.isFor) throw new OperatorError('It was not made for this name and group as you typed them.');
  say('It was made for this name and group.');
}

export async function run(config: Config, args: readonly string[]): Promise<void> {
  mustParse(args);
  const ground = await openGround(config, makeLog('silent'), () => undefined);
  try {
    await ground.ready;
    await tellSlip(ground.world, args, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await ground.close();
  }
}
