import { createPublicKey, timingSafeEqual } from 'node:crypto';
import { Sealed } from '../../db/cipher.js';
import { tenantDb } from '../../db/tenant.js';
import { readCode } from '../code.js';
import type { World } from '../scope.js';
import { slipKey } from './keys.js';
import type { CheckingKey } from './public-key.js';
import { isStamped } from './stamp.js';
import { codeIn, isFor, openSlip } from './token.js';
import { lookupOf, openToken } from './vault.js';

/** All that is told of a slip. */
export interface Genuine {
  /** Local, YYYY-MM-DD. */
  readonly date: string;
  readonly minutes: number;
  /** Whether it was made for the name and group that were asked about; absent when nobody asked. */
  readonly isFor?: boolean;
}

export interface Claim {
  readonly name: string;
  readonly group: string;
}

const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function tokenIn(code: Uint8Array, sealed: Uint8Array): string | undefined {
  try {
    return openToken(code, sealed);
  } catch (error) {
    if (error instanceof Sealed) return undefined;
    throw error;
  }
}

interface Asked {
  readonly claim?: Claim;
  /** In which the token was: it counts only as it was made. */
  readonly file?: Uint8Array;
}

/** What a token says that this community signed, whether it was withdrawn or not. Undefined: it is not valid. */
export function readSigned(token: string, { communityId, key }: CheckingKey, { claim, file }: Asked = {}): Genuine | undefined {
  const slip = openSlip(token, communityId, key);
  if (!slip || (file && !isStamped(file, communityId, key))) return undefined;
  const { date, minutes } = slip;
  return { date, minutes, ...(claim && { isFor: isFor(slip, claim.name, claim.group) }) };
}

/**
 * Whether a slip was made here, and says what it said then. Nothing tells an unknown one from one that was withdrawn, edited
 * or forged.
 * @param said the code as people type it, or all that the QR code holds
 * @param communityId only its slips count; absent: those of every community here
 */
export async function verifySlip(
  world: Pick<World, 'prisma' | 'cipher'>,
  said: string,
  { communityId, ...asked }: Asked & { readonly communityId?: string } = {},
): Promise<Genuine | undefined> {
  const token = codeIn(said) && said;
  const code = token === undefined ? readCode(said) : codeIn(token);
  if (!code) return undefined;
  const row = await world.prisma.slip.findUnique({ where: { lookup: lookupOf(code) } });
  if (!row || (communityId !== undefined && row.communityId !== communityId)) return undefined;
  const kept = tokenIn(code, row.token);
  if (kept === undefined || (token !== undefined && !same(token, kept))) return undefined;
  if (!same(codeIn(kept)?.toString('hex') ?? '', code.toString('hex'))) return undefined;
  const key = await slipKey({ db: tenantDb(world.prisma, row.communityId), cipher: world.cipher });
  return key && readSigned(kept, { communityId: row.communityId, key: createPublicKey(key) }, asked);
}
