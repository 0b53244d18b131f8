import { parseArgs } from 'node:util';
import type { Config } from '../config.js';
import type { Link } from '../core/audit/chain.js';
import { type Broken, type Verified, verifyAudit } from '../core/audit/verify.js';
import type { World } from '../core/scope.js';
import { within } from '../core/within.js';
import { openGround } from '../ground.js';
import { makeLog } from '../log/make.js';
import { OperatorError } from '../operator.js';

const USAGE = `Usage:
  homegroup audit verify [--community ID [--head NUMBER:CODE]]`;
const OPTIONS = { community: { type: 'string' }, head: { type: 'string' } } as const;
const HEAD = /^(\d{1,9}):([A-Za-z0-9+/]{43}=)$/u;
const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

type Say = (line: string) => void;

function mustParse(args: readonly string[]): { readonly community?: string; readonly known?: Link } {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [, seq, mac] = HEAD.exec(values.head ?? '') ?? [];
  const isOdd = values.head !== undefined && (mac === undefined || values.community === undefined);
  if (positionals.join(' ') !== 'verify' || isOdd) throw new OperatorError(USAGE);
  if (values.community !== undefined && !ID.test(values.community)) throw new OperatorError(USAGE);
  return {
    ...(values.community && { community: values.community }),
    ...(mac !== undefined && { known: { seq: Number(seq), mac } }),
  };
}

const WHAT: Readonly<Record<Broken['what'], (broken: Broken) => string>> = {
  changed: ({ seq }) => `row ${seq} was changed, or is in the place of another`,
  missing: ({ seq, upTo }) => (upTo === seq ? `row ${seq} is missing` : `rows ${seq} to ${upTo} are missing`),
  added: ({ seq }) => `row ${seq} was added by somebody else`,
  actor: ({ seq }) => `in row ${seq}, who did it or whom it was about was taken out or exchanged`,
  state: () => 'where it stands was deleted or exchanged',
  head: ({ seq }) => `row ${seq} is not the one that was written down: the database was put back as it was before`,
};

/** What was found in one community's trail, in a line for the operator. */
export const describeTrail = (id: string, { rows, head, broken }: Verified): string =>
  broken.length === 0
    ? `${id}: ${rows} ${rows === 1 ? 'row' : 'rows'}, whole.${head ? ` Write down its head: ${head.seq}:${head.mac}` : ''}`
    : `${id}: not whole: ${broken.map((one) => WHAT[one.what](one)).join('; ')}.`;

/**
 * Looks through the audit trail of each community, or of one.
 * @throws OperatorError when one is not whole
 */
export async function tellTrails(world: Pick<World, 'prisma' | 'cipher'>, args: readonly string[], say: Say): Promise<void> {
  const { community, known } = mustParse(args);
  const where = community === undefined ? {} : { id: community };
  const all = await world.prisma.community.findMany({ where, select: { id: true }, orderBy: { createdAt: 'asc' } });
  if (community !== undefined && all.length === 0) throw new OperatorError('There is no community with that id.');
  let whole = true;
  for (const { id } of all) {
    const found = await verifyAudit(within(world, id), known);
    say(describeTrail(id, found));
    whole &&= found.broken.length === 0;
  }
  if (!whole)
    throw new OperatorError('The audit trail was written by somebody else than Homegroup. docs/operating.md says what to do.');
}

export async function run(config: Config, args: readonly string[]): Promise<void> {
  mustParse(args);
  const ground = await openGround(config, makeLog('silent'), () => undefined);
  try {
    await ground.ready;
    await tellTrails(ground.world, args, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await ground.close();
  }
}
