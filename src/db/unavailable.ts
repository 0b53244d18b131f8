/** Prisma's own codes: not reached, timed out, closed, no free connection, transaction not begun or expired, too many connections. */
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);

/** What Prisma's driver adapters name instead of a code. */
const KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

/** What the operating system answers for a server that is not there. */
const SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);

/**
 * SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html: connection exceptions (08), insufficient
 * resources (53), operator intervention (57P01 to 57P05 and 57014, a statement that took too long), system errors (58),
 * a lock not granted in time, a transaction that the server ended, and a server that takes no writes (during a failover).
 */
const SQLSTATE = /^(?:08...|53...|57P0[1-5]|57014|58...|55P03|25P0[34]|25006)$/;

/** node-postgres, PGlite and Prisma say these without any code. */
const MESSAGES = [
  /^Connection terminated/,
  /^timeout exceeded when trying to connect/,
  /^timeout expired/,
  /^Query read timeout/,
  /^Client (?:has encountered a connection error|was closed) and is not queryable/,
  /^Cannot use a pool after calling end on the pool/,
  /^PGlite is clos(?:ed|ing)/,
  /^Can't reach database server/,
  /^Server has closed the connection/,
];

/** The parts of an error, in whatever shape a library wrapped another's. */
interface Shape {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly errorCode?: unknown;
  readonly syscall?: unknown;
  readonly kind?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly meta?: unknown;
  readonly driverAdapterError?: unknown;
}

function codeSaysSo(code: unknown): boolean {
  return typeof code === 'string' && (PRISMA.has(code) || SYSTEM.has(code) || SQLSTATE.test(code));
}

function saysSo(error: Shape): boolean {
  if ([error.code, error.originalCode, error.errorCode].some(codeSaysSo)) return true;
  // A server reached through a socket file that is not there any more.
  if (error.code === 'ENOENT' && error.syscall === 'connect') return true;
  if (typeof error.kind === 'string' && KINDS.has(error.kind)) return true;
  const { message } = error;
  return typeof message === 'string' && MESSAGES.some((pattern) => pattern.test(message));
}

/**
 * Whether this failure means that the database cannot be used at the moment, so that the same work may succeed later: it
 * was not reached, closed the connection, is overloaded or took too long. False for what is wrong with the work itself.
 */
export function isUnavailable(error: unknown): boolean {
  const seen = new Set<unknown>();
  const visit = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return false;
    seen.add(value);
    const shape = value as Shape;
    if (saysSo(shape)) return true;
    const inner = Array.isArray(shape.errors) ? shape.errors : [];
    return [shape.cause, shape.meta, shape.driverAdapterError, ...inner].some(visit);
  };
  return visit(error);
}
