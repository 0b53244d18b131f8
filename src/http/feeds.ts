import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import { addressOf, perMinute } from './limit.js';

/** What is read from outside. Undefined where there is nothing at that address. */
export interface Feeds {
  calendar(token: string): Promise<string | undefined>;
  meetings(id: string): Promise<string | undefined>;
}

export interface FeedOptions {
  readonly feeds: Feeds;
  /** The database is away: whoever asks should come again. */
  isUnavailable(error: unknown): boolean;
  /** Requests a minute for one address of a feed, and from one address of the network. */
  readonly most?: { readonly feed: number; readonly from: number };
}

type App = Hono<{ Bindings: HttpBindings }>;

const MOST = { feed: 30, from: 600 };
const NOTHING = 'There is nothing at this address.';

/** Programs ask once an hour; whoever asks again and again costs the database work. */
function limited({ feed, from }: NonNullable<FeedOptions['most']>): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const [ofFeed, ofAddress] = [perMinute(feed), perMinute(from)];
  return async (c, next) => {
    const wait = (await ofFeed(c.req.path)) ?? (await ofAddress(addressOf(c)));
    return wait === undefined ? next() : c.text('Please ask less often.', 429, { 'retry-after': String(wait) });
  };
}

/**
 * Calendars and the public list of meetings. An address that is wrong and one that has ended are answered alike, and no
 * address is ever logged.
 */
export function feedRoutes({ feeds, isUnavailable, most = MOST }: FeedOptions): App {
  const app: App = new Hono<{ Bindings: HttpBindings }>();
  app.use(limited(most), etag());
  app.get('/:file{[\\w-]+\\.ics}', async (c) => {
    const text = await feeds.calendar(c.req.param('file').slice(0, -'.ics'.length));
    if (text === undefined) return c.text(NOTHING, 404);
    return c.body(text, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="calendar.ics"',
      'cache-control': 'private, max-age=300',
    });
  });
  app.get('/:id/meetings.json', async (c) => {
    const text = await feeds.meetings(c.req.param('id'));
    if (text === undefined) return c.text(NOTHING, 404);
    return c.body(text, 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    });
  });
  app.onError((error, c) => {
    if (!isUnavailable(error)) throw error;
    return c.text('Not now. Please ask again in a minute.', 503, { 'retry-after': '60' });
  });
  return app;
}
