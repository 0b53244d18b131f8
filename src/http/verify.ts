import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { addressOf, perMinute } from './limit.js';

/** What the page says, in the reader's language. */
export interface VerifyWords {
  readonly language: string;
  readonly title: string;
  readonly invalid: string;
  readonly busy: string;
  readonly away: string;
  readonly valid: string;
  readonly compare: string;
  readonly claim: string;
  readonly name: string;
  readonly group: string;
  readonly check: string;
  readonly how: string;
  readonly date: string;
  readonly duration: string;
  readonly match: string;
  readonly noMatch: string;
}

/** What is told of a slip, in words. */
interface Told {
  readonly date: string;
  readonly duration: string;
  readonly isFor?: boolean;
}

interface Options {
  words(acceptLanguage: string | undefined): VerifyWords;
  /** Undefined: no valid slip. @param claim the name and group that somebody wants to compare */
  check(
    code: string,
    claim: { readonly name: string; readonly group: string } | undefined,
    words: VerifyWords,
  ): Promise<Told | undefined>;
  /** A check could not be made. */
  failed(error: unknown): void;
}

/** Checks a minute from one address. Nobody guesses a code of 80 bits; this keeps the database free. */
export const CHECKS_A_MINUTE = 60;

type Env = { Bindings: HttpBindings };
type Markup = ReturnType<typeof html>;

const STYLE = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}
label,input,button{display:block;font:inherit}input{width:100%;box-sizing:border-box;margin-bottom:.8rem;padding:.4rem}
dt{font-weight:600}dd{margin:0 0 .6rem}button{padding:.4rem 1rem}`;

/** @param status what a screen reader hears first, before the page itself */
const frame = ({ language, title }: VerifyWords, status: string | undefined, inner: Markup) => html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><title>${status === undefined ? '' : `${status} – `}${title}</title><link rel="stylesheet" href="/verify/style.css"></head>
<body><main><h1>${title}</h1>${status === undefined ? '' : html`<p role="status"><strong>${status}</strong></p>`}${inner}</main></body></html>`;

const ask = ({ how, check }: VerifyWords) => html`<form method="post" action="/verify">
<label for="code">${how}</label><input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required><button>${check}</button></form>`;

const statusOf = (words: VerifyWords, { isFor }: Told): string =>
  isFor === false ? words.noMatch : `${words.valid}${isFor ? ` ${words.match}` : ''}`;

const tell = (
  words: VerifyWords,
  told: Told,
  code: string,
) => html`<dl><dt>${words.date}</dt><dd>${told.date}</dd><dt>${words.duration}</dt><dd>${told.duration}</dd></dl><p>${words.compare}</p>
<form method="post" action="/verify"><h2>${words.claim}</h2><input type="hidden" name="code" value="${code}">
<label for="name">${words.name}</label><input id="name" name="name" autocomplete="off" required>
<label for="group">${words.group}</label><input id="group" name="group" autocomplete="off" required><button>${words.check}</button></form>`;

/** The page where anybody checks a slip: no script, nothing kept, and the same answer for every slip that is not valid. */
export function makeVerify({ words, check, failed }: Options): Hono {
  const app = new Hono<Env>({ strict: false });
  const ofAddress = perMinute(CHECKS_A_MINUTE);

  async function answer(c: Context<Env>, code: string, claim?: { name: string; group: string }) {
    const say = words(c.req.header('accept-language'));
    c.header('x-robots-tag', 'noindex, nofollow');
    const wait = await ofAddress(addressOf(c));
    if (wait !== undefined) {
      c.header('retry-after', String(wait));
      return c.html(frame(say, say.busy, html``), 429);
    }
    try {
      const told = await check(code, claim, say);
      if (told) return c.html(frame(say, statusOf(say, told), tell(say, told, code)));
      return c.html(frame(say, say.invalid, ask(say)), 404);
    } catch (error) {
      failed(error);
      return c.html(frame(say, say.away, html``), 503);
    }
  }

  const field = (value: unknown) => (typeof value === 'string' ? value.slice(0, 400).trim() : '');
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => {
    const say = words(c.req.header('accept-language'));
    c.header('x-robots-tag', 'noindex, nofollow');
    return c.html(frame(say, undefined, ask(say)));
  });
  app.post('/', async (c) => {
    const body = await c.req.parseBody();
    const claim = { name: field(body.name), group: field(body.group) };
    return answer(c, field(body.code), claim.name === '' ? undefined : claim);
  });
  app.get('/:code', (c) => answer(c, c.req.param('code')));
  return app as unknown as Hono;
}
