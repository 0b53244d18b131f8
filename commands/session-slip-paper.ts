import { type Block, type Path, param, type Tap, UserError } from '../src/chat/index.js';
import { KEPT_DAYS } from '../src/core/slips/attendance.js';
import { type MadeSlip, makeSlip } from '../src/core/slips/make.js';
import { type AppCtx, defineCommand, tapped } from './define.js';

export const SIGN: Path = ['session', 'sign'];

/** Drawing is not needed to start, and its libraries are large. */
const printer = () => import('../src/pictures/slip.js');

async function print(
  ctx: AppCtx,
  { code, token, date, minutes, stamp }: MadeSlip,
  name: string,
  group: string,
): Promise<Uint8Array> {
  const { printSlip } = await printer();
  const address = ctx.scope.site?.url === undefined ? undefined : `${ctx.scope.site.url}/verify/`;
  const day = new Intl.DateTimeFormat(ctx.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
  const fact = (key: 'name' | 'group' | 'date' | 'duration' | 'code', value: string) => ({
    label: ctx.t(`slip.pdf.${key}`),
    value,
  });
  const file = await printSlip({
    title: ctx.t('slip.pdf.title'),
    facts: [
      fact('name', name),
      fact('group', group),
      fact('date', day),
      fact('duration', ctx.t('slip.pdf.minutes', { count: minutes })),
      fact('code', code),
    ],
    notes: [
      ctx.t('slip.pdf.proves'),
      ctx.t('slip.pdf.not'),
      address === undefined ? ctx.t('slip.pdf.ask') : `${ctx.t('slip.pdf.at')} ${address}${code}`,
    ],
    qr: address === undefined ? token : `${address}${token}`,
    qrAlt: ctx.t(address === undefined ? 'slip.pdf.qrAlone' : 'slip.pdf.qr'),
    token,
    language: ctx.language,
    madeAt: ctx.now,
  });
  return stamp(file);
}

/** The form, and the paper that is made of it. */
export const slipSign = defineCommand({
  ...tapped,
  path: SIGN,
  counts: 'export',
  params: {
    name: param.text({ shown: 'own', required: true, max: 80 }),
    group: param.text({ shown: 'own', required: true, max: 80 }),
    id: param.ref({ required: true }),
  },
  async run({ name, group, id }, ctx) {
    const { canPrint } = await printer();
    const strange = [name, group].find((text) => !canPrint(text));
    if (strange !== undefined) throw new UserError('slip.letters', { text: strange });
    const made = await makeSlip(ctx.scope, id, name, group);
    const bytes = await print(ctx, made, name, group);
    return {
      summary: ctx.t('slip.done'),
      blocks: [
        { kind: 'text', text: ctx.t('slip.doneText', { code: made.code }) },
        { kind: 'file', name: 'slip.pdf', type: 'application/pdf', bytes, label: ctx.t('slip.fileLabel') },
        { kind: 'note', text: ctx.t('slip.replaced') },
        { kind: 'note', text: ctx.t('slip.save', { days: KEPT_DAYS }) },
        { kind: 'note', text: ctx.t('slip.careful') },
        ...(ctx.platform === 'slack' ? [{ kind: 'note', text: ctx.t('slip.onSlack') } satisfies Block<Tap>] : []),
      ],
    };
  },
});
