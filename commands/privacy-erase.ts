import { type Block, param, type Reply, type Tap } from '../src/chat/index.js';
import { ERASE, eraseMember } from '../src/core/privacy/erase.js';
import { retentionDays } from '../src/core/retention/settings.js';
import { plan } from '../src/core/work/plan.js';
import { type AppCtx, defineTheirsCommand, tapped } from './define.js';

const GOES = ['yours', 'messages', 'direct', 'others', 'links'] as const;
const STAYS = ['counts', 'written', 'slips', 'platform', 'backups', 'other'] as const;

const list = (title: string, items: readonly string[]): Block<Tap>[] => [
  { kind: 'heading', text: title },
  { kind: 'list', items },
];

/** For how many days the bot knows which messages it sent to somebody. */
const daysKnown = async ({ scope }: AppCtx): Promise<number> => (await retentionDays(scope.db)).messages;

/** What goes and what stays, before anything happens. */
export const privacyErase = defineTheirsCommand({
  path: ['privacy', 'erase'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx) {
    const days = await daysKnown(ctx);
    return {
      summary: ctx.t('privacy.title'),
      blocks: [
        { kind: 'heading', text: ctx.t('privacy.erase.title') },
        { kind: 'text', text: ctx.t('privacy.erase.intro') },
        ...list(
          ctx.t('privacy.erase.goesTitle'),
          GOES.map((one) => ctx.t(`privacy.erase.goes.${one}`, { days })),
        ),
        ...list(
          ctx.t('privacy.erase.staysTitle'),
          STAYS.map((one) => ctx.t(`privacy.erase.stays.${one}`)),
        ),
        {
          kind: 'buttons',
          buttons: [
            { label: ctx.t('privacy.erase.begin'), style: 'danger', act: { path: ['privacy', 'erase-sure'], does: 'edit' } },
          ],
        },
      ],
    };
  },
});

/** The second time. */
const eraseSure = defineTheirsCommand({
  ...tapped,
  path: ['privacy', 'erase-sure'],
  params: {},
  async run(_args, ctx): Promise<Reply> {
    return {
      summary: ctx.t('privacy.title'),
      blocks: [
        { kind: 'text', text: ctx.t('privacy.erase.sure') },
        { kind: 'text', text: ctx.t('privacy.erase.sureDirect', { days: await daysKnown(ctx) }) },
        {
          kind: 'buttons',
          buttons: [
            {
              label: ctx.t('privacy.erase.yes'),
              style: 'danger',
              act: { path: ['privacy', 'erase-now'], input: { sure: 'yes' }, does: 'edit' },
            },
            { label: ctx.t('privacy.erase.no'), act: { path: ['privacy', 'show'], does: 'edit' } },
          ],
        },
      ],
    };
  },
});

/** A process that dies on the way is followed by one that goes on: what is planned here is done by the engine too. */
const eraseNow = defineTheirsCommand({
  ...tapped,
  path: ['privacy', 'erase-now'],
  // What is behind the button binds it to its reader.
  params: { sure: param.ref({ required: true }) },
  async run(_args, ctx): Promise<Reply> {
    const { db, member, now } = ctx.scope;
    const days = await daysKnown(ctx);
    await plan(db, { kind: ERASE, subjectId: member.id }, now);
    await eraseMember(ctx.scope, member.id, now);
    return {
      summary: ctx.t('privacy.erase.done'),
      blocks: [
        { kind: 'text', text: ctx.t('privacy.erase.done') },
        { kind: 'text', text: ctx.t('privacy.erase.doneDirect', { days }) },
        { kind: 'text', text: ctx.t('privacy.erase.back') },
        { kind: 'note', text: ctx.rich('privacy.erase.crisis', { crisis: { command: ['crisis'] as const } }) },
      ],
    };
  },
});

export const privacyEraseHidden = [eraseSure, eraseNow];
