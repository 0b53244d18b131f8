/** SQLSTATE: serialization failure and deadlock. */
const REPEAT = /\b(?:40001|40P01)\b/;

/** The whole transaction must be repeated, and may then succeed. */
export function mustRepeat(error: unknown): boolean {
  const { code, meta, message } = error as { code?: unknown; meta?: { code?: unknown }; message?: unknown };
  // P2034 is Prisma's word for the same.
  return code === 'P2034' || [code, meta?.code, message].some((text) => typeof text === 'string' && REPEAT.test(text));
}
