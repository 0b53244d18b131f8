import { type Block, param, type Reply, type Tap, type Text } from '../src/chat/index.js';
import { accountsOf, readTrail, trailFiles, type Written } from '../src/core/audit/read.js';
import { type AppCtx, defineCommand } from './define.js';
import { said } from './said.js';
import { moment } from './schedule-words.js';

function lineOf(ctx: AppCtx, { at, action, actorId }: Written, accounts: ReadonlyMap<string, string>): Text {
  const key = `audit.acts.${action}`;
  const account = actorId === null ? undefined : accounts.get(actorId);
  const who = account === undefined ? ctx.t(actorId === null ? 'audit.nobody' : 'audit.elsewhere') : { mention: account };
  return [moment(ctx, at, ctx.scope.member.zone), ' · ', who, ' · ', ctx.has(key) ? ctx.t(key) : action];
}

/** What was done here by those who may do more than others: who and when, never what was said. */
export const communityAudit = defineCommand({
  path: ['community', 'audit'],
  role: 'coordinator',
  reply: 'private',
  params: { before: param.ref({}) },
  async run({ before }, ctx): Promise<Reply> {
    const { rows, more } = await readTrail(ctx.scope, /^\d{1,9}$/u.test(before ?? '') ? Number(before) : undefined);
    const accounts = await accountsOf(
      ctx.scope.db,
      rows.map(({ actorId }) => actorId),
      ctx.platform,
    );
    const title = ctx.t('audit.title');
    const last = rows.at(-1);
    const older =
      more && last
        ? [{ label: ctx.t('audit.older'), act: { path: ['community', 'audit'] as const, input: { before: String(last.seq) } } }]
        : [];
    const shown: Block<Tap>[] =
      rows.length === 0
        ? [{ kind: 'text', text: ctx.t('audit.nothing') }]
        : [
            { kind: 'list', items: rows.map((row) => lineOf(ctx, row, accounts)) },
            { kind: 'buttons', buttons: [...older, { label: ctx.t('audit.file'), act: { path: ['community', 'audit-file'] } }] },
          ];
    return { summary: title, blocks: [{ kind: 'heading', text: title }, ...shown, { kind: 'note', text: ctx.t('audit.note') }] };
  },
});

const communityAuditFile = defineCommand({
  path: ['community', 'audit-file'],
  counts: 'export',
  role: 'coordinator',
  reply: 'private',
  hidden: true,
  params: {},
  async run(_, ctx): Promise<Reply> {
    const { csv, json } = await trailFiles(ctx.scope, ctx.platform);
    return said(ctx.t('audit.fileText'), [
      { kind: 'file', name: 'audit.csv', type: 'text/csv', bytes: Buffer.from(csv), label: ctx.t('audit.table') },
      { kind: 'file', name: 'audit.json', type: 'application/json', bytes: Buffer.from(json), label: ctx.t('audit.json') },
    ]);
  },
});

export const auditTaps = [communityAuditFile];
