import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { type Answer, type Call, METHODS, type Method } from './methods.js';
import type { Json } from './world.js';

export interface Token {
  readonly kind: 'bot' | 'app';
  scopes: readonly string[];
  /** What Slack says of it instead of serving it, such as `token_revoked`. */
  broken?: string;
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The one file of an upload. */
export async function fileOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = new Uint8Array(Buffer.concat(chunks));
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const [file] = [...form.values()].filter((value) => typeof value !== 'string');
  return file && new Uint8Array(await file.arrayBuffer());
}

/** Structured arguments are JSON text in a form body. */
const STRUCTURED = new Set(['blocks', 'view', 'metadata', 'attachments']);

/** @returns the arguments, or Slack's code for a body that it cannot read */
export function readArgs(body: string, type: string | undefined): Json | string {
  try {
    if (type?.startsWith('application/json')) return JSON.parse(body === '' ? '{}' : body) as Json;
    if (type !== undefined && !type.startsWith('application/x-www-form-urlencoded')) return 'invalid_post_type';
    return Object.fromEntries(
      Object.entries(parse(body)).map(([name, value]) => [name, STRUCTURED.has(name) ? JSON.parse(String(value)) : value]),
    ) as Json;
  } catch {
    return 'invalid_json';
  }
}

function checkArgs(method: Method, args: Json): string[] {
  const known = new Set(method.args.map((name) => name.replace('*', '')));
  const unknown = Object.keys(args).filter((name) => !known.has(name));
  const missing = method.args
    .filter((name) => name.endsWith('*') && args[name.slice(0, -1)] === undefined)
    .map((name) => name.slice(0, -1));
  return [...unknown.map((name) => `unknown argument: ${name}`), ...missing.map((name) => `missing required field: ${name}`)];
}

interface Reply {
  readonly answer: Answer;
  readonly token?: Token;
  readonly scope?: string;
}

/** Who asks, whether they may, whether they asked well and not too often; then the method itself. */
export function serve(name: string, args: Json, token: Token | undefined, call: Omit<Call, 'args'>): Reply {
  const method = METHODS[name];
  if (!method) {
    call.fault(`There is no method ${name}.`);
    return { answer: { error: 'unknown_method' } };
  }
  if (!token) return { answer: { error: 'invalid_auth' } };
  if (token.broken) return { answer: { error: token.broken } };
  if (token.kind !== method.token) return { answer: { error: 'not_allowed_token_type' } };
  const { scope } = method;
  const with_ = { token, ...(scope !== undefined && { scope }) };
  if (scope !== undefined && !token.scopes.includes(scope)) {
    return { answer: { error: 'missing_scope', needed: scope, provided: token.scopes.join(',') }, ...with_ };
  }
  const wait = call.rates.call(name, method.tier);
  if (wait !== undefined) return { answer: { error: 'ratelimited', wait }, ...with_ };
  const problems = checkArgs(method, args);
  if (problems.length > 0) {
    call.fault(`${name}: ${problems.join('; ')}`);
    return {
      answer: { error: 'invalid_arguments', response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) } },
      ...with_,
    };
  }
  return { answer: method.run({ ...call, args }), ...with_ };
}

/** Slack answers 200 for everything but rate limits. */
export function respond(response: ServerResponse, { answer, token, scope }: Reply): Json {
  const { error, wait, ...rest } = answer;
  const body: Json = error === undefined ? { ok: true, ...rest } : { ok: false, error, ...rest };
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (token) response.setHeader('x-oauth-scopes', token.scopes.join(','));
  if (scope) response.setHeader('x-accepted-oauth-scopes', scope);
  if (wait !== undefined) response.setHeader('retry-after', String(wait));
  response.writeHead(error === 'ratelimited' ? 429 : 200).end(JSON.stringify(body));
  return body;
}
