import { UserError } from '../../../chat/errors.js';
import type { CheckInPrompt, CheckInSchedule } from '../../../db/generated/client.js';
import type { TenantDb } from '../../../db/tenant.js';
import type { Scope } from '../../scope.js';

/** A prompt of the member of the scope. @throws UserError when it is gone, or was never theirs */
export async function myPrompt(
  tx: TenantDb,
  { member }: Scope,
  id: string,
): Promise<CheckInPrompt & { readonly schedule: CheckInSchedule }> {
  const prompt = await tx.checkInPrompt.findFirst({ where: { id, memberId: member.id }, include: { schedule: true } });
  if (!prompt) throw new UserError('prompt.gone');
  return prompt;
}
