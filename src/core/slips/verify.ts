import { createPublicKey, timingSafeEqual } from 'node:crypto';
import { Sealed } from '../../db/cipher.js';
import { tenantDb } from '../../db/tenant.js';
import type { World } from '../scope.js';
import { readCode } from './code.js';
import { slipKey } from './keys.js';
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

/**
 * Whether a slip was made here, and says what it said then. Nothing tells an unknown one from one that was withdrawn, edited
 * or forged.
 * @param said the code as people type it, or all that the QR code holds
 * @param communityId only its slips count; absent: those of every community here
 */
export async function verifySlip(
  world: Pick<World, 'prisma' | 'cipher'>,
  said: string,
  { claim, communityId }: { readonly claim?: Claim; readonly communityId?: string } = {},
): Promise<Genuine | undefined> {
  const token = codeIn(said) && said;
  const code = token === undefined ? readCode(said) : codeIn(token);
  if (!code) return undefined;
  const row = await world.prisma.slip.findUnique({ where: { lookup: lookupOf(code) } });
  if (!row || (communityId !== undefined && row.communityId !== communityId)) return undefined;
  const kept = tokenIn(code, row.token);
  if (kept === undefined || (token !== undefined && !same(token, kept))) return undefined;
  const key = await slipKey({ db: tenantDb(world.prisma, row.communityId), cipher: world.cipher });
  const slip = key && openSlip(kept, row.communityId, createPublicKey(key));
  if (!slip || !same(Buffer.from(slip.code).toString('hex'), code.toString('hex'))) return undefined;
  const { date, minutes } = slip;
  return { date, minutes, ...(claim && { isFor: isFor(slip, claim.name, claim.group) }) };
}
