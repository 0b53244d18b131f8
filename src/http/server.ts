import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Registry } from 'prom-client';
import { errorFields } from '../log/errors.js';
import type { Told } from '../log/log.js';
import { health } from './health.js';
import { listen } from './listen.js';
import { fewMethods, noStore, security } from './security.js';

/** Bytes. Four form fields of 4,000 characters fit many times over. */
export const BODY_LIMIT = 64 * 1024;

/** Who sends a byte now and then would hold a connection for ever. */
const PATIENCE = { headers: 10_000, request: 30_000 };

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly log: Told;
  /** Rejects when the database does not answer. Without it `/health` speaks of the process only. */
  readonly ping?: () => Promise<unknown>;
  /** The path of the page that `/` leads to. Without it `/` says that there is none. */
  readonly home?: string;
  /** Shown at `/metrics`. */
  readonly metrics?: Registry;
  /** People reach us over https. */
  readonly isSecure?: boolean;
  /** Milliseconds in which a request must be there: its headers, and all of it. Default 10,000 and 30,000. */
  readonly patience?: { readonly headers: number; readonly request: number };
  /** Milliseconds that requests under way get to finish when the server stops. Default 2,000. */
  readonly grace?: number;
}

/** Where the server listens. `url` is one that a browser on this machine can open. */
interface Listening {
  readonly host: string;
  readonly port: number;
  readonly url: string;
}

export interface HttpServer {
  /** Gives a path and everything under it to a plain Node listener, which gets the request as it came. Before {@link start}. */
  mount(prefix: string, listener: RequestListener): void;
  /** Adds a Hono app under a path. Before {@link start}. */
  // biome-ignore lint/suspicious/noExplicitAny: apps differ in what they know of their surroundings, and none of it matters here.
  route(prefix: string, app: Hono<any>): void;
  /** @throws OperatorError when the address cannot be had. */
  start(): Promise<Listening>;
  /** Ends event streams and idle connections at once, and what is under way after {@link ServerOptions.grace}. */
  stop(): Promise<void>;
}

type App = Hono<{ Bindings: HttpBindings }>;

/** One server for all that speaks HTTP: health, metrics, Slack's HTTP mode, feeds and the playground. */
export function makeServer(options: ServerOptions): HttpServer {
  const streams = new Set<ServerResponse>();
  const mounts: { readonly prefix: string; readonly listener: RequestListener }[] = [];
  const app = makeApp(options, streams);
  const toApp = getRequestListener(app.fetch, { overrideGlobalObjects: false });

  const { headers: headersTimeout, request: requestTimeout } = options.patience ?? PATIENCE;
  const connectionsCheckingInterval = Math.min(headersTimeout, 5_000);
  const limits = { headersTimeout, requestTimeout, connectionsCheckingInterval };
  const server = createServer(limits, (request, response) => {
    const path = pathOf(request.url);
    const mounted = mounts.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
    if (mounted) mounted.listener(request, response);
    else void toApp(request, response);
  });

  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  return {
    mount: (prefix, listener) => void mounts.push({ prefix, listener }),
    route: (prefix, sub) => void app.route(prefix, sub),
    async start() {
      await listen(server, options.host, options.port);
      const { address, port, family } = server.address() as AddressInfo;
      return { host: address, port, url: `http://${reachable(address, family)}:${port}` };
    },
    stop: () => stop({ server, streams, sockets, log: options.log }, options.grace ?? 2000),
  };
}

function makeApp({ log, ping, metrics, home, isSecure = false }: ServerOptions, streams: Set<ServerResponse>): App {
  const app: App = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  app.use(security(isSecure), noStore, fewMethods);
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.get('content-type')?.startsWith('text/event-stream')) return;
    const response = c.env.outgoing as ServerResponse;
    streams.add(response);
    response.once('close', () => streams.delete(response));
  });
  app.use(bodyLimit({ maxSize: BODY_LIMIT, onError: (c) => c.json({ error: 'That is too long to be taken at once.' }, 413) }));
  app.get('/', (c) =>
    home
      ? c.redirect(home, 302)
      : c.text('Homegroup is running. People talk with it in Discord or Slack; there is no page here.'),
  );
  app.get('/health', health(ping, log));
  if (metrics) app.get('/metrics', async (c) => c.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType }));
  app.notFound((c) => c.text('There is nothing at this address.', 404));
  app.onError((error, c) => {
    log.error({ ...errorFields(error), method: c.req.method as 'POST' }, 'A request failed.');
    return c.json({ error: 'Something went wrong on our side. Please try again.' }, 500);
  });
  return app;
}

interface Open {
  readonly server: Server;
  readonly streams: ReadonlySet<ServerResponse>;
  readonly sockets: ReadonlySet<Socket>;
  readonly log: Told;
}

async function stop({ server, streams, sockets, log }: Open, grace: number): Promise<void> {
  if (!server.listening) return;
  const closeIdle = () => {
    server.closeIdleConnections();
    // Browsers open connections in reserve. Node does not count one as idle before its first request.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
  const cutOff = () => {
    const connections = [...sockets].filter(({ destroyed }) => !destroyed).length;
    if (connections > 0) log.warn({ connections }, 'Requests under way were cut off, because we stop.');
    server.closeAllConnections();
  };
  for (const response of streams) response.destroy();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closeIdle();
  const sweep = setInterval(closeIdle, 20);
  const cut = setTimeout(cutOff, grace);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

const pathOf = (url = '/') => url.split('?', 1)[0] ?? '/';

function reachable(address: string, family: string): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
