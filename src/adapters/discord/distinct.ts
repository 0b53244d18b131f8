/** Gives what is named alike in one message names of its own. @param nth the name of the n-th of them, counted from 0 */
function distinct(nth: (name: string, n: number) => string): (name: string) => string {
  const used = new Map<string, number>();
  return (name) => {
    const n = used.get(name) ?? 0;
    used.set(name, n + 1);
    return nth(name, n);
  };
}

/** Ids of the components of a message: Discord refuses a second one with the same. {@link pressedId} undoes it. */
export const distinctIds = () => distinct((id, n) => (n === 0 ? id : `${id}:${n}`));
export const pressedId = (customId: string): string => customId.split(':', 1)[0] ?? customId;

/** Names of the files of a message, by which components find them. */
export const distinctNames = () => distinct((name, n) => (n === 0 ? name : `${n + 1}-${name}`));
