import { Prisma } from '../../../db/generated/client.js';
import { ownedModels, selectIn, type TenantDb } from '../../../db/tenant.js';

/** What a community has before anybody did anything in it but come and be greeted, its settings, and the crisis lines that go the way of `lines.ts`. */
const BEFORE_ANYTHING: ReadonlySet<string> = new Set([
  ...[
    'Space',
    'RoleGrant',
    'Member',
    'Identity',
    'Tap',
    'AuditEvent',
    'AuditChain',
    'Setting',
    'LocalLine',
    'LinkCode',
    'DueWork',
    'Delivery',
  ],
  // That one was given and taken back stays for ever. What one is given for is in a table of its own.
  'Consent',
]);

const table = (model: Prisma.ModelName) => Prisma.raw(`"${model}"`);
const asked = ownedModels.filter((model) => !BEFORE_ANYTHING.has(model));

/** Whether people made anything in a community. A table that is added one day counts until somebody has thought about it. */
export async function hasTraces(db: TenantDb): Promise<boolean> {
  const found = await selectIn<{ found: boolean }>(db, (communityId) => {
    const each = asked.map(
      (model) => Prisma.sql`EXISTS (SELECT 1 FROM ${table(model)} WHERE "communityId" = ${communityId}::uuid)`,
    );
    return Prisma.sql`SELECT ${Prisma.join(each, ' OR ')} AS found`;
  });
  return found[0]?.found === true || (await db.member.count({ where: { reflection: true } })) > 0;
}
