import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Config } from '../config.js';
import type { World } from '../core/scope.js';
import { readKey, writtenKeys } from '../core/slips/public-key.js';
import { type Genuine, readSigned, verifySlip } from '../core/slips/verify.js';
import { openGround } from '../ground.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';
import { tokenInPdf } from '../pictures/slip.js';

const USAGE = `Usage:
  homegroup verify-slip CODE|FILE [--name "…" --group "…"] [--community ID]
  homegroup verify-slip FILE --key KEY [--name "…" --group "…"]   (anywhere, without the database)
  homegroup verify-slip --print-key [--community ID]`;
const INVALID =
  'This is no valid slip. It may be mistyped, changed, withdrawn, or from another community. A file that another program saved anew counts as changed: type the code that is on it instead.';
const OPTIONS = {
  name: { type: 'string' },
  group: { type: 'string' },
  community: { type: 'string' },
  key: { type: 'string' },
  'print-key': { type: 'boolean' },
} as const;
const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

type Say = (line: string) => void;
type Reach = Pick<World, 'prisma' | 'cipher'>;

function mustParse(args: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const { name, group, community, key, 'print-key': prints = false } = values;
  const said = positionals.join(' ').trim();
  const isOdd = prints ? said !== '' || key !== undefined || name !== undefined : said === '';
  if (isOdd || (name === undefined) !== (group === undefined)) throw new OperatorError(USAGE);
  if (community !== undefined && !ID.test(community))
    throw new OperatorError('--community takes the id of a community, which is before the point in what --print-key prints.');
  const read = key === undefined ? undefined : readKey(key);
  if (key !== undefined && !read)
    throw new OperatorError('--key takes a line as --print-key prints it: whoever runs the bot has it.');
  const claim = name === undefined || group === undefined ? undefined : { name, group };
  return { said, prints, key: read, ...(claim && { claim }), ...(community !== undefined && { communityId: community }) };
}

/** What a file carries, or the code, the address or the content of the QR code that was typed. */
async function read(said: string): Promise<{ text: string; file?: Uint8Array }> {
  if (!existsSync(said)) {
    if (/\.pdf$/iu.test(said)) throw new OperatorError('There is no file of that name here.');
    return { text: said.replace(/^https?:\/\/.*\/verify\//u, '') };
  }
  const file = await readFile(said).catch(() => {
    throw new OperatorError('That file cannot be read.');
  });
  return { text: tokenInPdf(file) ?? '', file };
}

function tell(found: Genuine | undefined, say: Say): void {
  if (!found) throw new OperatorError(INVALID);
  if (found.isFor === false) throw new OperatorError('This slip was not made for this name and group as you typed them.');
  say(`Valid. ${found.date}, ${found.minutes} minutes. Compare both with what is printed.`);
  if (found.isFor) say('It was made for this name and group.');
}

type Asked = ReturnType<typeof mustParse>;

/** With the key alone. Whether the slip was withdrawn since then is only in the database. */
async function tellAnywhere({ said, key, claim }: Asked & { key: NonNullable<Asked['key']> }, say: Say): Promise<void> {
  const { text, file } = await read(said);
  tell(readSigned(text, key, { ...(file && { file }), ...(claim && { claim }) }), say);
  say('Checked with the key alone: only whoever runs the bot can tell whether it was withdrawn since.');
}

async function printKeys(world: Reach, communityId: string | undefined, say: Say): Promise<void> {
  const keys = await writtenKeys(world, communityId);
  if (keys.length === 0) throw new OperatorError('There is no key yet: it is made with the first slip.');
  for (const key of keys) say(key);
}

/**
 * Tells whether a slip is valid, its date and how long, and nothing else; or prints with what others check.
 * @throws OperatorError when it is not valid
 */
export async function tellSlip(world: Reach, args: readonly string[], say: Say): Promise<void> {
  const asked = mustParse(args);
  const { said, prints, key, ...options } = asked;
  if (prints) return printKeys(world, options.communityId, say);
  if (key) return tellAnywhere({ ...asked, key }, say);
  const { text, file } = await read(said);
  tell(await verifySlip(world, text, { ...options, ...(file && { file }) }), say);
}

export async function run(config: Config, args: readonly string[]): Promise<void> {
  const say: Say = (line) => void process.stdout.write(`${line}\n`);
  const asked = mustParse(args);
  if (asked.key) return tellAnywhere({ ...asked, key: asked.key }, say);
  const ground = await openGround(config, makeLog('silent'), () => undefined);
  try {
    await ground.ready;
    await tellSlip(ground.world, args, say);
  } finally {
    await ground.close();
  }
}
