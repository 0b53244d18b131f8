import type { Database } from '../db/open.js';
import { OperatorError } from '../operator.js';

/**
 * The community that is meant: the only one, or the one that is named.
 * @param what is to be brought in, in the plural
 * @throws OperatorError that says which there are
 */
export async function communityOf({ prisma }: Database, id: string | undefined, what: string) {
  const all = await prisma.community.findMany({ include: { spaces: true }, orderBy: { createdAt: 'asc' } });
  if (all.length === 0)
    throw new OperatorError(
      'There is no community yet. Start the bot, say /help once in your server or workspace, stop it, and try again.',
    );
  const [only] = id === undefined && all.length === 1 ? all : all.filter((one) => one.id === id);
  if (only) return only;
  const lines = all.map(
    (one) => `  ${one.id}  ${one.spaces.map(({ platform, externalId }) => `${platform} ${externalId}`).join(', ')}`,
  );
  throw new OperatorError(`Say whose ${what} these are with --community. There are:\n${lines.join('\n')}`);
}
