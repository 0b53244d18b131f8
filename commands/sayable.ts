import type { AnyCommand, Role } from '../src/chat/index.js';
import type { OfflineCtx } from './define.js';

/** What a reader is here, as far as it could be found out. */
export type Standing = Awaited<ReturnType<OfflineCtx['roles']>>;

const allowed: Readonly<Record<Role, (standing: Standing) => boolean>> = {
  anyone: () => true,
  mentor: ({ held }) => held.has('mentor'),
  facilitator: ({ held }) => held.has('facilitator') || held.has('coordinator'),
  coordinator: ({ held }) => held.has('coordinator'),
  admin: ({ held, isAdmin }) => held.has('coordinator') || isAdmin,
};

/** Whether this reader may say the command. */
export const maySay = (command: Pick<AnyCommand, 'role'>, standing: Standing): boolean => allowed[command.role](standing);

/** What can be typed. */
export const typeable = (commands: readonly AnyCommand[]): AnyCommand[] => commands.filter(({ hidden }) => !hidden);

/** Its words without the slash, such as `checkin now`. */
export const nameOf = ({ path }: Pick<AnyCommand, 'path'>): string => path.filter(Boolean).join(' ');

/** By root, in the order of the list. */
export function byRoot(commands: readonly AnyCommand[]): [root: string, commands: AnyCommand[]][] {
  const roots = new Map<string, AnyCommand[]>();
  for (const command of commands) roots.set(command.path[0], [...(roots.get(command.path[0]) ?? []), command]);
  return [...roots];
}
