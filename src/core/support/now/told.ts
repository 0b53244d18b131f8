import type { SupportAsk } from '../../../db/generated/client.js';
import type { Scope } from '../../scope.js';
import type { OpenRequest } from './hold.js';
import { askKey } from './kinds.js';

/** One asking of the member of the scope with its request; undefined when it is gone. */
export async function askOf({ db, member }: Scope, id: string) {
  const ask = await db.supportAsk.findFirst({
    where: { id, memberId: member.id },
    include: { request: { include: { asks: true } } },
  });
  return ask ?? undefined;
}

/** Whether the member of the scope still takes turns. */
export const isOnCall = async ({ db, member }: Pick<Scope, 'db' | 'member'>): Promise<boolean> =>
  (await db.oncallVolunteer.count({ where: { memberId: member.id } })) > 0;

/** Whether they have seen the question: who has not need not hear that it is settled. */
export const wasAsked = async ({ db }: Pick<Scope, 'db'>, ask: Pick<SupportAsk, 'id' | 'round'>): Promise<boolean> =>
  (await db.delivery.count({ where: { once: askKey(ask), state: 'sent' } })) > 0;

/** The request of the member of the scope; undefined when it is gone. */
export async function requestOf({ db, member }: Scope, id: string): Promise<OpenRequest | undefined> {
  const row = await db.supportRequest.findFirst({ where: { id, memberId: member.id }, include: { asks: true } });
  return row ?? undefined;
}
