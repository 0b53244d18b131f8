import { Zip, ZipDeflate } from 'fflate';

/** A file of an archive, made piece by piece. */
export interface Entry {
  readonly name: string;
  readonly parts: AsyncIterable<string> | Iterable<string>;
}

/** Characters that are handed on together. */
const TOGETHER = 64 * 1024;

/** An archive in pieces: nothing of it is in memory but what was not taken yet. @param at the time of its files */
export async function* zipOf(entries: readonly Entry[], at: Date): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let problem: Error | undefined;
  const zip = new Zip((error, chunk) => {
    if (error) problem = error;
    else ready.push(chunk);
  });
  const encoder = new TextEncoder();
  function* flush(): Generator<Uint8Array> {
    if (problem) throw problem;
    yield* ready.splice(0);
  }
  for (const { name, parts } of entries) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = at;
    zip.add(file);
    let text = '';
    for await (const part of parts) {
      text += part;
      if (text.length < TOGETHER) continue;
      file.push(encoder.encode(text));
      text = '';
      yield* flush();
    }
    file.push(encoder.encode(text), true);
    yield* flush();
  }
  zip.end();
  yield* flush();
}
