import { FEW, type Told } from '../src/core/communities/report.js';
import type { AppCtx } from './define.js';

/** A count as it is told: any but none is in fives. @param isExact told as it is */
export function counted(ctx: AppCtx, count: Told, isExact = false): string {
  if (count === 'few') return ctx.t('community.report.few', { few: FEW });
  const text = new Intl.NumberFormat(ctx.language).format(count);
  return isExact || count === 0 ? text : ctx.t('community.report.atLeast', { count: text });
}
