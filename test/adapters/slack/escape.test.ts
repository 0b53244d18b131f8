import fc from 'fast-check';
import { drawBlocks, drawPages } from '../../../src/adapters/slack/draw.js';
import type { Message, Text } from '../../../src/chat/index.js';
import { checkBlocks } from '../../support/slack/blocks.js';
import { Renderer } from '../../support/slack/render.js';
import { type Json, World } from '../../support/slack/world.js';

const look = { prefix: 'hg-', groupName: (id: string) => id };
const renderer = new Renderer(new World());

/** What people write, and what somebody writes who wants to ring a whole workspace. */
const nasty = fc.constantFrom(
  '<!channel>',
  '<!here|here>',
  '<@U12345>',
  '<!subteam^S1>',
  '<#C1>',
  '<https://evil.example|bank>',
  '*bold*',
  '_it_',
  '~no~',
  '`code`',
  '```x```',
  '> quote',
  '&lt;!channel&gt;',
  ':tada:',
  '@here',
  'https://x.example',
  '- item',
  '1. item',
  '\n',
  '&amp;',
  '"',
  '\u202e',
  '👩‍👩‍👧',
  '<!date^0^{date}|x>',
);
const words = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.array(nasty, { maxLength: 4 }).map((all) => all.join(' ')),
  fc.tuple(nasty, fc.string({ maxLength: 10 }), nasty).map((all) => all.join('')),
);

const everywhere = (text: string): Message => ({
  summary: text,
  blocks: [
    { kind: 'heading', text },
    { kind: 'text', text },
    { kind: 'text', text: [text, { bold: text }, text] },
    { kind: 'note', text },
    { kind: 'note', text: [text, { bold: text }] },
    { kind: 'note', text: ['x ', text] },
    { kind: 'facts', facts: [{ label: text, value: text }] },
    { kind: 'list', items: [text, [text]] },
    { kind: 'buttons', buttons: [{ label: `x${text}`, act: 'p.1' }] },
    { kind: 'select', placeholder: `x${text}`, act: 'p.2', param: 'a', options: [{ value: 'a', label: `x${text}` }] },
  ],
});

const rendered = (message: Message) => {
  const pages = drawPages(message, look);
  return pages.map(({ text, blocks }) => ({
    problems: checkBlocks(blocks, 'message'),
    body: renderer.message(text, blocks as unknown as Json[]),
    note: renderer.notification(text),
  }));
};

test('nothing that a member writes becomes a mention, a link, an emoji or a style', () => {
  fc.assert(
    fc.property(words, (text) => {
      for (const { problems, body, note } of rendered(everywhere(text))) {
        expect(problems).toEqual([]);
        // The one style is the bold that we ourselves asked for.
        const marks = [...body.marks, ...note.marks].filter(
          ({ kind, text: marked }) => kind !== 'style' || marked !== `*${text}*`,
        );
        expect(marks).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

test('what a member writes is read as it was written', () => {
  fc.assert(
    fc.property(words, (text) => {
      fc.pre(text.trim() !== '');
      for (const kind of ['text', 'note'] as const) {
        const [page] = rendered({ summary: 'x', blocks: [{ kind, text }] });
        expect(page?.body.text.replace(/\n$/u, '')).toBe(text.replace(/\n$/u, ''));
      }
    }),
  );
});

test('however long a text is, its parts are within the limits and hold all of its words', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { maxLength: 6 }), fc.boolean(), (sizes, note) => {
      const texts = sizes.map((size, i) => `${'ab '.repeat(size)}#${i}`);
      const pages = rendered({ summary: 'x', blocks: texts.map((text) => ({ kind: note ? 'note' : 'text', text })) });
      expect(pages.flatMap(({ problems }) => problems)).toEqual([]);
      const read = pages.map(({ body }) => body.text).join('\n');
      expect(read.match(/ab/gu)?.length ?? 0).toBe(sizes.reduce((sum, size) => sum + size, 0));
      expect(read.match(/#\d/gu) ?? []).toEqual(sizes.map((_, i) => `#${i}`));
    }),
    { numRuns: 50 },
  );
});

test('what we mean is rendered: dates, people, links, commands; a user group by name, because a mention would ring it', () => {
  const time = new Date('2026-05-04T19:00:00Z');
  const text: Text = [
    'On ',
    { time, style: 'datetime', zone: 'Europe/Lisbon' },
    ' with ',
    { mention: 'U123456' },
    ' of ',
    { group: 'S1' },
    ': ',
    { command: ['checkin', 'now'] },
    ' ',
    { link: 'https://example.org/', label: 'more' },
  ];
  const groups = { ...look, groupName: () => 'Mentors' };
  const read = (kind: 'text' | 'note', value: Text) =>
    renderer.message('', drawBlocks({ summary: '', blocks: [{ kind, text: value }] }, groups) as unknown as Json[]);
  const sentence = 'On 2026-05-04 19:00 with @U123456 of @Mentors: /hg-checkin now more (https://example.org/)';
  expect(read('text', text)).toMatchObject({ text: sentence, marks: [{ kind: 'user' }, { kind: 'link' }] });
  expect(read('note', text).text).toBe(sentence);
  expect(read('note', text.slice(0, 4) as Text).text).toBe('On 2026-05-04 19:00 with @U123456');
});

test('the fallback text is escaped in all three characters', () => {
  const [page] = drawPages({ summary: '<!channel> & <@U1>', blocks: [{ kind: 'divider' }] }, look);
  expect(page?.text).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
});
