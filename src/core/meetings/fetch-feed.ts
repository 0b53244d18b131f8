import { type Fetched as FetchedList, fetchList, LIMITS, type Limits, type Version } from '../lists/fetch.js';

/** What a server answered. */
export type Fetched = ({ readonly ok: true; readonly text: string } & Version) | Exclude<FetchedList, { readonly bytes: Buffer }>;

/**
 * The address that is asked: that of a BMLT server becomes its list of meetings, together with the formats that they use.
 * @returns undefined for what is no address of the web
 */
export function feedAddress(typed: string): string | undefined {
  if (!URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  if (!/^https?:$/u.test(url.protocol)) return undefined;
  if (/\/main_server\/?$/u.test(url.pathname)) {
    url.pathname = url.pathname.replace(/\/?$/u, '/client_interface/json/');
    url.search = '?switcher=GetSearchResults';
  }
  const isBmlt = url.pathname.includes('/client_interface/') && url.searchParams.get('switcher') === 'GetSearchResults';
  if (isBmlt && !url.searchParams.has('get_used_formats')) url.searchParams.set('get_used_formats', '1');
  return url.href;
}

/** Asks for a list of meetings, unless it is still the version that we have. Nothing is thrown. */
export async function fetchFeed(address: string, known: Version, signal: AbortSignal, limits: Limits = LIMITS): Promise<Fetched> {
  const fetched = await fetchList(address, known, signal, limits);
  if (!fetched.ok || !('bytes' in fetched)) return fetched;
  const { bytes, ...rest } = fetched;
  return { ...rest, text: bytes.toString('utf8') };
}
