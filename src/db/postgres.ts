import pg from 'pg';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import { DatabaseProblem } from './errors.js';

/** Milliseconds to reach the server. */
const CONNECT_MS = 5_000;
/** Milliseconds to wait for a free connection: long, because a crowd that taps at once is no sign that the server is away. */
export const TURN_MS = 30_000;
/** Milliseconds after which the server gives up a statement, and a little later we give up the server. */
const STATEMENT_MS = 15_000;
const ANSWER_MS = STATEMENT_MS + 5_000;
/** Milliseconds after which the server ends a transaction whose process fell silent. */
const IDLE_TRANSACTION_MS = 30_000;
/** Milliseconds that a starting process waits for another one to finish migrating. */
const MIGRATION_WAIT_MS = 120_000;
const CONNECTIONS = 10;
/** 15 is the first that can null one column of a composite foreign key. */
const OLDEST_VERSION = 15;

/** Prisma's adapter reads instants as UTC whatever the session says, so the session must say UTC. */
const UTC = '-c TimeZone=UTC';

/** The address, with what we need added to its own `options`, which would otherwise replace ours. */
function address(url: string): { connectionString: string; options: string; where: string } {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (error) {
    throw new DatabaseProblem('DATABASE_URL is not an address. Expected postgresql://user:password@host:5432/database.', {
      cause: error,
    });
  }
  const own = parsed.searchParams.get('options');
  parsed.searchParams.delete('options');
  const where = `${parsed.hostname || 'localhost'}:${parsed.port || '5432'}${parsed.pathname}`;
  return { connectionString: parsed.href, options: own ? `${own} ${UTC}` : UTC, where };
}

/** A pool gives its clients the time for a turn; reaching the server has less. */
class Client extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS });
  }
}

/** Connections to a PostgreSQL server. One that breaks is replaced when it is needed next. */
export function openPool(url: string, log: Told): pg.Pool {
  const { connectionString, options } = address(url);
  const pool = new pg.Pool({
    connectionString,
    options,
    application_name: 'homegroup',
    max: CONNECTIONS,
    Client,
    connectionTimeoutMillis: TURN_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    keepAlive: true,
  });
  // Without listeners, a connection that breaks while nobody uses it would end the process.
  pool.on('error', (error) => log.warn(errorFields(error), 'A connection to PostgreSQL broke while idle.'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>("SELECT current_setting('server_version_num')::int AS version");
  const version = Math.floor((rows[0]?.version ?? 0) / 10_000);
  if (version < OLDEST_VERSION)
    throw new DatabaseProblem(`The server runs PostgreSQL ${version}; Homegroup needs ${OLDEST_VERSION} or later.`);
}

/**
 * Runs the work that comes before all other in a session of its own, without the limits that queries have.
 * @throws {@link DatabaseProblem} when the server cannot be reached or refuses us. Never holds the password.
 */
export async function withFirstSession<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { connectionString, options, where } = address(url);
  const client = new pg.Client({
    connectionString,
    options,
    application_name: 'homegroup migration',
    connectionTimeoutMillis: CONNECT_MS,
    lock_timeout: MIGRATION_WAIT_MS,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    throw new DatabaseProblem(`PostgreSQL at ${where} cannot be used (${message || code}). Start it, or correct DATABASE_URL.`, {
      cause: error,
    });
  }
  try {
    await checkVersion(client);
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
