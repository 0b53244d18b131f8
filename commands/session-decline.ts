import { param } from '../src/chat/index.js';
import { declineNaming } from '../src/core/sessions/naming.js';
import { defineUnheldCommand, tapped } from './define.js';
import { said } from './said.js';

/** "I can't do that", from who was named to serve a session. */
export const sessionDecline = defineUnheldCommand({
  path: ['session', 'decline'],
  ...tapped,
  params: { naming: param.ref({ required: true }) },
  async run({ naming }, ctx) {
    await declineNaming(ctx.scope, naming);
    return said(ctx.t('session.named.declined'));
  },
});
