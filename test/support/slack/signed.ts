import { createHmac } from 'node:crypto';
import { stringify } from 'node:querystring';
import { ACK_MS, type EnvelopeType } from './envelopes.js';
import type { Json } from './world.js';

/** Slack's v0 signature over the timestamp (whole seconds) and the body as sent. */
export const sign = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

/** The body and content type in which Slack sends each kind. */
export function encode(type: EnvelopeType, payload: Json): { readonly body: string; readonly contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const form = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { body: stringify(form), contentType: 'application/x-www-form-urlencoded' };
}

/** Sends one signed request and reads the answer, as Slack does in HTTP mode. */
export async function deliverSigned(
  url: string,
  secret: string,
  type: EnvelopeType,
  payload: Json,
  fault: (what: string) => void,
): Promise<Json | undefined> {
  const { body, contentType } = encode(type, payload);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': contentType,
    'x-slack-request-timestamp': String(timestamp),
    'x-slack-signature': sign(secret, timestamp, body),
  };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ACK_MS) });
    const text = await response.text();
    if (response.status !== 200) fault(`${type} was answered with ${response.status}.`);
    if (response.status !== 200 || text === '') return {};
    return response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as Json) : { text };
  } catch (error) {
    fault(`${type} was not acknowledged within ${ACK_MS} ms (${String(error)}).`);
    return undefined;
  }
}
