import type { ServerResponse } from 'node:http';
import { ReadableStream } from 'node:stream/web';

/**
 * A body that is made while it is sent. When that fails, the connection is cut, so that nobody takes a part for the whole. What went
 * wrong goes to `failed` and no further: @hono/node-server prints it to the console past the log, and sends its message to the browser.
 */
export function streamed(
  pieces: AsyncIterable<Uint8Array>,
  to: ServerResponse,
  failed: (error: unknown) => void,
): globalThis.ReadableStream<Uint8Array> {
  const all = pieces[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await all.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          failed(error);
          to.destroy();
          controller.close();
        }
      },
      async cancel() {
        await all.return?.();
      },
    },
    { highWaterMark: 0 },
  );
  return body as unknown as globalThis.ReadableStream<Uint8Array>;
}
