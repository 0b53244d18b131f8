import fc from 'fast-check';
import { drawLayout } from '../../../src/adapters/discord/layout.js';
import { drawLetter } from '../../../src/adapters/discord/letter.js';
import { literal } from '../../../src/adapters/discord/markdown.js';
import type { Block, Message, Text } from '../../../src/chat/index.js';
import { render } from '../../support/discord/markdown.js';
import { button, openStage } from '../../support/discord/open.js';
import { publicly, say } from '../../support/discord/script.js';

const names = { person: (id: string) => `person-${id}`, role: (id: string) => `role-${id}` };
const anyone = '123456789012345678';
const commandIds = new Map([['checkin', '223456789012345678']]);
const textOf = (message: Message) => {
  const [body] = drawLayout(message, commandIds);
  const [first] = body?.components ?? [];
  return first && 'content' in first ? first.content : '';
};
const line = (text: Text) => textOf({ summary: 's', blocks: [{ kind: 'text', text }] });

/** Words that try to be more than words, mixed with anything. */
const member = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '@everyone',
        '@here',
        `<@${anyone}>`,
        `<@&${anyone}>`,
        `<#${anyone}>`,
        '<t:0:R>',
        `</checkin now:${anyone}>`,
        `<:x:${anyone}>`,
        '<id:guide>',
        ':smile:',
      ),
      fc.constantFrom(
        'https://example.org/a_b',
        '[you](https://example.org)',
        '<https://example.org>',
        'discord.gg/abc',
        '**',
        '__',
        '*',
        '_',
        '~~',
        '||',
        '`',
        '```',
        '\\',
        '\n',
        ' ',
      ),
      fc.constantFrom('# ', '## x', '-# x', '> x', '>>> x', '- x', '* x', '+ x', '1. x', ' - x', '\n# x', '\n> x', '\n1. x'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const shown = (text: string) => text.replace(/\r\n?/gu, '\n');

describe('what members write', () => {
  test('shows exactly as it was written, and never becomes anything else', () => {
    fc.assert(
      fc.property(member, (text) => {
        const { marks, text: read } = render(literal(text), names);
        expect(marks).toEqual([]);
        expect(read).toBe(shown(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('stays words after a split at any place', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 60 }), (texts) => {
        const message: Message = { summary: 's', blocks: texts.map((text) => ({ kind: 'text', text: text.repeat(40) })) };
        const bodies = drawLayout(message, commandIds);
        const contents = bodies.flatMap(({ components }) => components.flatMap((one) => ('content' in one ? [one.content] : [])));
        expect(contents.flatMap((content) => render(content, names).marks)).toEqual([]);
        const letters = (all: string) => all.replace(/\s/gu, '');
        const expected = letters(texts.map((text) => text.repeat(40)).join('')) || 's';
        expect(letters(contents.map((content) => render(content, names).text).join(''))).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });

  test('names nobody whom the bot did not mean', () => {
    const [body] = drawLayout(
      { summary: 's', blocks: [{ kind: 'text', text: [`<@${anyone}> @everyone `, { mention: '323456789012345678' }] }] },
      commandIds,
    );
    expect(body?.allowed_mentions).toEqual({ parse: [], users: ['323456789012345678'] });
  });

  test('cannot turn a link, a bold word or a fact into another', () => {
    fc.assert(
      fc.property(member, (text) => {
        const visible = text.replace(/\s+/gu, ' ').trim();
        fc.pre(visible !== '');
        expect(render(line([{ bold: text }]), names)).toEqual({ text: visible, marks: ['bold'] });
        expect(render(line([{ link: 'https://example.org/x', label: text }]), names)).toEqual({ text: visible, marks: ['link'] });
      }),
      { numRuns: 1000 },
    );
  });
});

test('each kind of span is what Discord shows as such', () => {
  expect(line([{ time: new Date('2026-05-04T19:00:00Z'), style: 'datetime', zone: 'UTC' }])).toBe('<t:1777921200:f>');
  expect(line([{ time: new Date('2026-05-04T19:00:00Z'), style: 'relative', zone: 'UTC' }])).toBe('<t:1777921200:R>');
  expect(line([{ mention: anyone }, { group: anyone }])).toBe(`<@${anyone}><@&${anyone}>`);
  expect(line([{ command: ['checkin', 'now'] }])).toBe('</checkin now:223456789012345678>');
  expect(render(line([{ command: ['crisis'] }]), names).text).toBe('/crisis');
  expect(render(line([{ link: 'javascript:alert(1)', label: 'here' }]), names).marks).toEqual([]);
  expect(render(line([{ mention: 'not an id' }]), names)).toEqual({ text: '@not an id', marks: [] });
});

describe('what is too much for one message', () => {
  test('is told in several, in order and without losing a word', async () => {
    const words = Array.from({ length: 2000 }, (_, i) => `word${i}`);
    await using stage = await openStage({
      help: { first: publicly, answer: () => say('Long', [{ kind: 'text', text: words.join(' ') }, button('More', 'more')]) },
    });
    const ana = await stage.person('Ana');
    await ana.type('/help');
    expect(ana.sees().length).toBeGreaterThan(2);
    expect(
      ana
        .sees()
        .flatMap(({ text }) => text.split(/\s+/u))
        .filter(Boolean),
    ).toEqual(words);
    expect(ana.last().buttons).toEqual(['More']);
    expect(stage.faults()).toEqual([]);
  });

  test('stays private in every part', async () => {
    await using stage = await openStage({
      crisis: {
        answer: () => say('Long', [{ kind: 'list', items: Array.from({ length: 400 }, (_, i) => `a private item number ${i}`) }]),
      },
    });
    const ana = await stage.person('Ana');
    const ben = await stage.person('Ben');
    await ana.type('/crisis');
    expect(ana.sees().length).toBeGreaterThan(1);
    expect(ana.sees().every(({ onlyMe }) => onlyMe)).toBe(true);
    expect(ben.sees()).toEqual([]);
    expect(stage.faults()).toEqual([]);
  });

  test('keeps every button and every option, each of which can be used', async () => {
    const options = Array.from({ length: 60 }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }));
    const many: Block<string>[] = Array.from({ length: 9 }, (_, i) => ({
      kind: 'buttons',
      buttons: Array.from({ length: 7 }, (_b, j) => ({ label: `B${i}-${j}`, act: 'same' })),
    }));
    await using stage = await openStage({
      help: {
        first: publicly,
        answer: () => say('Many', [{ kind: 'select', placeholder: 'Pick', act: 'pick', param: 'x', options }, ...many]),
      },
    });
    const ana = await stage.person('Ana');
    await ana.type('/help');
    expect(ana.sees().flatMap((seen) => seen.buttons)).toHaveLength(63);
    expect(ana.sees().flatMap((seen) => seen.options)).toHaveLength(60);
    expect(stage.wire().join('')).toContain('Pick (26–50)');
    await ana.choose('Option 42');
    await ana.press('B8-6');
    expect(stage.router.ran.slice(1).map(({ said }) => said)).toEqual([
      { kind: 'press', id: 'pick', values: ['v42'] },
      { kind: 'press', id: 'same' },
    ]);
    expect(stage.faults()).toEqual([]);
  });
});

describe('what arrives unasked', () => {
  const blocks: Message['blocks'] = [
    { kind: 'heading', text: 'Evening' },
    { kind: 'text', text: 'How was the day?' },
    { kind: 'facts', facts: [{ label: 'Day', value: '12' }] },
    { kind: 'list', items: ['one', 'two'] },
    { kind: 'divider' },
    { kind: 'note', text: 'Only you see this.' },
    button('Open', 'open'),
  ];

  test('announces itself with its summary alone', async () => {
    await using stage = await openStage();
    const ana = await stage.person('Ana');
    await stage.adapter.send(
      { kind: 'direct', space: stage.space, user: ana.id },
      { summary: 'You asked for a nudge.', blocks },
      'once',
    );
    expect(ana.last()).toMatchObject({ preview: 'You asked for a nudge.', where: 'direct', buttons: ['Open'] });
    expect(ana.last().text).toContain('How was the day?');
    expect(stage.faults()).toEqual([]);
  });

  test('says no more in the announcement of a further part', () => {
    const bodies = drawLetter({ summary: 'A nudge.', blocks: [{ kind: 'text', text: 'private '.repeat(2000) }] }, commandIds);
    expect(bodies.length).toBeGreaterThan(1);
    expect(bodies.map(({ content }) => render(content ?? '', names).text)).toEqual(
      bodies.map((_, i) => `A nudge. (${i + 1}/${bodies.length})`),
    );
    expect(bodies.slice(1).every(({ flags }) => flags === 4096)).toBe(true);
  });

  test('can be edited in place when its button is pressed', async () => {
    await using stage = await openStage({ open: { first: { first: 'ack', show: 'edit' }, answer: () => say('Done.') } });
    const ana = await stage.person('Ana');
    await stage.adapter.send({ kind: 'direct', space: stage.space, user: ana.id }, { summary: 'A nudge.', blocks }, 'once');
    await ana.press('Open');
    expect(ana.sees()).toHaveLength(1);
    expect(ana.last()).toMatchObject({ text: 'Done.', buttons: [] });
    expect(stage.faults()).toEqual([]);
  });
});

test('every kind of block reads as it should', async () => {
  await using stage = await openStage({
    help: {
      answer: () =>
        say('All', [
          { kind: 'heading', text: 'Title *not bold*' },
          { kind: 'text', text: ['Hello ', { bold: 'you' }] },
          { kind: 'facts', facts: [{ label: 'Mood', value: '7 of 10' }] },
          { kind: 'list', items: ['first', 'second\nline'] },
          { kind: 'divider' },
          { kind: 'note', text: 'Small' },
        ]),
    },
  });
  const ana = await stage.person('Ana');
  await ana.type('/help');
  expect(ana.last().text).toBe('Title *not bold*\nHello you\nMood: 7 of 10\n• first\n• second\n  line\nSmall');
  expect(stage.faults()).toEqual([]);
});

test('nothing at all is still the summary', () => {
  expect(textOf({ summary: 'Done.', blocks: [] })).toBe('Done.');
  expect(
    textOf({
      summary: 'Done.',
      blocks: [
        { kind: 'text', text: ' ' },
        { kind: 'list', items: [] },
      ],
    }),
  ).toBe('Done.');
});
