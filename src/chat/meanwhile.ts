/** Milliseconds that people wait without a word. */
const WORDLESS = 1000;

/**
 * Does some work, and shows something when that takes longer than people wait without a word. Nothing is being shown any more when this
 * resolves, so that it does not overtake the answer; that it could not be shown holds nothing back.
 */
export async function meanwhile<T>(work: Promise<T>, show: () => Promise<unknown>): Promise<T> {
  let shown: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    shown = show().catch(() => undefined);
  }, WORDLESS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    await shown;
  }
}
