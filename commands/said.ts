import type { Block, Button, Reply, Tap } from '../src/chat/index.js';

/** A short answer: one sentence, and what follows it. */
export const said = (text: string, blocks: readonly Block<Tap>[] = []): Reply => ({
  summary: text,
  blocks: [{ kind: 'text', text }, ...blocks],
});

/** The same with what can be done next, if there is anything. */
export const saidWith = (text: string, buttons: readonly Button<Tap>[] = []): Reply =>
  said(text, buttons.length > 0 ? [{ kind: 'buttons', buttons }] : []);
