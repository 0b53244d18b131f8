/** Milliseconds between looks, and the most that one look counts for. */
const LOOK = 20;
const MOST = 2 * LOOK;

let counted = 0;
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  counted += Math.min(now - last, MOST);
  last = now;
}, LOOK).unref();

/**
 * Milliseconds, from no particular moment on, in which this process was free to go on: as long as any other where it waits for
 * something, and shorter where the machine is busy with others. What a platform allows is measured by it.
 */
export const ownTime = (): number => counted;
