import type { IncomingMessage, RequestListener } from 'node:http';
import type { Told } from '../../log/log.js';
import { STALE } from './log.js';

/** Bytes. A form of Slack with a hundred fields of 3,000 characters, each escaped as in an address, fits. */
export const LONGEST = 1024 * 1024;
/** Seconds, the same that Bolt has for the past. Source: docs.slack.dev, Verifying requests from Slack. */
const WINDOW = 5 * 60;

const isFromAhead = ({ headers }: IncomingMessage): boolean =>
  Number(headers['x-slack-request-timestamp'] ?? 0) > Date.now() / 1000 + WINDOW;

/** The body as it came; undefined as soon as it is too long, whether or not it said so. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST) return undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    length += (piece as Buffer).length;
    if (length > LONGEST) return undefined;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces);
}

/**
 * What Bolt does not look at before it knows who asks: how much is sent, and a timestamp that is ahead, with which a request that
 * somebody caught would work for longer. It verifies the signature over the same bytes.
 */
export const bounded =
  (listener: RequestListener, log: Pick<Told, 'warn'>): RequestListener =>
  async (request, response) => {
    const refuse = (status: number) => void response.writeHead(status, { connection: 'close' }).end();
    if (isFromAhead(request)) {
      log.warn({}, STALE);
      return refuse(401);
    }
    // Who breaks off in the middle is answered no more.
    const body = await read(request).catch(() => null);
    if (body === null) return;
    if (body === undefined) return refuse(413);
    return listener(Object.assign(request, { rawBody: body }), response);
  };
