import { randomInt } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Child, startChild } from '../../support/child.js';

/** A platform that several processes post to; it counts what it took. */
export interface Counter {
  readonly url: string;
  /** How often each message came, by its key. */
  readonly times: ReadonlyMap<string, number>;
  close(): void;
}

/** @param slow milliseconds that one message takes at most */
export async function startCounter(slow: number): Promise<Counter> {
  const times = new Map<string, number>();
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { once } = JSON.parse(Buffer.concat(chunks).toString()) as { once: string };
    times.set(once, (times.get(once) ?? 0) + 1);
    setTimeout(() => response.end(JSON.stringify({ ok: true, ref: String(times.size) })), randomInt(0, slow + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    times,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A process that runs an engine. @param where address or directory of the database */
export function startEngine(where: string, platform: Counter, now: Date): Child {
  return startChild('test/schedule/programs/engine.mjs', where, platform.url, String(now.getTime()));
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
