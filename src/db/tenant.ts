import { Prisma, type PrismaClient } from './generated/client.js';
import { repeating } from './repeat.js';
import { type AnyArgs, type Scope, scopeArgs } from './scope.js';

type Models = Prisma.TypeMap['model'];
/** Models whose rows belong to a community. */
type Owned = { [M in keyof Models]: 'communityId' extends keyof Models[M]['payload']['scalars'] ? M : never }[keyof Models];

interface Transaction {
  readonly isolationLevel?: Prisma.TransactionIsolationLevel;
  readonly timeout?: number;
  /** It uses something up, such as a stream, and is not repeated. */
  readonly once?: true;
}

/**
 * The database as one community has it: Prisma's models, fully typed, with every operation confined to the community.
 * What belongs to another is not found, and cannot be written, referred to or moved. Has no raw queries. The same inside
 * a transaction and outside of one.
 */
export type TenantDb = Pick<PrismaClient, Uncapitalize<Owned> | 'community'> & {
  readonly communityId: string;
  /**
   * Runs the work in a transaction; inside of one already, in that one. Pass `tx` down: on the embedded database,
   * a query beside an open transaction would wait for it. Where it and another one wait for each other, it is done again from its
   * beginning: what it does outside of the database it may do twice.
   * @param options `timeout` in milliseconds, where ten seconds are not enough
   */
  transact<T>(work: (tx: TenantDb) => Promise<T>, options?: Transaction): Promise<T>;
};

type Client = PrismaClient | Prisma.TransactionClient;

/** The client behind each handle, for {@link selectIn} and {@link writeIn} alone. */
const clients = new WeakMap<TenantDb, Client>();

function clientOf(db: TenantDb): Client {
  const client = clients.get(db);
  if (!client) throw new Error('Not a handle of a community.');
  return client;
}

/**
 * Rows of a statement that Prisma's models cannot say, inside of the handle's transaction where it is one. Every table in it has
 * to be confined by the id that `statement` is given; each use is tried with two communities in a test of its own.
 */
export function selectIn<T>(db: TenantDb, statement: (communityId: string) => Prisma.Sql): Promise<T[]> {
  return clientOf(db).$queryRaw<T[]>(statement(db.communityId));
}

/**
 * Writes with a statement that Prisma's models cannot say, such as many rows at once. What {@link selectIn} asks for holds here,
 * too, and every row that is written has to be given the id.
 * @returns how many rows were written
 */
export function writeIn(db: TenantDb, statement: (communityId: string) => Prisma.Sql): Promise<number> {
  return clientOf(db).$executeRaw(statement(db.communityId));
}

type Delegate = Record<string, (args: AnyArgs) => unknown>;

const accessorOf = (model: string) => model.charAt(0).toLowerCase() + model.slice(1);

/** The columns of a model, as Prisma generated them. */
function columnsOf(model: Prisma.ModelName): ReadonlySet<string> {
  return new Set(Object.keys(Prisma[`${model}ScalarFieldEnum`]));
}

/** How a model is confined; undefined where its rows belong to no community. */
function scopeOf(model: Prisma.ModelName): Omit<Scope, 'communityId'> | undefined {
  const columns = columnsOf(model);
  if (model === 'Community') return { model, columns, field: 'id' };
  return columns.has('communityId') ? { model, columns, field: 'communityId' } : undefined;
}

const scopes = new Map(Object.values(Prisma.ModelName).map((model) => [model, scopeOf(model)]));

/** The models whose rows belong to a community, each a table of that name. */
export const ownedModels: readonly Prisma.ModelName[] = Object.values(Prisma.ModelName).filter((model) =>
  columnsOf(model).has('communityId'),
);

function confine(delegate: Delegate, scope: Scope): Delegate {
  return new Proxy(delegate, {
    get(target, operation) {
      const value = target[operation as string];
      if (typeof operation !== 'string' || typeof value !== 'function') return value;
      return (args?: AnyArgs) => value.call(target, scopeArgs(operation, args ?? {}, scope));
    },
  });
}

/** Only the client itself can begin a transaction; Prisma takes the method off the handle inside of one. */
function canBegin(client: Client): client is PrismaClient {
  return '$transaction' in client && typeof client.$transaction === 'function';
}

/**
 * @param client the client, or the transaction that the work belongs to
 * @param communityId of the community that everything is confined to
 */
export function tenantDb(client: Client, communityId: string): TenantDb {
  const db = {
    communityId,
    transact(work: (tx: TenantDb) => Promise<unknown>, { once, ...options }: Transaction = {}) {
      if (!canBegin(client)) return work(db);
      const whole = () => client.$transaction((tx) => work(tenantDb(tx, communityId)), options);
      return once ? whole() : repeating(whole);
    },
  } as unknown as TenantDb;
  clients.set(db, client);

  for (const [model, scope] of scopes) {
    const accessor = accessorOf(model);
    let confined: Delegate | undefined;
    Object.defineProperty(db, accessor, {
      enumerable: true,
      get() {
        if (!scope) throw new Error(`${model} belongs to no community: a community's handle does not reach it.`);
        confined ??= confine((client as unknown as Record<string, Delegate>)[accessor] as Delegate, { ...scope, communityId });
        return confined;
      },
    });
  }
  return db;
}
