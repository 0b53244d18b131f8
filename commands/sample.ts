import { type Reply, UserError } from '../src/chat/index.js';
import type { AppCtx } from './define.js';

const WORDS = {
  meeting: {
    summary: 'meeting.summary',
    empty: 'meeting.empty',
    how: 'meeting.emptyHow',
    offer: 'meeting.sample.offer',
    done: 'meeting.sample.done',
  },
  resource: {
    summary: 'resource.summary',
    empty: 'resource.empty',
    how: 'resource.emptyHow',
    offer: 'resource.sample.offer',
    done: 'resource.sample.done',
  },
} as const;

/** That nothing can be found because no list is there, and what can be done about it. In the playground: to try it with a made-up one. */
export function emptyReply(ctx: AppCtx, of: keyof typeof WORDS): Reply {
  const { summary, empty, how, offer } = WORDS[of];
  const sample = { label: ctx.t(offer), act: { path: [of, 'sample'] as const } };
  return {
    summary: ctx.t(summary),
    blocks: [
      { kind: 'text', text: ctx.t(empty) },
      { kind: 'note', text: ctx.t(how) },
      ...(ctx.platform === 'playground' ? [{ kind: 'buttons' as const, buttons: [sample] }] : []),
    ],
  };
}

/** Where nobody can take what is made up for real. @throws UserError elsewhere */
export function onlyInPlayground(ctx: AppCtx): void {
  if (ctx.platform !== 'playground') throw new UserError('chat.errors.unknownTap');
}

/** What is found of it, after a word that none of it exists. */
export const madeUp = (ctx: AppCtx, of: keyof typeof WORDS, found: Reply): Reply => ({
  ...found,
  blocks: [{ kind: 'text', text: ctx.t(WORDS[of].done) }, ...found.blocks],
});
