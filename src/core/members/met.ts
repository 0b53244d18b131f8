import type { TenantDb } from '../../db/tenant.js';
import { startOfDay } from '../../time/local.js';
import type { Scope } from '../scope.js';

/**
 * How many members the bot had talked with when the day began in their community. Who was only named by somebody else is none of
 * them, and who comes today is not seen coming: whoever looks before and after would learn that one person uses the bot.
 */
export const membersMet = ({
  db,
  community,
  now,
}: Pick<Scope, 'community' | 'now'> & { readonly db: Pick<TenantDb, 'member'> }) =>
  db.member.count({ where: { greetedAt: { lt: startOfDay(now, community.zone) } } });
