/** The version of a list, as its server names it. */
export interface Version {
  readonly etag?: string;
  readonly modified?: string;
}

/** Why a list could not be had from its server. */
export type FetchTrouble = 'unreachable' | 'refused' | 'too-large' | 'too-slow';

/** What a server answered. `after`: milliseconds that it asks us to wait. */
export type Fetched =
  | ({ readonly ok: true; readonly bytes: Buffer } & Version)
  | { readonly ok: true; readonly unchanged: true }
  | { readonly ok: false; readonly why: FetchTrouble; readonly after?: number };

export interface Limits {
  /** Bytes, after what was packed is unpacked. */
  readonly bytes: number;
  /** Milliseconds for everything. */
  readonly patience: number;
  readonly redirects: number;
}

/** Of a list that is asked for again and again. */
export const LIMITS: Limits = { bytes: 64 * 2 ** 20, patience: 60_000, redirects: 5 };
const MOVED = new Set([301, 302, 303, 307, 308]);
const LONGEST_WAIT = 24 * 3_600_000;

/** The body, as long as it is not too long. */
async function readBody({ body }: Response, most: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop cancels what is still to come.
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function waitAsked(response: Response): { after?: number } {
  const seconds = Number(response.headers.get('retry-after'));
  return seconds > 0 ? { after: Math.min(seconds * 1000, LONGEST_WAIT) } : {};
}

const versionOf = ({ headers }: Response): Version => {
  const [etag, modified] = [headers.get('etag'), headers.get('last-modified')];
  return { ...(etag !== null && { etag }), ...(modified !== null && { modified }) };
};

/** Follows redirects to the web only; another kind of address, or a circle, is refused. */
async function request(
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  redirects: number,
): Promise<Response | undefined> {
  let at = address;
  for (let hop = 0; hop <= redirects; hop += 1) {
    const response = await fetch(at, { headers, signal, redirect: 'manual' });
    const to = MOVED.has(response.status) ? response.headers.get('location') : null;
    if (to === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(to, at) || !/^https?:$/u.test(new URL(to, at).protocol)) return undefined;
    at = new URL(to, at).href;
  }
  return undefined;
}

/**
 * Asks for a list, unless it is still the version that we have. Only operators name addresses, so those of private networks
 * are allowed. Nothing is thrown; whoever aborts `signal` gets `unreachable`.
 */
export async function fetchList(address: string, known: Version, signal: AbortSignal, limits: Limits = LIMITS): Promise<Fetched> {
  const late = AbortSignal.timeout(limits.patience);
  const headers = {
    accept: 'application/json',
    'user-agent': 'Homegroup',
    ...(known.etag !== undefined && { 'if-none-match': known.etag }),
    ...(known.modified !== undefined && { 'if-modified-since': known.modified }),
  };
  try {
    const response = await request(address, headers, AbortSignal.any([signal, late]), limits.redirects);
    if (!response) return { ok: false, why: 'refused' };
    if (response.status === 304) return { ok: true, unchanged: true };
    if (!response.ok) {
      await response.body?.cancel();
      return { ok: false, why: 'refused', ...waitAsked(response) };
    }
    const bytes = await readBody(response, limits.bytes);
    return bytes ? { ok: true, bytes, ...versionOf(response) } : { ok: false, why: 'too-large' };
  } catch {
    return { ok: false, why: late.aborted ? 'too-slow' : 'unreachable' };
  }
}
