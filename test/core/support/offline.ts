import type { OfflineCtx } from '../../../commands/define.js';
import type { Standing } from '../../../commands/sayable.js';
import type { AnyCommand, Block, Reply, Tap, Text } from '../../../src/chat/index.js';
import type { LocalLine } from '../../../src/core/support/local/line.js';
import { wordsFor } from '../../../src/words/index.js';

interface Reader {
  readonly language?: string;
  readonly country?: string;
  readonly roles?: Iterable<Standing['held'] extends ReadonlySet<infer R> ? R : never>;
  readonly admin?: boolean;
  readonly platform?: OfflineCtx['platform'];
  readonly commands?: readonly AnyCommand[];
  /** What the community says of crisis lines. */
  readonly lines?: readonly LocalLine[];
}

/** What an offline command is given: no database anywhere in it. */
export const offlineContext = ({
  language = 'en',
  country,
  roles = [],
  admin = false,
  platform = 'playground',
  commands = [],
  lines = [],
}: Reader = {}): OfflineCtx => ({
  ...wordsFor(language),
  platform,
  locale: language,
  now: new Date('2026-11-20T10:00:00Z'),
  attempt: '~test',
  user: { id: 'U1' },
  can: { formFields: 5, fileBytes: 9_000_000, fieldErrors: true, completion: true, zone: true },
  commands,
  country: () => country,
  lines: () => lines,
  roles: async () => ({ held: new Set(roles), isAdmin: admin }),
});

const plain = (text: Text): string =>
  typeof text === 'string'
    ? text
    : text
        .map((span) => {
          if (typeof span === 'string') return span;
          if ('bold' in span) return span.bold;
          if ('command' in span) return `/${span.command.filter(Boolean).join(' ')}`;
          if ('link' in span) return `${span.label ?? ''} (${span.link})`;
          throw new Error('Neither an instant nor a mention belongs here.');
        })
        .join('');

function blockLines(block: Block<Tap>): string[] {
  switch (block.kind) {
    case 'heading':
      return [`# ${block.text}`];
    case 'text':
    case 'note':
      return [plain(block.text)];
    case 'list':
      return block.items.map((item) => `- ${plain(item)}`);
    case 'select':
      return [`[${block.placeholder}: ${block.options.map(({ label }) => label).join(' | ')}]`];
    case 'buttons':
      return [block.buttons.map(({ label }) => `[${label}]`).join(' ')];
    default:
      throw new Error(`A ${block.kind} does not belong here.`);
  }
}

/** As a person reads it, one line a block or list item. */
export const read = (reply: Reply): string => reply.blocks.flatMap(blockLines).join('\n');

export const selects = (reply: Reply) => reply.blocks.filter((block) => block.kind === 'select');
