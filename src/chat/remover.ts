/**
 * `gone`: it was not there any more; `refused`: the platform does not let the bot do it; `busy`: worth trying again, `after`
 * milliseconds where the platform said so.
 */
export interface NotRemoved {
  readonly ok: false;
  readonly why: 'gone' | 'refused' | 'busy';
  readonly after?: number;
}

export type Removed = { readonly ok: true } | NotRemoved;

/** Takes messages of the bot's own away from where they were sent. */
export interface Remover {
  /** Milliseconds between two messages, so that everything else has its room; without it, as fast as the platform answers. */
  readonly gap?: number;
  /**
   * Deletes a message for everybody, with all of its parts. Twice is once. Does not reject for what passes.
   * @param ref as `Adapter.send` gave it
   */
  remove(ref: string): Promise<Removed>;
}

/** What became of the whole of a message of several parts; the platform's ids. One that is gone keeps nobody from the others. */
export async function removeParts(parts: readonly string[], removeOne: (part: string) => Promise<Removed>): Promise<Removed> {
  let whole: Removed = { ok: false, why: 'gone' };
  for (const part of parts) {
    const one = await removeOne(part);
    if (!one.ok && one.why === 'busy') return one;
    if (one.ok || one.why === 'refused') whole = one;
  }
  return whole;
}
