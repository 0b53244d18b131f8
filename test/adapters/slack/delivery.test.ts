import { type Address, Busy, type Message } from '../../../src/chat/index.js';
import { TEAM } from '../../support/slack/world.js';
import { FORM, say } from '../../support/tiny-router.js';
import { closeStages, stageWith } from './stages.js';

afterEach(async () => {
  expect(await closeStages()).toEqual([]);
});

const to = (user: string): Address => ({ kind: 'direct', space: TEAM.id, user });
const long = (paragraphs: number, size: number): Message => ({
  summary: 'A long one.',
  blocks: Array.from({ length: paragraphs }, (_, i) => ({
    kind: 'text' as const,
    text: `${i}:${'word '.repeat(size / 5)}end${i}`,
  })),
});

test('a file that Slack does not take leaves words, and never goes anywhere else', async () => {
  const blocks = [{ kind: 'image' as const, png: new Uint8Array([1]), alt: 'In words.' }];
  const { ana, ben, slack, stage } = await stageWith({ run: () => ({ summary: 'Look.', blocks }) });
  slack.fail(9, 503, 'files.getUploadURLExternal');
  await ana.type('/help');
  expect(ana.sees().flatMap(({ files }) => files)).toEqual([]);
  expect(ana.sees().map(({ text }) => text)).toEqual([
    expect.stringContaining('In words.'),
    expect.stringContaining('I could not send you the file.'),
  ]);
  expect(ben.sees()).toEqual([]);
  expect(stage.logged.join(' ')).not.toContain('In words.');
});

describe('answers', () => {
  test('a long answer goes out in several parts, and nothing of it is lost', async () => {
    const { ana } = await stageWith({ run: () => long(4, 3_500) });
    await ana.type('/help');
    expect(ana.sees().length).toBeGreaterThan(1);
    expect(ana.sees().every(({ onlyMe }) => onlyMe)).toBe(true);
    const read = ana
      .sees()
      .map(({ text }) => text)
      .join(' ');
    expect(read.match(/\bword\b/gu)).toHaveLength(4 * 700);
    expect(read.match(/end\d/gu)).toEqual(['end0', 'end1', 'end2', 'end3']);
  });

  test('more blocks than a message holds are spread over several', async () => {
    const { ana } = await stageWith({ run: () => long(120, 5) });
    await ana.type('/help');
    expect(ana.sees()).toHaveLength(3);
    expect(
      ana
        .sees()
        .map(({ text }) => text)
        .join('\n')
        .match(/end\d+/gu),
    ).toHaveLength(120);
  });

  test.each(['used up', 'expired'])(
    'a private answer whose response_url is %s arrives as a direct message, never in the channel',
    async (how) => {
      const { slack, ana, ben } = await stageWith({
        async run({ said }) {
          if (said.kind === 'press') {
            if (how === 'expired') slack.expire('response_urls');
            else for (const url of slack.world.responseUrls.values()) url.uses = 5;
          }
          return say('Only for you.', { kind: 'buttons', buttons: [{ label: 'Again', act: 'p.again' }] });
        },
      });
      await ana.type('/help');
      await ana.press('Again');
      expect(ana.last()).toMatchObject({ where: 'direct', text: 'Only for you.' });
      expect(ben.sees()).toEqual([]);
    },
  );

  test('a form that was open for an hour is answered by direct message', async () => {
    const { slack, ana, ben } = await stageWith({
      plan: ({ said }) =>
        said.kind === 'call'
          ? {
              first: 'form',
              form: { id: 'm.1', title: 'T', submit: 'S', fields: [{ name: 'a', label: 'A', kind: 'text', required: true }] },
            }
          : { first: 'ack', show: 'private' },
      run: () => say('Saved.'),
    });
    await ana.type('/help');
    slack.expire('response_urls');
    await ana.fill({ a: 'x' });
    expect(ana.last()).toMatchObject({ where: 'direct', text: 'Saved.' });
    expect(ben.sees()).toEqual([]);
  });

  test('when no private way is left, nothing is said in public', async () => {
    const { stage, slack, ana, ben } = await stageWith({
      run() {
        slack.expire('response_urls');
        return say('Secret.');
      },
    });
    slack.closeDm(ana.id);
    await ana.type('/help');
    expect(ana.sees()).toEqual([]);
    expect(ben.sees()).toEqual([]);
    expect(stage.logged.join()).toContain('messages_tab_disabled');
    expect(stage.logged.join()).not.toContain('Secret');
  });

  test.each([500, 503, 429, 'cut'] as const)('an answer survives a failure of Slack (%s)', async (how) => {
    const { slack, ana } = await stageWith({ run: () => say('Here.') });
    slack.fail(1, how, 'response_url');
    await ana.type('/help');
    expect(ana.sees()).toMatchObject([{ text: 'Here.', where: 'channel', onlyMe: true }]);
  });

  test('a public answer that cannot be public goes to the one who asked', async () => {
    const { slack, ana, ben } = await stageWith({
      plan: () => ({ first: 'ack', show: 'public' }),
      run() {
        slack.expire('response_urls');
        slack.world.joined.delete('C0COMMON');
        return say('Hello.');
      },
    });
    await ana.type('/help');
    expect(ana.last()).toMatchObject({ where: 'direct', text: 'Hello.' });
    expect(ben.sees()).toEqual([]);
  });

  test('a public card is edited although its response_url has expired', async () => {
    const { slack, ana, ben } = await stageWith({
      plan: ({ said }) => ({ first: 'ack', show: said.kind === 'press' ? 'edit' : 'public' }),
      run: ({ said }) => {
        if (said.kind === 'press') slack.expire('response_urls');
        return say(said.kind === 'press' ? 'After' : 'Before', { kind: 'buttons', buttons: [{ label: 'Go', act: 'p.go' }] });
      },
    });
    await ana.type('/help');
    await ben.press('Go');
    expect(ana.sees().map(({ text }) => text)).toEqual(['After']);
  });

  test('a plan that fails is answered too, and so is a check', async () => {
    const { ana } = await stageWith({
      plan({ said }) {
        if (said.kind === 'call' && said.path[0] === 'checkin') throw new Error('broken');
        return said.kind === 'call' ? { first: 'form', form: FORM } : { first: 'ack', show: 'private' };
      },
      check: () => {
        throw new Error('broken');
      },
    });
    await ana.type('/checkin history');
    expect(ana.last().text).toContain('not your fault');
    await ana.type('/help');
    await ana.fill({ mood: '1' });
    expect(ana.last().text).toBe('Done.');
  });

  test('an answer that Slack does not take becomes a sentence with a code, and the process lives on', async () => {
    const { stage, slack, ana } = await stageWith({
      run: ({ said }) =>
        said.kind === 'call' && said.path[0] === 'checkin' ? Promise.reject(new Error('content of a member')) : say('Fine.'),
    });
    await ana.type('/checkin history');
    expect(ana.last()).toMatchObject({ onlyMe: true, text: expect.stringMatching(/not your fault.*[0-9a-f]{8}/u) });
    expect(stage.logged.join()).not.toContain('content of a member');
    await ana.type('/help');
    expect(ana.last().text).toBe('Fine.');
    expect(slack.faults).toEqual([]);
  });
});

describe('send', () => {
  test('reaches the person directly, with the summary as the preview', async () => {
    const { stage, ana, ben } = await stageWith();
    const sent = await stage.adapter.send(
      to(ana.id),
      { summary: 'You asked for a nudge.', blocks: [{ kind: 'text', text: 'How is your craving?' }] },
      'once-1',
    );
    expect(sent).toMatchObject({ ok: true, ref: expect.stringMatching(/^D\w+:\d+\.\d+$/u) });
    expect(ana.last()).toMatchObject({ where: 'direct', preview: 'You asked for a nudge.', text: 'How is your craving?' });
    expect(ben.sees()).toEqual([]);
  });

  test('reaches a channel', async () => {
    const { stage, ben } = await stageWith();
    expect(
      await stage.adapter.send({ kind: 'channel', space: TEAM.id, channel: stage.channel }, say('Tonight.'), 'o'),
    ).toMatchObject({ ok: true });
    expect(ben.last()).toMatchObject({ text: 'Tonight.', onlyMe: false });
  });

  test('says why somebody cannot be reached', async () => {
    const { stage, slack, ana, ben } = await stageWith();
    slack.closeDm(ana.id);
    slack.disable(ben.id);
    slack.world.channels.add('C0OTHER');
    const why = (address: Address) => stage.adapter.send(address, say('x'), String(Math.random()));
    expect(await why(to(ana.id))).toEqual({ ok: false, why: 'closed' });
    expect(await why(to(ben.id))).toEqual({ ok: false, why: 'gone' });
    expect(await why(to('U0NOBODY'))).toEqual({ ok: false, why: 'gone' });
    expect(await why({ kind: 'channel', space: TEAM.id, channel: 'C0GONE' })).toEqual({ ok: false, why: 'gone' });
    expect(await why({ kind: 'channel', space: TEAM.id, channel: 'C0OTHER' })).toEqual({ ok: false, why: 'forbidden' });
    expect(ana.sees()).toEqual([]);
  });

  test.each([
    [429, 1_000],
    [500, undefined],
    ['cut', undefined],
  ] as const)('is Busy when Slack fails with %s', async (how, after) => {
    const { stage, slack, ana } = await stageWith();
    slack.fail(1, how, 'chat.postMessage');
    const failed = await stage.adapter.send(to(ana.id), say('x'), 'o').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Busy);
    expect((failed as Busy).after).toBe(after);
  });

  test('goes on where it stopped when a message of several parts is tried again', async () => {
    const { stage, ana } = await stageWith();
    const message = long(10, 2_500);
    const first = await stage.adapter.send(to(ana.id), message, 'o').catch((error: unknown) => error);
    expect(first).toBeInstanceOf(Busy);
    const before = ana.sees().length;
    expect(before).toBeGreaterThan(0);
    stage.slack.world.skew += 60_000;
    expect(await stage.adapter.send(to(ana.id), message, 'o')).toMatchObject({ ok: true });
    expect(
      ana
        .sees()
        .map(({ text }) => text)
        .join(' ')
        .match(/end\d/gu),
    ).toEqual(Array.from({ length: 10 }, (_, i) => `end${i}`));
  });
});
