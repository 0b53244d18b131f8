import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { type Choice, type Standing, Unavailable } from '../../chat/index.js';
import type { Told } from '../../log/log.js';
import { asBusy, codeOf, slackFields } from './errors.js';

/** Milliseconds for which what Slack said of somebody is believed. See docs/decisions/slack-standing.md. */
const FRESH_MS = 60_000;

/** What Slack says of one person. */
interface Profile {
  readonly admin: boolean;
  /** BCP 47. */
  readonly locale?: string;
  /** IANA. */
  readonly zone?: string;
}

interface Group {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

export interface People {
  /** What is known without asking; may be old. For words only, never for powers. */
  known(user: string): Profile | undefined;
  /** At most a minute old. @throws where Slack cannot say. */
  profile(user: string): Promise<Profile>;
  /** @throws Unavailable where Slack cannot say: a power is never assumed. */
  standing(user: string): Promise<Standing>;
  /** User groups whose name or handle holds what was typed. */
  groups(typed: string): Promise<readonly Choice[]>;
  /** What is known of them, until it is asked for again. */
  forget(user: string): void;
  /** A group's name as far as it is known. */
  groupName(id: string): string;
}

/** A workspace without user groups (the free plan), or a token without the scope, has nobody in any. */
const NO_GROUPS = new Set([
  'missing_scope',
  'plan_upgrade_required',
  'paid_teams_only',
  'not_allowed_token_type',
  'access_denied',
]);

export function makePeople(client: webApi.WebClient, log: Told): People {
  const names = new Map<string, string>();

  const profiles = new LRUCache<string, Profile>({
    max: 5_000,
    ttl: FRESH_MS,
    noDeleteOnFetchRejection: true,
    fetchMethod: async (user) => {
      const { user: found } = await client.users.info({ user, include_locale: true });
      return {
        admin: Boolean(found?.is_admin || found?.is_owner),
        ...(found?.locale && { locale: found.locale }),
        ...(found?.tz && { zone: found.tz }),
      };
    },
  });

  const groups = new LRUCache<'all', readonly Group[]>({
    max: 1,
    ttl: FRESH_MS,
    fetchMethod: async () => {
      try {
        const { usergroups = [] } = await client.usergroups.list({ include_users: true });
        const all = usergroups.map(({ id = '', name = '', handle = '', users = [] }) => ({
          id,
          name: `${name} (@${handle})`,
          members: users,
        }));
        for (const { id, name } of all) names.set(id, name);
        return all;
      } catch (error) {
        if (!NO_GROUPS.has(codeOf(error) ?? '')) throw error;
        log.warn(slackFields(error), 'Slack does not tell user groups here, so nobody holds a role through one.');
        return [];
      }
    },
  });

  const must = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('Slack answered without what was asked.');
    return value;
  };
  const profile = async (user: string) => must(await profiles.fetch(user));
  const allGroups = async () => must(await groups.fetch('all'));

  return {
    known: (user) => profiles.peek(user, { allowStale: true }),
    profile,
    async standing(user) {
      try {
        const [{ admin }, all] = await Promise.all([profile(user), allGroups()]);
        return { admin, roles: all.filter(({ members }) => members.includes(user)).map(({ id }) => id) };
      } catch (error) {
        log.warn(slackFields(error), 'Slack did not say who somebody is, so what needs a role was refused.');
        throw new Unavailable('Slack did not say who this is.', { cause: asBusy(error) ?? error });
      }
    },
    async groups(typed) {
      const wanted = typed.toLowerCase();
      const found = (await allGroups()).filter(({ name }) => name.toLowerCase().includes(wanted));
      return found.slice(0, 100).map(({ id, name }) => ({ value: id, label: name }));
    },
    forget: (user) => void profiles.delete(user),
    groupName: (id) => names.get(id) ?? id,
  };
}
