/** The part of a logger that the schedule uses; a pino logger fits. Ids and kinds only, never what a message says. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the log may hold of an error: what it is and where it came from. Its message could quote what somebody wrote. */
export function errorFields(error: unknown): { readonly error: string; readonly at?: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    error: typeof code === 'string' ? `${error.name} ${code}` : error.name,
    at: frames.slice(0, 3).map((line) => line.trim()),
  };
}
