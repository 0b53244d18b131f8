import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * Keeps other sites out of the playground. A page elsewhere cannot send JSON here without asking first (and is never
 * allowed), carries its own `Origin`, and, if it points a name of its own at this machine (DNS rebinding), that name is
 * in `Host`: only addresses, `localhost` and the names that were allowed are answered.
 *
 * @param names further host names, without port.
 */
export function guard(names: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!isOurs(host, names))
      return refuse(c, `This playground does not answer to the name ${nameOf(host) || 'it was called by'}.`);
    if (isForeign(c, host)) return refuse(c, 'Only the page of this playground may ask this.');
    if (c.req.method === 'POST' && !isJson(c)) return c.json({ error: 'Send JSON, with content-type: application/json.' }, 415);
    return next();
  };
}

const refuse = (c: Context, error: string) => c.json({ error }, 403);
const isJson = (c: Context) => /^application\/json\s*(?:;|$)/iu.test(c.req.header('content-type') ?? '');

function nameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.replace(/^\[|\]$/gu, '') : undefined;
}

function isOurs(host: string, names: readonly string[]): boolean {
  const name = nameOf(host);
  return name !== undefined && (isIP(name) > 0 || name === 'localhost' || names.includes(name));
}

/** Programs send neither header; browsers cannot help sending one of them. */
function isForeign(c: Context, host: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') return true;
  const origin = c.req.header('origin');
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}
