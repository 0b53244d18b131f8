import type { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { addressOf, perMinute } from './limit.js';
import { streamed } from './stream.js';

/** What the page says, in the reader's language. */
export interface ExportWords {
  readonly language: string;
  readonly title: string;
  readonly once: string;
  readonly careful: string;
  readonly fetch: string;
  readonly gone: string;
  readonly busy: string;
  readonly away: string;
}

interface Options {
  words(acceptLanguage: string | undefined): ExportWords;
  /** Whether there is something to fetch. Uses nothing up. */
  waits(token: string): Promise<boolean>;
  /** Uses the address up. Undefined: there is nothing at it, or not any more. */
  take(token: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  failed(error: unknown): void;
}

/** Looks a minute from one address of the network. */
export const LOOKS_A_MINUTE = 60;

type Env = { Bindings: HttpBindings };
type Markup = ReturnType<typeof html>;

const page = ({ language, title }: ExportWords, inner: Markup) => html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><title>${title}</title><link rel="stylesheet" href="/verify/style.css"></head>
<body><main><h1>${title}</h1>${inner}</main></body></html>`;

/**
 * Where a member fetches their export, once. Previews and scanners only look, so looking uses nothing up: a button does. Every
 * address at which there is nothing is answered alike, and none is ever logged.
 */
export function makeExportPage({ words, waits, take, failed }: Options): Hono {
  const app = new Hono<Env>({ strict: false });
  const ofAddress = perMinute(LOOKS_A_MINUTE);

  async function answer(c: Context<Env>, found: (say: ExportWords) => Promise<Response | undefined>): Promise<Response> {
    const say = words(c.req.header('accept-language'));
    c.header('x-robots-tag', 'noindex, nofollow');
    c.header('cache-control', 'no-store');
    const wait = await ofAddress(addressOf(c));
    if (wait !== undefined) {
      c.header('retry-after', String(wait));
      return c.html(page(say, html`<p>${say.busy}</p>`), 429);
    }
    try {
      return (await found(say)) ?? c.html(page(say, html`<p>${say.gone}</p>`), 404);
    } catch (error) {
      failed(error);
      return c.html(page(say, html`<p>${say.away}</p>`), 503);
    }
  }

  app.get('/:token', (c) =>
    answer(c, async (say) => {
      const token = c.req.param('token');
      if (!(await waits(token))) return undefined;
      return c.html(
        page(
          say,
          html`<p>${say.once}</p><p>${say.careful}</p><form method="post" action="/export/${token}"><button>${say.fetch}</button></form>`,
        ),
      );
    }),
  );
  app.post('/:token', (c) =>
    answer(c, async () => {
      const pieces = await take(c.req.param('token'));
      if (!pieces) return undefined;
      return c.body(streamed(pieces, c.env.outgoing as ServerResponse, failed), 200, {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="export.zip"',
      });
    }),
  );
  return app as unknown as Hono;
}
