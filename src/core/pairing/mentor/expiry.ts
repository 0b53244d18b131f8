import { Temporal } from 'temporal-polyfill';
import type { TenantDb } from '../../../db/tenant.js';
import { instantOf } from '../../../time/local.js';
import type { Scope } from '../../scope.js';
import { plan } from '../../work/plan.js';
import { dayOfDate } from '../credentials.js';
import { EXPIRY, WARN_BEFORE } from './work.js';

/** Local time at which somebody hears of it. */
const AT = Temporal.PlainTime.from('10:00');

/** The instants of a credential: when its owner is warned, and when it has expired, which is the morning after its last day. */
export function expiryTimes(expiresOn: Date, zone: string): { readonly warn: Date; readonly over: Date } {
  const after = Temporal.PlainDate.from(dayOfDate(expiresOn)).add({ days: 1 });
  const over = new Date(instantOf(after.toPlainDateTime(AT), zone).epochMilliseconds);
  return { over, warn: new Date(over.getTime() - WARN_BEFORE) };
}

/** Has its owner hear in time that it ends. Pass the transaction that writes it. */
export async function watchExpiry(
  tx: TenantDb,
  credentialId: string,
  expiresOn: Date,
  { now, community }: Pick<Scope, 'now' | 'community'>,
): Promise<void> {
  const { warn, over } = expiryTimes(expiresOn, community.zone);
  await plan(tx, { kind: EXPIRY, subjectId: credentialId }, warn > now ? warn : now < over ? now : over);
}
