import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import type { First, Invocation, Message } from '../../src/chat/index.js';
import type { Person } from '../support/stage.js';
import { onEveryStage, screenOf } from '../support/stages.js';
import { command, FORM, type Script, say, tinyRouter } from '../support/tiny-router.js';

/** What every adapter must do in the same way, whatever its platform. */

const script: { plan: (call: Invocation) => First; run: (call: Invocation) => Message | Promise<Message> } = {
  plan: () => ({ first: 'ack', show: 'private' }),
  run: () => say('Done.'),
};
/** What the bot does until it is told otherwise. */
function whenAsked(first: First, run: (call: Invocation) => Message | Promise<Message>): void {
  script.plan = () => first;
  script.run = run;
}
const ack = (show: 'private' | 'public' | 'edit'): First => ({ first: 'ack', show });

const commands = [command(['help']), command(['checkin', 'now']), command(['home'], {}, true)];
const router = tinyRouter({ plan: (call) => script.plan(call), run: (call) => script.run(call), commands } satisfies Script);
const heard = () => router.heard.at(-1);

const card = (count: number, label = 'Raise'): Message => ({
  summary: `Hands: ${count}`,
  blocks: [
    { kind: 'text', text: `Hands: ${count}` },
    { kind: 'buttons', buttons: [{ label, act: 'abcde.e0.card' }] },
  ],
});

onEveryStage(
  async () => ({ router, close: async () => {} }),
  (stage, platform) => {
    let ana: Person;
    let ben: Person;
    beforeAll(async () => {
      ana = await stage().person('Ana', { admin: true, roles: ['facilitators'], locale: 'es-ES', zone: 'Europe/Madrid' });
      ben = await stage().person('Ben');
    });

    test('a private answer is seen by the one who asked alone', async () => {
      whenAsked(ack('private'), () => say('For Ana only.'));
      await ana.type('/help');
      expect(ana.last()).toMatchObject({ text: expect.stringContaining('For Ana only.'), onlyMe: true, where: 'channel' });
      expect(screenOf(ben)).not.toContain('For Ana only.');
    });

    test('while an answer takes its time, the one who asked reads that it is being made', async () => {
      const before = ben.sees().length;
      whenAsked({ first: 'ack', show: 'private', meanwhile: say('It is being made.') }, async () => {
        while (!screenOf(ana).includes('It is being made.')) await wait(20);
        return say('Here it is.');
      });
      await ana.type('/help');
      expect(ana.last()).toMatchObject({ text: expect.stringContaining('Here it is.'), onlyMe: true });
      expect(ben.sees()).toHaveLength(before);
    });

    test('a public answer is seen by everybody', async () => {
      whenAsked(ack('public'), () => say('For everybody.'));
      await ana.type('/help');
      expect(ana.last()).toMatchObject({ text: expect.stringContaining('For everybody.'), onlyMe: false });
      expect(screenOf(ben)).toContain('For everybody.');
    });

    test('a refusal of what would have been public is private, and leaves nothing behind', async () => {
      const before = ben.sees().length;
      whenAsked(ack('public'), () => ({ ...say('Not you, Ana.'), aside: true }));
      await ana.type('/help');
      expect(ana.last()).toMatchObject({ text: expect.stringContaining('Not you, Ana.'), onlyMe: true });
      expect(ben.sees()).toHaveLength(before);
    });

    const enclosed: Message = {
      summary: 'Something to look at.',
      blocks: [
        { kind: 'text', text: 'Something to look at.' },
        { kind: 'image', png: new Uint8Array([1, 2, 3]), alt: 'Ana in numbers' },
        { kind: 'file', name: 'export.csv', type: 'text/csv', bytes: new Uint8Array([52, 53]), label: 'Everything of Ana' },
      ],
    };
    const filesOf = async (person: Person) => {
      const files = person.sees().flatMap(({ files, onlyMe }) => files.map((file) => ({ ...file, onlyMe })));
      return Promise.all(
        files.map(async ({ name, alt, onlyMe, ref }) => ({ name, alt, onlyMe, bytes: [...(await person.open(ref))] })),
      );
    };

    test('a picture and a file come with a private answer, to its reader alone, in words as well', async () => {
      whenAsked(ack('private'), () => enclosed);
      await ana.type('/help');
      expect(await filesOf(ana)).toEqual([
        { name: 'picture.png', alt: 'Ana in numbers', onlyMe: true, bytes: [1, 2, 3] },
        { name: 'export.csv', alt: 'Everything of Ana', onlyMe: true, bytes: [52, 53] },
      ]);
      expect(ana.sees().every(({ preview, files }) => files.length === 0 || !/numbers|Everything/u.test(preview))).toBe(true);
      const [{ ref } = { ref: '' }] = ana.sees().flatMap(({ files }) => files);
      await expect(ben.open(ref)).rejects.toThrow();
      expect(await filesOf(ben)).toEqual([]);
      expect(screenOf(ben)).not.toMatch(/in numbers|Everything of Ana/u);
    });

    test('where others read along, or nobody asked, there are words in place of a picture or file', async () => {
      const before = (await filesOf(ana)).length;
      whenAsked(ack('public'), () => enclosed);
      await ana.type('/help');
      expect(ana.last().text).toMatch(/Ana in numbers\s+Everything of Ana/u);
      const cleo = await stage().person('Cleo');
      await stage().adapter.send({ kind: 'direct', space: stage().space, user: cleo.id }, enclosed, 'enclosed');
      expect(cleo.last().text).toMatch(/Ana in numbers\s+Everything of Ana/u);
      expect(await filesOf(cleo)).toEqual([]);
      expect(await filesOf(ana)).toHaveLength(before);
      expect(await filesOf(ben)).toEqual([]);
    });

    test('who asks, where, and with which powers, reaches the core', async () => {
      whenAsked(ack('private'), () => say('Done.'));
      await ana.type('/help');
      expect(heard()).toMatchObject({
        platform,
        user: { id: ana.id },
        space: { id: stage().space },
        said: { kind: 'call', path: ['help'] },
      });
      expect(await heard()?.standing()).toMatchObject({ admin: true });
      await ben.type('/help');
      expect(await heard()?.standing()).toEqual({ admin: false, roles: [] });
      if (stage().adapter.can.zone) {
        await ana.type('/help');
        expect(heard()?.user.zone).toBe('Europe/Madrid');
      }
    });

    test('a form opens, and comes back with what was filled in', async () => {
      whenAsked({ first: 'form', form: FORM }, () => say('Saved.'));
      await ana.type('/checkin now');
      expect(ana.form()).toMatchObject({
        title: 'How are you?',
        fields: [
          { name: 'mood', required: true },
          { name: 'note', required: false },
          { name: 'halt', required: false },
        ],
      });
      expect(ben.form()).toBeUndefined();
      script.plan = () => ack('private');
      await ana.fill({ mood: '7', note: 'line one\nline two "quoted" <@1> *b*', halt: ['hungry', 'tired'] });
      expect(heard()?.said).toEqual({
        kind: 'submit',
        id: FORM.id,
        input: { mood: '7', note: 'line one\nline two "quoted" <@1> *b*', halt: ['hungry', 'tired'] },
      });
      expect(ana.form()).toBeUndefined();
      expect(ana.last()).toMatchObject({ text: expect.stringContaining('Saved.'), onlyMe: true });
    });

    test('a card changes in place when anybody presses, and stays one message', async () => {
      whenAsked(ack('public'), () => card(0));
      await ana.type('/help');
      const before = ana.sees().length;
      whenAsked(ack('edit'), () => card(1));
      await ben.press('Raise');
      expect(heard()?.said).toEqual({ kind: 'press', id: 'abcde.e0.card' });
      expect(ana.sees()).toHaveLength(before);
      expect(ana.last().text).toContain('Hands: 1');
      expect(ana.last().onlyMe).toBe(false);
    });

    test('a refusal at a card is private and leaves the card', async () => {
      whenAsked(ack('edit'), () => ({ ...say('The queue is closed.'), aside: true }));
      const before = ana.sees();
      await ben.press('Raise');
      expect(ben.last()).toMatchObject({ text: expect.stringContaining('The queue is closed.'), onlyMe: true });
      expect(ana.sees()).toEqual(before);
    });

    test('two people press at once, and both are heard', async () => {
      const before = router.heard.length;
      let count = 1;
      whenAsked(ack('edit'), () => card(++count));
      await Promise.all([ana.press('Raise'), ben.press('Raise')]);
      expect(
        router.heard
          .slice(before)
          .map(({ user }) => user.id)
          .sort(),
      ).toEqual([ana.id, ben.id].sort());
    });

    test('sixty choices can all be picked', async () => {
      const options = Array.from({ length: 60 }, (_, i) => ({ value: `v${i}`, label: `Option ${i}` }));
      whenAsked(ack('private'), () => ({
        summary: 'Pick',
        blocks: [{ kind: 'select', placeholder: 'Pick one', act: 'abcde.r1.', param: 'x', options }],
      }));
      await ana.type('/help');
      expect(ana.sees().flatMap((seen) => seen.options)).toEqual(options.map(({ label }) => label));
      script.run = () => say('Picked.');
      await ana.choose('Option 47');
      expect(heard()?.said).toEqual({ kind: 'press', id: 'abcde.r1.', values: ['v47'] });
    });

    test('a long answer is whole, in order, and still private', async () => {
      const lines = Array.from({ length: 120 }, (_, i) => `Line ${i} ${'word '.repeat(15)}`.trim());
      whenAsked(ack('private'), () => ({ summary: 'Long', blocks: lines.map((text) => ({ kind: 'text' as const, text })) }));
      const before = ana.sees().length;
      await ana.type('/help');
      const shown = ana.sees().slice(before);
      expect(shown.every(({ onlyMe }) => onlyMe)).toBe(true);
      const text = shown.map((seen) => seen.text).join('\n');
      let at = -1;
      for (const line of lines) {
        const next = text.indexOf(line, at);
        expect(next).toBeGreaterThan(at);
        at = next;
      }
      expect(screenOf(ben)).not.toContain('Line 7 ');
    });

    test("members' words are shown as they were written, and never become anything else", async () => {
      const nasty = [
        '@everyone',
        '<@1>',
        '<!channel>',
        '<#1>',
        '**b**',
        '_i_',
        '~~s~~',
        '`c`',
        '> q',
        '# h',
        '- l',
        '[x](https://e.x)',
        '<https://e.x|y>',
        '||s||',
        ':smile:',
        '&amp;',
        '<t:1:R>',
        '\\*',
        '1. x',
      ];
      const text = fc.oneof(
        fc.constantFrom(...nasty),
        fc
          .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })), {
            minLength: 1,
            maxLength: 4,
          })
          .map((parts) => parts.join(' ')),
      );
      await fc.assert(
        fc.asyncProperty(
          text.map((value) => value.replace(/\s+/gu, ' ').trim()).filter((value) => value !== ''),
          async (value) => {
            whenAsked(ack('private'), () => say(`« ${value} »`));
            await ben.type('/help');
            expect(ben.last().text.replace(/\s+/gu, ' ')).toContain(`« ${value} »`);
          },
        ),
        { numRuns: 60, examples: nasty.map((value) => [value] as [string]) },
      );
    });

    test('a direct message reaches one person, and its preview says only the summary', async () => {
      const message: Message = {
        summary: 'You asked for a nudge.',
        blocks: [
          { kind: 'text', text: 'How is today?' },
          { kind: 'buttons', buttons: [{ label: 'Open', act: 'abcde.f0.t' }] },
        ],
      };
      expect(await stage().adapter.send({ kind: 'direct', space: stage().space, user: ben.id }, message, 'once-1')).toMatchObject(
        { ok: true },
      );
      expect(ben.last()).toMatchObject({ where: 'direct', onlyMe: true, buttons: ['Open'] });
      expect(ben.last().preview).toBe('You asked for a nudge.');
      expect(screenOf(ana)).not.toContain('How is today?');
      whenAsked({ first: 'form', form: FORM }, () => say('Saved.'));
      await ben.press('Open');
      expect(ben.form()?.title).toBe('How are you?');
    });

    test('a closed door stays closed: nothing is shown anywhere else', async () => {
      const cara = await stage().person('Cara', { closedDirect: true });
      const before = [ana, ben, cara].map((person) => person.sees().length);
      const sent = await stage().adapter.send({ kind: 'direct', space: stage().space, user: cara.id }, say('Secret.'), 'once-2');
      expect(sent).toEqual({ ok: false, why: 'closed' });
      expect([ana, ben, cara].map((person) => person.sees().length)).toEqual(before);
    });

    test('a private thread is seen by its person and by who moderates, once, and nowhere is it opened undeclared', async () => {
      const dora = await stage().person('Dora', { closedDirect: true });
      const { space, channel, adapter } = stage();
      const to = { kind: 'thread', space, channel, user: dora.id, title: 'Note', mark: '0a1b2c3d' } as const;
      const seen = [ana, ben, dora].map((person) => person.sees().length);
      const sent = await adapter.send(to, say('A quiet word.'), 'thread-1');
      if (!adapter.can.privateThreads) {
        expect(sent).toEqual({ ok: false, why: 'forbidden' });
        expect([ana, ben, dora].map((person) => person.sees().length)).toEqual(seen);
        return;
      }
      expect(sent).toEqual({ ok: true, ref: expect.any(String), thread: expect.any(String) });
      expect(await adapter.send(to, say('A quiet word.'), 'thread-1')).toEqual(sent);
      expect(dora.last()).toMatchObject({ where: 'thread', text: expect.stringContaining('A quiet word.') });
      expect(dora.last().preview).toContain('A quiet word.');
      expect(screenOf(ana)).toContain('A quiet word.');
      expect(screenOf(ben)).not.toContain('A quiet word.');
      const ref = sent.ok ? sent.ref : '';
      expect(await adapter.edit(ref, to, say('Another word.'))).toMatchObject({ ok: true });
      expect(dora.last().text).toContain('Another word.');
      expect([ana, ben, dora].map((person) => person.sees().length)).toEqual(
        seen.map((count, i) => (i === 1 ? count : count + 1)),
      );
    });

    test('what the bot sent directly, or to a thread, it takes back, and nothing else; twice is once', async () => {
      const { space, channel, adapter } = stage();
      const eva = await stage().person('Eva');
      const direct = { kind: 'direct', space, user: eva.id } as const;
      const thread = { kind: 'thread', space, channel, user: eva.id, title: 'Note', mark: '9a9b9c9d' } as const;
      const sent = [
        await adapter.send(direct, say('It goes.'), 'back-1'),
        await adapter.send(direct, say('It stays.'), 'back-2'),
      ];
      if (adapter.can.privateThreads) sent.push(await adapter.send(thread, say('It goes, too.'), 'back-3'));
      const [goes = '', , goesToo] = sent.map((one) => (one.ok ? one.ref : ''));
      for (const ref of [goes, goesToo]) {
        if (ref === undefined) continue;
        expect(await adapter.remover.remove(ref)).toEqual({ ok: true });
        expect(await adapter.remover.remove(ref)).toEqual({ ok: false, why: 'gone' });
      }
      expect(screenOf(eva)).toContain('It stays.');
      expect(screenOf(eva)).not.toContain('It goes');
    });

    test('a channel that is gone is said to be gone', async () => {
      const sent = await stage().adapter.send(
        { kind: 'channel', space: stage().space, channel: platform === 'discord' ? '199999999999999999' : 'C0GONE0000' },
        say('Hello.'),
        'once-3',
      );
      expect(sent).toEqual({ ok: false, why: 'gone' });
    });

    test('a message to the channel is seen by everybody there', async () => {
      await stage().adapter.send(
        { kind: 'channel', space: stage().space, channel: stage().channel },
        say('The meeting begins.'),
        'once-4',
      );
      expect(screenOf(ana)).toContain('The meeting begins.');
      expect(screenOf(ben)).toContain('The meeting begins.');
    });

    test('a card in the channel is changed in place, at any time, and its buttons work', async () => {
      const where = { kind: 'channel', space: stage().space, channel: stage().channel } as const;
      const sent = await stage().adapter.send(where, card(0, 'Join'), 'once-5');
      expect(sent.ok).toBe(true);
      await stage().adapter.send(where, say('Something else was said since.'), 'once-6');
      const before = ben.sees().length;
      expect(await stage().adapter.edit(sent.ok ? sent.ref : '', where, card(4, 'Join us'))).toEqual(sent);
      expect(ben.sees()).toHaveLength(before);
      expect(ana.last()).toMatchObject({ text: expect.stringContaining('Hands: 4'), buttons: ['Join us'], onlyMe: false });
      expect(ana.last().text).not.toContain('Hands: 0');
      whenAsked(ack('edit'), () => card(5, 'Join us'));
      await ben.press('Join us');
      expect(ana.last().text).toContain('Hands: 5');
      expect(ben.sees()).toHaveLength(before);
    });

    test('a direct message is changed in place, and stays with its reader', async () => {
      const where = { kind: 'direct', space: stage().space, user: ben.id } as const;
      const sent = await stage().adapter.send(where, say('Only between us.'), 'once-7');
      const count = ben.sees().length;
      await stage().adapter.edit(sent.ok ? sent.ref : '', where, {
        summary: 'Something for you.',
        blocks: [{ kind: 'text', text: 'Still between us.' }],
      });
      expect(ben.sees()).toHaveLength(count);
      expect(ben.last()).toMatchObject({ where: 'direct', onlyMe: true, preview: 'Something for you.' });
      expect(ben.last().text).toContain('Still between us.');
      expect(screenOf(ana)).not.toContain('between us');
    });

    test('what is gone cannot be changed, and is not sent anew', async () => {
      const where = { kind: 'channel', space: stage().space, channel: stage().channel } as const;
      const gone = { discord: `${stage().channel}/199999999999999999`, slack: `${stage().channel}:1.000001`, playground: 'm0' };
      const before = ana.sees().length;
      expect(await stage().adapter.edit(gone[platform], where, say('Late.'))).toEqual({ ok: false, why: 'gone' });
      expect(ana.sees()).toHaveLength(before);
    });

    test('a command in the direct conversation is answered there', async () => {
      whenAsked(ack('private'), () => say('Here we are alone.'));
      await ben.typeDirectly('/help');
      expect(heard()?.channel?.direct).toBe(true);
      expect(ben.last()).toMatchObject({ text: expect.stringContaining('Here we are alone.'), where: 'direct', onlyMe: true });
    });

    test('twenty people at once are each answered for themselves', async () => {
      whenAsked(ack('private'), (call) => say(`You are ${call.user.id}.`));
      const people = await Promise.all(Array.from({ length: 20 }, (_, i) => stage().person(`Person${i}`)));
      await Promise.all(people.map((person) => person.type('/help')));
      for (const person of people)
        expect(person.last()).toMatchObject({ text: expect.stringContaining(`You are ${person.id}.`), onlyMe: true });
    });

    test('an id that nobody made is passed on, not crashed upon', async () => {
      whenAsked(ack('private'), () => say('This button no longer does anything.'));
      await ana.pressRaw('abcde.r0.never-made');
      expect(ana.last().text).toContain('no longer does anything');
    });
  },
  'every-way-in',
);
