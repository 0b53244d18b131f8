import type { Server } from 'node:http';
import { OperatorError } from '../operator.js';

const reasons: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is taken by another program. Stop that program, or set PORT to another number (0 takes any free one).`,
  EACCES: (_host, port) => `This user may not listen on port ${port}. Set PORT to a number above 1023.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Set HOST to one of its own, such as 127.0.0.1.`,
  ENOTFOUND: (host) => `HOST is ${host}, and no address is known by that name. Set it to an address, such as 127.0.0.1.`,
};

/** @throws {@link OperatorError} with a sentence that says what to change. */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const reason = reasons[error.code ?? ''];
      reject(reason ? new OperatorError(reason(host, port), { cause: error }) : error);
    };
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve();
    });
  });
}
