import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Scripts, styles and connections from this server only, nothing inline, no frames, no markup made from strings.
 * `Strict-Transport-Security` is left to whatever ends TLS in front of us.
 */
export const security: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    // The page that checks slips has a form, and no script.
    formAction: [(c) => (/^\/verify(\/|$)/u.test(c.req.path) ? "'self'" : "'none'")],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
});

/** Pages here are about one person; no cache, the browser's included, may keep them, unless the page says for how long. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!/no-store|max-age/u.test(c.res.headers.get('cache-control') ?? '')) c.header('cache-control', 'no-store');
};
