import type { Reply } from '../src/chat/index.js';
import { exportFile, exportSize } from '../src/core/export/make.js';
import { defineCommand, tapped } from './define.js';

/** What an export is, before there is one: whoever has the file can read all of it. */
export const privacyExport = defineCommand({
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
          buttons: [{ label: t('export.make'), style: 'primary', act: { path: ['privacy', 'export-file'] } }],
        },
      ],
    };
  },
});

const exportFileTap = defineCommand({
  ...tapped,
  path: ['privacy', 'export-file'],
  params: {},
  async run(_args, ctx): Promise<Reply> {
    const { t } = ctx;
    const bytes = await exportFile(ctx.scope, ctx);
    if (!bytes) return { summary: t('privacy.title'), blocks: [{ kind: 'text', text: t('export.tooLarge') }] };
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

export const exportTaps = [exportFileTap];
