import { UserError } from '../../../chat/errors.js';
import type { Scope } from '../../scope.js';

/** Nobody speaks for themselves. @throws UserError where it is the member's own */
export function notOneself<T extends { readonly memberId: string }>({ member }: Pick<Scope, 'member'>, about: T): T {
  if (about.memberId === member.id) throw new UserError('verify.own');
  return about;
}
