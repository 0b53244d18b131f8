import type { Reply } from '../src/chat/index.js';
import { forgetIt } from '../src/core/export/begin.js';
import { exportLink, linkInstead } from '../src/core/export/link.js';
import { exportFile, exportSize } from '../src/core/export/make.js';
import { type AppCtx, defineTheirsCommand, tapped } from './define.js';

/** What an export is, before there is one: whoever has the file can read all of it. */
export const privacyExport = defineTheirsCommand({
  path: ['privacy', 'export'],
  role: 'anyone',
  reply: 'private',
  params: {},
  async run(_args, ctx): Promise<Reply> {
    const { t } = ctx;
    return {
      summary: t('privacy.title'),
      blocks: [
        { kind: 'heading', text: t('export.title') },
        { kind: 'text', text: t('export.what') },
        { kind: 'text', text: t('export.size', { count: await exportSize(ctx.scope) }) },
        { kind: 'note', text: t('export.careful') },
        {
          kind: 'buttons',
          buttons: [
            { label: t('export.make'), style: 'primary', act: { path: ['privacy', 'export-file'] } },
            ...(ctx.scope.site?.url === undefined
              ? []
              : [{ label: t('export.linkInstead'), act: { path: ['privacy', 'export-link'] as const } }]),
          ],
        },
      ],
    };
  },
});

/** @param why it is a link, where nobody asked for one */
function linkReply({ t }: AppCtx, address: string, why?: string): Reply {
  return {
    summary: t('privacy.title'),
    blocks: [
      { kind: 'text', text: why === undefined ? t('export.linked') : `${why} ${t('export.linked')}` },
      { kind: 'text', text: [{ link: address }] },
      { kind: 'note', text: t('export.linkHow') },
    ],
  };
}

/** Without an address of ours, what the operator must do. */
const noSite = ({ t }: AppCtx, why = ''): Reply => ({
  summary: t('privacy.title'),
  blocks: [{ kind: 'text', text: `${why} ${t('export.noSite')}`.trim() }],
});

const exportFileTap = defineTheirsCommand({
  ...tapped,
  path: ['privacy', 'export-file'],
  meanwhile: 'export.meanwhile',
  params: {},
  async run(_args, ctx): Promise<Reply> {
    const { t } = ctx;
    const bytes = await exportFile(ctx.scope, ctx, ctx.can.fileBytes);
    if (!bytes) {
      const { url } = ctx.scope.site ?? {};
      if (url === undefined) {
        await forgetIt(ctx.scope);
        return noSite(ctx, t('export.isLarge'));
      }
      return linkReply(ctx, `${url}/export/${await linkInstead(ctx.scope)}`, t('export.isLarge'));
    }
    return {
      summary: t('privacy.title'),
      blocks: [
        { kind: 'text', text: t('export.done') },
        { kind: 'file', name: 'export.zip', type: 'application/zip', bytes, label: t('export.label') },
        { kind: 'note', text: t('export.careful') },
      ],
    };
  },
});

const exportLinkTap = defineTheirsCommand({
  ...tapped,
  path: ['privacy', 'export-link'],
  params: {},
  async run(_args, ctx): Promise<Reply> {
    const { url } = ctx.scope.site ?? {};
    return url === undefined ? noSite(ctx) : linkReply(ctx, `${url}/export/${await exportLink(ctx.scope)}`);
  },
});

export const exportTaps = [exportFileTap, exportLinkTap];
