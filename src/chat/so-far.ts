import type { Invocation } from './adapter.js';
import { stepOf } from './ask.js';
import { type AnyCommand, pathName } from './command.js';
import { buttonToken, type Drafts, isDraftToken } from './drafts.js';
import { UserError } from './errors.js';
import type { Heard } from './hear.js';
import type { Id } from './ids.js';
import type { Input } from './message.js';
import type { Capabilities } from './platform.js';
import type { Kept } from './seal.js';

/** The fields of one step as they were sent; one that was left empty is empty, whatever was known before. */
function answered(command: AnyCommand, id: Id, input: Input, can: Capabilities): Input {
  return Object.fromEntries(stepOf(command, id.n, can.formFields).map(([name]) => [name, input[name]]));
}

/**
 * All that somebody said so far of what a command needs: now, in earlier steps of a form, or by the button that they pressed.
 * @param find what is kept in the database behind a token
 */
export function makeSoFar(drafts: Drafts, find: (token: string) => Promise<Kept | undefined>) {
  /** What lies behind the token of a button or form, if anything. */
  async function recall({ command, id }: Heard): Promise<Kept | undefined> {
    const token = buttonToken(id?.token ?? '');
    if (token === '') return undefined;
    const kept = await find(token);
    if (kept?.path !== pathName(command.path)) throw new UserError('chat.errors.unknownTap');
    return kept;
  }

  /** Everything said so far, as far as it is in memory: what the button or the earlier steps carried, then what was said now. */
  function remembered({ command, input, id }: Heard, call: Invocation, can: Capabilities): Input {
    const said = id?.mode === 'm' ? answered(command, id, input, can) : input;
    return { ...(id && drafts.recall(call, id.token)?.input), ...said };
  }

  /** The same, with what is kept in the database. */
  function known(heard: Heard, call: Invocation, kept: Kept | undefined, can: Capabilities): Input {
    const { id } = heard;
    const whole = id?.mode === 'm' && (id.n === 0 || kept !== undefined);
    if (id && isDraftToken(id.token) && !whole && drafts.find(call, id.token) === undefined)
      throw new UserError('chat.errors.unknownTap');
    return { ...kept?.input, ...remembered(heard, call, can) };
  }

  /** This input, and how the fields of its form were called. */
  function draftKnown(id: Id | undefined, call: Invocation, input: Input) {
    const asks = id && drafts.recall(call, id.token)?.asks;
    return asks ? { input, asks } : { input };
  }

  return { recall, remembered, known, draftKnown };
}
