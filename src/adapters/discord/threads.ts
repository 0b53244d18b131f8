import {
  type APIThreadChannel,
  ChannelType,
  type REST,
  type RESTGetAPIChannelUsersThreadsArchivedResult,
  type RESTGetAPIGuildThreadsResult,
  RESTJSONErrorCodes,
  type RESTPostAPIChannelThreadsJSONBody,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { type PrivateThread, shorten, type Turn } from '../../chat/index.js';
import { limits } from './limits.js';
import { troubleOf } from './trouble.js';

const nameOf = ({ title, mark }: PrivateThread) => `${shorten(title, limits.thread.name - mark.length - 1)} ${mark}`;

const isCode = (error: unknown, code: number) => troubleOf(error).code === code;

/** Discord keeps an archived thread as it is: nothing can be changed in it, and nobody added. */
const unarchive = (rest: REST, thread: string): Promise<unknown> =>
  rest.patch(Routes.channel(thread), { body: { archived: false } });

/** Does that in a conversation or thread; one that is archived is woken up for it. */
export async function awake<T>(rest: REST, channel: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isCode(error, RESTJSONErrorCodes.InvalidActionOnArchivedThread)) throw error;
    await unarchive(rest, channel);
    return act();
  }
}

export interface Threads {
  /**
   * The thread of that person, opened if there is none yet.
   * @param turn awaited before each request
   * @returns its id; undefined when they left it
   * @throws what Discord answered
   */
  of(to: PrivateThread, turn?: Turn): Promise<string | undefined>;
}

/** Private threads of the bot's own, each for one person. @param self the bot's user id */
export function makeThreads(rest: REST, self: () => string): Threads {
  const opening = new Map<string, Promise<string>>();

  /** Only one that the bot opened: others could give one of theirs the same name. */
  const isIt =
    ({ channel, mark }: PrivateThread) =>
    ({ type, parent_id, owner_id, name }: APIThreadChannel) =>
      type === ChannelType.PrivateThread && parent_id === channel && owner_id === self() && name?.endsWith(` ${mark}`);

  /** The oldest, so that two processes that opened one at the same time agree on the same. */
  async function findActive(to: PrivateThread, turn?: Turn): Promise<string | undefined> {
    await turn?.();
    const { threads } = (await rest.get(Routes.guildActiveThreads(to.space))) as RESTGetAPIGuildThreadsResult;
    const found = (threads as APIThreadChannel[]).filter(isIt(to)).map(({ id }) => BigInt(id));
    return found.length === 0 ? undefined : String(found.reduce((a, b) => (a < b ? a : b)));
  }

  /** Asked for only after an agreement; without the permission to look, a new thread is opened. */
  async function findArchived(to: PrivateThread, turn?: Turn): Promise<string | undefined> {
    const query = new URLSearchParams({ limit: String(limits.thread.page) });
    const route = Routes.channelJoinedArchivedThreads(to.channel);
    await turn?.();
    const listed = rest.get(route, { query }) as Promise<RESTGetAPIChannelUsersThreadsArchivedResult>;
    const { threads } = await listed.catch((error: unknown) => {
      if (isCode(error, RESTJSONErrorCodes.MissingPermissions)) return { threads: [] };
      throw error;
    });
    const found = (threads as APIThreadChannel[]).find(isIt(to));
    if (!found) return undefined;
    await turn?.();
    await unarchive(rest, found.id);
    return found.id;
  }

  async function create(to: PrivateThread, turn?: Turn): Promise<string> {
    const body: RESTPostAPIChannelThreadsJSONBody = {
      name: nameOf(to),
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
    };
    await turn?.();
    const { id } = (await rest.post(Routes.threads(to.channel), { body })) as APIThreadChannel;
    return (await findActive(to, turn)) ?? id;
  }

  async function open(to: PrivateThread, turn?: Turn): Promise<string> {
    const id = (await findActive(to, turn)) ?? (await findArchived(to, turn)) ?? (await create(to, turn));
    await turn?.();
    await rest.put(Routes.threadMembers(id, to.user));
    return id;
  }

  /** Several messages to one person open one thread. */
  function openOnce(to: PrivateThread, turn?: Turn): Promise<string> {
    const key = `${to.channel} ${to.mark}`;
    const known = opening.get(key);
    if (known) return known;
    const work = open(to, turn).finally(() => opening.delete(key));
    opening.set(key, work);
    return work;
  }

  return {
    async of(to, turn) {
      if (to.known === undefined) return openOnce(to, turn);
      try {
        await turn?.();
        await rest.get(Routes.threadMembers(to.known, to.user));
        return to.known;
      } catch (error) {
        if (isCode(error, RESTJSONErrorCodes.UnknownChannel)) return openOnce(to, turn);
        if (troubleOf(error).status === 404) return undefined;
        throw error;
      }
    },
  };
}
