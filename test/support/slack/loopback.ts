import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EnvelopeType, Sockets } from './envelopes.js';
import { makePayloads, type Payloads } from './payloads.js';
import { Rates } from './rates.js';
import { answerResponse } from './response-url.js';
import { deliverSigned } from './signed.js';
import { bodyOf, fileOf, readArgs, respond, serve, type Token } from './web-api.js';
import { type Json, type ResponseUrl, World } from './world.js';

export interface LoopbackOptions {
  /** Rate limits of every method and channel; on unless a load test turns them off. */
  readonly rates?: boolean;
}

/** How the next requests of the app fail: Slack's status, or the connection is cut. */
export type Failure = 500 | 503 | 429 | 'cut';

/** A Slack of one workspace on a loopback port, as strict as the real one. */
export class LoopbackSlack {
  readonly world = new World();
  readonly signingSecret = '0123456789abcdef0123456789abcdef';
  readonly tokens = { bot: 'xoxb-loopback-bot', app: 'xapp-1-loopback-app' } as const;
  readonly grants = new Map<string, Token>([
    [
      this.tokens.bot,
      { kind: 'bot', scopes: ['commands', 'chat:write', 'im:write', 'files:write', 'users:read', 'usergroups:read'] },
    ],
    [this.tokens.app, { kind: 'app', scopes: ['connections:write'] }],
  ]);
  /** Everything that broke Slack's rules, in the order in which it happened. */
  readonly faults: string[] = [];
  /** Every body that came or went, as JSON text. */
  readonly wire: string[] = [];
  /** Methods as they were called, for tests that count. */
  readonly calls: string[] = [];
  readonly sockets: Sockets;
  readonly payloads: Payloads;
  /** Where Slack sends in HTTP mode; over the socket where it is undefined. */
  requestUrl: string | undefined;
  readonly #rates: Rates;
  readonly #server: Server;
  #failures: { left: number; how: Failure; only?: string } = { left: 0, how: 500 };

  private constructor({ rates = true }: LoopbackOptions) {
    const note = (body: Json) => void this.wire.push(JSON.stringify(body));
    this.#rates = new Rates(() => this.world.now(), rates);
    this.sockets = new Sockets(this.fault, note);
    this.payloads = makePayloads(this.world, (id) => `${this.#base}/response/${id}`);
    this.#server = createServer((request, response) => void this.#route(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.sockets.upgrade(request, socket, head));
  }

  static async start(options: LoopbackOptions = {}): Promise<LoopbackSlack> {
    const slack = new LoopbackSlack(options);
    await new Promise<void>((resolve) => slack.#server.listen(0, '127.0.0.1', resolve));
    return slack;
  }

  async close(): Promise<void> {
    this.sockets.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  readonly fault = (what: string): void => void this.faults.push(what);

  get #base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get apiUrl(): string {
    return `${this.#base}/api/`;
  }

  /** The next `count` requests of the app fail, or only those for one method (`response_url` for answers). */
  fail(count: number, how: Failure = 500, only?: string): void {
    this.#failures = { left: count, how, ...(only !== undefined && { only }) };
  }

  /** From now on this person takes no messages of the app. */
  closeDm(user: string): void {
    this.#user(user).closed = true;
  }

  disable(user: string, disabled = true): void {
    this.#user(user).disabled = disabled;
  }

  /** The app is removed from the workspace, which makes its token useless. */
  async uninstall(): Promise<void> {
    const grant = this.grants.get(this.tokens.bot);
    if (grant) grant.broken = 'account_inactive';
    await this.deliver('events_api', this.payloads.uninstalled());
  }

  dropSockets(): void {
    this.sockets.drop();
  }

  /** Every trigger and response_url that was handed out so far is now too old. */
  expire(what: 'triggers' | 'response_urls'): void {
    for (const trigger of this.world.triggers.values()) if (what === 'triggers') (trigger as { at: number }).at -= 3_001;
    for (const url of this.world.responseUrls.values()) if (what === 'response_urls') url.at -= 30 * 60_000 + 1;
  }

  /** Sends the app what a person did; resolves with its acknowledgement. */
  deliver(type: EnvelopeType, payload: Json): Promise<Json | undefined> {
    if (this.requestUrl === undefined) return this.sockets.deliver(type, payload);
    this.wire.push(JSON.stringify(payload));
    return deliverSigned(this.requestUrl, this.signingSecret, type, payload, this.fault);
  }

  #user(id: string) {
    const user = this.world.users.get(id);
    if (!user) throw new Error(`There is no user ${id}.`);
    return user;
  }

  #fails(name: string, request: IncomingMessage, response: ServerResponse): boolean {
    const { left, how, only } = this.#failures;
    if (left === 0 || (only !== undefined && only !== name)) return false;
    this.#failures.left -= 1;
    if (how === 'cut') request.socket.destroy();
    else
      response
        .writeHead(how, how === 429 ? { 'retry-after': '1' } : {})
        .end(how === 429 ? '{"ok":false,"error":"ratelimited"}' : 'upstream error');
    return true;
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.#base).pathname;
    if (path.startsWith('/upload/')) return this.#takeFile(path.slice('/upload/'.length), request, response);
    const body = await bodyOf(request);
    if (request.method !== 'POST') return void response.writeHead(405).end();
    if (path.startsWith('/response/')) return this.#respondTo(path.slice('/response/'.length), body, request, response);
    if (!path.startsWith('/api/')) return void response.writeHead(404).end();
    const name = path.slice('/api/'.length);
    this.calls.push(name);
    if (this.#fails(name, request, response)) return;
    const args = readArgs(body, request.headers['content-type']);
    if (typeof args === 'string') {
      this.fault(`${name}: ${args}`);
      return void respond(response, { answer: { error: args } });
    }
    const { token: given, ...rest } = args;
    const token = this.grants.get(String(given ?? request.headers.authorization?.replace(/^Bearer /u, '')));
    this.wire.push(JSON.stringify(rest));
    const socketUrl = () => `${this.#base.replace('http', 'ws')}/link/?ticket=${this.sockets.ticket()}`;
    const uploadUrl = (file: string) => `${this.#base}/upload/${file}`;
    const call = { world: this.world, rates: this.#rates, fault: this.fault, socketUrl, uploadUrl };
    const sent = respond(response, serve(name, rest, token, call));
    this.wire.push(JSON.stringify(sent));
  }

  /** Takes the bytes of a file, as a form or as they are, at an address that is used once. */
  async #takeFile(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = this.world.files.get(id);
    const bytes = await fileOf(request);
    if (this.#fails('upload', request, response)) return;
    if (!file || file.bytes || bytes?.length !== file.length) {
      this.fault(`upload: ${file ? 'the length is another than was told, or it came twice' : 'nobody asked for this address'}`);
      return void response.writeHead(400).end('bad upload');
    }
    file.bytes = bytes;
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.length}`);
  }

  #respondTo(id: string, body: string, request: IncomingMessage, response: ServerResponse): void {
    this.calls.push('response_url');
    if (this.#fails('response_url', request, response)) return;
    this.wire.push(body);
    const url: ResponseUrl | undefined = this.world.responseUrls.get(id);
    const args = readArgs(body, request.headers['content-type']);
    const { status, text } = answerResponse(this.world, url, typeof args === 'string' ? { [args]: true } : args, this.fault);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
  }
}
