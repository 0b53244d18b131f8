import { commands } from '../../commands/index.js';
import { type AppOptions, makeApp } from '../../src/app.js';
import { codeOf, writeId } from '../../src/chat/ids.js';
import {
  type AnyCommand,
  type Capabilities,
  type First,
  type Input,
  type Message,
  type Path,
  pathName,
} from '../../src/chat/index.js';
import { enter } from '../../src/core/members/enter.js';
import type { PlatformName } from '../../src/core/names.js';
import type { Scope, World } from '../../src/core/scope.js';
import { findTap } from '../../src/core/taps/find.js';
import { keepTaps } from '../../src/core/taps/keep.js';
import type { Prisma, PrismaClient } from '../../src/db/generated/client.js';
import { ownedModels } from '../../src/db/tenant.js';
import type { TestWorld } from './world.js';

/** Somebody, somewhere, with what the platform says of them. */
export interface Actor {
  readonly platform: PlatformName;
  readonly id: string;
  /** Absent: in a direct message. */
  readonly space?: string;
  readonly admin?: boolean;
  readonly roles?: readonly string[];
}

export type Said =
  | { readonly kind: 'call'; readonly path: Path; readonly input: Input }
  | { readonly kind: 'press'; readonly id: string; readonly values?: readonly string[] }
  | { readonly kind: 'submit'; readonly id: string; readonly input: Input };

/** A button as it is kept: what it does and on what. */
export interface KeptTap {
  readonly path: string;
  readonly input: Input;
}

/** What became of one thing that was said. */
export interface Outcome {
  readonly message: Message;
  /** Tables that are not as they were, but those of members and of buttons. */
  readonly writes: readonly string[];
  /** The buttons that the answer kept, and those of messages to others. */
  readonly taps: readonly KeptTap[];
  /** With `outside`: tables in which rows of another community are not as they were. */
  readonly reached: readonly string[];
  /** What was written down as read of a member, to be told to them. */
  readonly read: readonly string[];
  /** The database refused what was asked of it. */
  readonly failed?: true;
}

/** What the platform of {@link makeDirect} can do. */
export const CAN: Capabilities = { formFields: 5, fileBytes: 9_000_000, fieldErrors: true, completion: true, zone: true };
const MODES = { reply: 'r', edit: 'e', form: 'f', submit: 'm' } as const;

export const commandNamed = (path: string): AnyCommand => {
  const found = commands.find((command) => pathName(command.path) === path);
  if (!found) throw new Error(`There is no command ${path}.`);
  return found;
};

class Undone extends Error {}

/** Written by whoever comes in, whatever they say: that they were met. And the buttons of answers. */
const UNCOUNTED: ReadonlySet<string> = new Set(['Member', 'Identity', 'Tap']);

const owned: ReadonlySet<string> = new Set(ownedModels);

/** Of all rows of a table. @param outside without those of this community */
async function digest(client: Prisma.TransactionClient, table: string, outside = ''): Promise<string> {
  const where =
    outside === ''
      ? ''
      : table === 'Community'
        ? `WHERE id <> '${outside}'`
        : owned.has(table)
          ? `WHERE "communityId" <> '${outside}'`
          : '';
  const [row] = await client.$queryRawUnsafe<{ digest: string | null }[]>(
    `SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS digest FROM "${table}" t ${where}`,
  );
  return row?.digest ?? '';
}

/** Rows that were written in each table, counted by the database itself. Asked of each table: the view over all of them costs more than most answers. */
async function written(tx: Prisma.TransactionClient): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.$queryRaw<{ table: string; count: bigint }[]>`
    SELECT * FROM (
      SELECT relname AS "table",
        pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) AS count
      FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    ) AS counted WHERE count > 0 ORDER BY "table"`;
  return new Map(rows.map(({ table, count }) => [table, Number(count)]));
}

interface DirectOptions {
  /** In place of the real ones, and of the same paths. */
  readonly commands?: readonly AnyCommand[];
  readonly log?: AppOptions['log'];
}

/**
 * The router without a platform: whoever, wherever, whatever. What is said can be tried, which leaves nothing behind: it runs in a
 * transaction that is undone.
 */
export function makeDirect(home: TestWorld, { commands: all = commands, log }: DirectOptions = {}) {
  let client: PrismaClient | Prisma.TransactionClient = home.database.prisma;
  let points = 0;
  /** A transaction inside of the one that is undone: what it writes is gone when it fails. */
  async function nested<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
    const tx = client as Prisma.TransactionClient;
    points += 1;
    const point = `p${points}`;
    await tx.$executeRawUnsafe(`SAVEPOINT ${point}`);
    try {
      const result = await work(tx);
      await tx.$executeRawUnsafe(`RELEASE ${point}`);
      return result;
    } catch (error) {
      await tx.$executeRawUnsafe(`ROLLBACK TO ${point}`);
      throw error;
    }
  }
  const prisma = new Proxy({} as PrismaClient, {
    get: (_, key) => (key === '$transaction' && client !== home.database.prisma ? nested : Reflect.get(client, key)),
    has: (_, key) => key === '$transaction' || Reflect.has(client, key),
  });
  const world: World = { ...home.world, prisma };
  const told = log ?? { error: (fields: object) => void home.logged.push(fields) };
  const router = makeApp({ world, commands: all, clock: home.clock, log: told });

  const callOf = ({ platform, id, space, admin = false, roles = [] }: Actor, said: Said) => ({
    platform,
    said,
    user: { id, locale: 'en' },
    ...(space !== undefined && { space: { id: space } }),
    channel: { id: 'C1', direct: false },
    standing: async () => ({ admin, roles }),
  });
  const run = (actor: Actor, said: Said): Promise<Message> => router.run(callOf(actor, said), CAN);
  const plan = (actor: Actor, said: Said): First => router.plan(callOf(actor, said), CAN);

  const scopeOf = ({ platform, id, space, admin = false, roles = [] }: Actor, community?: string): Promise<Scope> =>
    enter(
      world,
      {
        ...{ platform, userId: id, standing: async () => ({ admin, roles }) },
        ...(space !== undefined && { space: { id: space } }),
        ...(community !== undefined && { community }),
      },
      home.clock.now(),
    );

  const before = new Map<string, string>();
  /** Those that are not as they were: what is held by writing it as it is does not count. */
  async function changed(after: ReadonlyMap<string, string>, outside = ''): Promise<string[]> {
    const found: string[] = [];
    for (const [table, now] of after) {
      const key = `${table}${outside}`;
      // Buttons are made between two attempts.
      if (table === 'Tap' || !before.has(key)) before.set(key, await digest(home.database.prisma, table, outside));
      if (before.get(key) !== now) found.push(table);
    }
    return found;
  }

  /** Does it in a transaction that is then undone. */
  async function undone<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
    let result: { readonly is: T } | undefined;
    const outer = client;
    try {
      await home.database.prisma.$transaction(
        async (tx) => {
          client = tx;
          result = { is: await work(tx) };
          throw new Undone();
        },
        { timeout: 60_000, maxWait: 60_000 },
      );
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    } finally {
      client = outer;
    }
    return (result as { readonly is: T }).is;
  }

  /** Runs, tells what was written, and undoes it. Nothing else may write in between, but what is told of by {@link settle}. */
  async function attempt(actor: Actor, said: Said, outside?: string): Promise<Outcome> {
    const digests = new Map<string, string>();
    const others = new Map<string, string>();
    const outcome = await undone(async (tx): Promise<Outcome> => {
      // What an earlier transaction wrote may still be counted.
      const counted = await written(tx);
      const message = await run(actor, said);
      const after = await written(tx).catch(() => undefined);
      // The database refused a statement outside of a transaction of its own.
      if (!after) return { message, writes: [], taps: [], reached: [], read: [], failed: true };
      const touched = [...after].filter(([table, count]) => count > (counted.get(table) ?? 0)).map(([table]) => table);
      for (const table of touched) if (!UNCOUNTED.has(table)) digests.set(table, await digest(tx, table));
      const taps = touched.includes('Tap') ? await newTaps(tx) : [];
      if (outside) for (const table of touched) others.set(table, await digest(tx, table, outside));
      return { message, writes: [], taps, reached: [], read: touched.includes('AuditEvent') ? await newReads(tx) : [] };
    });
    return { ...outcome, writes: await changed(digests), reached: await changed(others, outside) };
  }

  async function newReads(tx: Prisma.TransactionClient): Promise<string[]> {
    const rows = await tx.$queryRaw<{ action: string }[]>`
      SELECT DISTINCT action FROM "AuditEvent"
      WHERE "aboutId" IS NOT NULL AND xmin::text::bigint >= pg_current_xact_id()::text::bigint ORDER BY action`;
    return rows.map(({ action }) => action);
  }

  async function newTaps(tx: Prisma.TransactionClient): Promise<KeptTap[]> {
    const fresh = await tx.$queryRaw<
      { id: string }[]
    >`SELECT id FROM "Tap" WHERE xmin::text::bigint >= pg_current_xact_id()::text::bigint`;
    const found = await Promise.all(fresh.map(({ id }) => findTap(world, id)));
    return found.flatMap((tap) => (tap ? [{ path: tap.path, input: tap.input as Input }] : []));
  }

  /**
   * The id of a button like that one, which this person may press, or anybody; without input, of one that keeps nothing.
   */
  async function buttonFor(
    scope: Scope,
    { path, input }: KeptTap,
    does: keyof typeof MODES = 'reply',
    isPrivate = true,
  ): Promise<string> {
    const isEmpty = Object.values(input).every((value) => value === undefined);
    const [token = ''] = isEmpty ? [] : await keepTaps(scope, [{ path, input, isPrivate }]);
    return writeId({ code: codeOf(commandNamed(path).path), mode: MODES[does], n: 0, token });
  }

  /** Call it when something was written for good. */
  const settle = (): void => before.clear();

  return { run, plan, attempt, undone, settle, scopeOf, buttonFor, world };
}

export type Direct = ReturnType<typeof makeDirect>;
