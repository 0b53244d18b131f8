import { z } from 'zod';
import type { TenantDb } from '../../db/tenant.js';
import type { Labels } from './set-up.js';

const labelsSchema = z.object({ sponsor: z.enum(['sponsor', 'mentor', 'peer']), time: z.enum(['recovery', 'clean', 'sober']) });

/** The community's words; the plainest ones until it chose. */
export async function labelsOf({
  db,
  community,
}: {
  readonly db: Pick<TenantDb, 'setting'>;
  readonly community: { readonly id: string };
}): Promise<Labels> {
  const setting = await db.setting.findFirst({ where: { communityId: community.id, key: 'labels' } });
  return labelsSchema.safeParse(setting?.value).data ?? { sponsor: 'sponsor', time: 'recovery' };
}
