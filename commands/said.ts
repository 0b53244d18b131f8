import type { Block, Reply, Tap } from '../src/chat/index.js';

/** A short answer: one sentence, and what follows it. */
export const said = (text: string, blocks: readonly Block<Tap>[] = []): Reply => ({
  summary: text,
  blocks: [{ kind: 'text', text }, ...blocks],
});
