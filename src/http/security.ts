import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** Half a year: long enough to count, short enough to get out of. */
const HSTS = 'max-age=15552000';

/**
 * Scripts, styles and connections from this server only, nothing inline, no frames, no markup made from strings, no page of
 * another origin beside it.
 * @param isSecure people reach us over https (PUBLIC_URL), so their browsers may insist on it
 */
export const security = (isSecure: boolean): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      // The page that checks slips and the one that hands an export over have a form, and no script.
      formAction: [(c) => (/^\/(?:verify|export)(\/|$)/u.test(c.req.path) ? "'self'" : "'none'")],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: isSecure && HSTS,
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    xFrameOptions: 'DENY',
    permissionsPolicy: {
      ...{ camera: [], geolocation: [], microphone: [], payment: [], usb: [], displayCapture: [], clipboardRead: [] },
      ...{ browsingTopics: [], interestCohort: [] },
    },
  });

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST'];

/** Nothing here is put, deleted or traced. */
export const fewMethods: MiddlewareHandler = async (c, next) =>
  METHODS.includes(c.req.method) ? next() : c.text('This cannot be done here.', 405, { allow: METHODS.join(', ') });

/** Pages here are about one person; no cache, the browser's included, may keep them, unless the page says for how long. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!/no-store|max-age/u.test(c.res.headers.get('cache-control') ?? '')) c.header('cache-control', 'no-store');
};
