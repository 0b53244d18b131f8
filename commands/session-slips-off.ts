import { type Button, param, type Tap } from '../src/chat/index.js';
import { allowSlips } from '../src/core/slips/allow.js';
import { type AppCtx, defineUnheldCommand, tappedByRole } from './define.js';
import { saidWith } from './said.js';
import { listButton } from './session-find.js';

const PATH = ['session', 'slips'] as const;

/** For who alters the session: whether its members can make slips. */
export const slipsSwitch = ({ t }: AppCtx, { id, allowsSlips }: { id: string; allowsSlips: boolean }): Button<Tap> => ({
  label: t(allowsSlips ? 'slip.turnOff' : 'slip.turnOn'),
  act: { path: PATH, input: { id, on: allowsSlips ? 'no' : 'yes' }, does: 'edit' },
});

export const sessionSlips = defineUnheldCommand({
  path: PATH,
  ...tappedByRole,
  params: { id: param.ref({ required: true }), on: param.ref({ required: true }) },
  async run({ id, on }, ctx) {
    const allowsSlips = on === 'yes';
    await allowSlips(ctx.scope, id, allowsSlips);
    return saidWith(ctx.t(allowsSlips ? 'slip.isOn' : 'slip.isOff'), [slipsSwitch(ctx, { id, allowsSlips }), listButton(ctx)]);
  },
});
