import type { Button, Tap } from '../src/chat/index.js';
import { defineOfflineCommand, type OfflineCtx, tapped } from './define.js';

/** Takes a private message off the screen. It carries nothing, so that it works while the database is away. */
export const putAway = defineOfflineCommand({
  path: ['putaway'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    const text = ctx.t('crisis.away.done');
    return { summary: text, blocks: [{ kind: 'text', text }], wipes: true };
  },
});

/** For a message that only its reader sees. */
export const awayButton = ({ t }: Pick<OfflineCtx, 't'>, style?: Button<Tap>['style']): Button<Tap> => ({
  label: t('crisis.away.button'),
  act: { path: ['putaway'], does: 'edit' },
  ...(style && { style }),
});
