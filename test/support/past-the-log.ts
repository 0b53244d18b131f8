import { format } from 'node:util';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

/** What Node itself warns of, which the program has written to its log instead (src/log/process.ts). */
const NODES = /^\(node:\d+\) /u;

/** Listens to what is written to the console, the standard output and the standard error: our log is none of them in a test. */
export function listenPastTheLog(): { readonly heard: readonly string[]; stop(): void } {
  const heard: string[] = [];
  const methods = METHODS.map((name) => [name, console[name]] as const);
  for (const name of METHODS) console[name] = (...said: unknown[]) => void heard.push(`console.${name}: ${format(...said)}`);
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, was: stream.write }));
  for (const { stream } of streams)
    stream.write = ((text: string | Uint8Array) => {
      if (!NODES.test(String(text))) heard.push(`written: ${String(text)}`);
      return true;
    }) as typeof stream.write;
  return {
    heard,
    stop() {
      for (const [name, was] of methods) console[name] = was;
      for (const { stream, was } of streams) stream.write = was;
    },
  };
}
