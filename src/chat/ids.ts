import { createHash } from 'node:crypto';
import { pathName } from './command.js';
import type { Path } from './message.js';

/**
 * What a button, select or form carries on a platform: `<code>.<mode><n>.<token>`.
 * It tells synchronously what the first response must be, and nothing that anybody could read anything from: `code` is a
 * hash of the command's path, `token` is random.
 */
export interface Id {
  readonly code: string;
  /** `r` answers anew, `e` edits, `f` opens a form, `m` is that form sent. */
  readonly mode: 'r' | 'e' | 'f' | 'm';
  /** `f`, `m`: the step of the form. `r`, `e`: one more than the position of the param that a select fills, else 0. */
  readonly n: number;
  /** Names what is kept on our side; empty when there is nothing to keep. */
  readonly token: string;
}

/** Five characters: 30 bits, far more than the number of commands; the router refuses to start on a collision. */
export const codeOf = (path: Path): string => createHash('sha256').update(pathName(path)).digest('base64url').slice(0, 5);

export const writeId = ({ code, mode, n, token }: Id): string => `${code}.${mode}${n}.${token}`;

export function readId(id: string): Id | undefined {
  const [, code, mode, n, token] = /^([\w-]{5})\.([refm])(\d{1,2})\.([\w~-]{0,64})$/u.exec(id) ?? [];
  if (code === undefined || mode === undefined || n === undefined || token === undefined) return undefined;
  return { code, mode: mode as Id['mode'], n: Number(n), token };
}
