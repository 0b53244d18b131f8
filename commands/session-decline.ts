import { param } from '../src/chat/index.js';
import { declineNaming } from '../src/core/sessions/naming.js';
import { defineUnheldCommand, tapped } from './define.js';

/** "I can't do that", from who was named to serve a session. */
export const sessionDecline = defineUnheldCommand({
  path: ['session', 'decline'],
  ...tapped,
  params: { naming: param.ref({ required: true }) },
  async run({ naming }, ctx) {
    await declineNaming(ctx.scope, naming);
    const text = ctx.t('session.named.declined');
    return { summary: text, blocks: [{ kind: 'text', text }] };
  },
});
