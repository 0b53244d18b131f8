import type { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../time/local.js';
import type { Scope } from '../scope.js';

/** The member's local day of an instant, such as one that they wrote in words. */
export const dayIn = ({ member }: Pick<Scope, 'member'>, at: Date): Temporal.PlainDate => dayOf(at, member.zone);

/** The member's local day. */
export const todayOf = (scope: Pick<Scope, 'now' | 'member'>): Temporal.PlainDate => dayIn(scope, scope.now);
