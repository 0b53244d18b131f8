/** One server-sent event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads an event stream as a browser does, until it ends or the signal is given. */
export async function* readEvents(url: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const response = await fetch(url, { signal, headers: { accept: 'text/event-stream' } });
  if (!response.ok || !response.body) throw new Error(`The stream was refused with ${response.status}: ${await response.text()}`);
  let waiting = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = `${waiting}${piece}`.split('\n\n');
    waiting = parts.pop() ?? '';
    for (const part of parts) {
      const event = readEvent(part);
      if (event) yield event;
    }
  }
}

function readEvent(text: string): ServerEvent | undefined {
  const values = (name: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).replace(/^ /u, ''));
  const data = values('data');
  return data.length > 0 ? { event: values('event')[0] ?? 'message', data: data.join('\n') } : undefined;
}
