import { LONGEST } from '../../../src/adapters/slack/bounded.js';
import { makeSlack } from '../../../src/adapters/slack/index.js';
import { encode, sign } from '../../support/slack/signed.js';
import type { Json } from '../../support/slack/world.js';
import { say, tinyRouter } from '../../support/tiny-router.js';
import { closedStage, closeStages, stageWith } from './stages.js';

afterEach(async () => {
  await closeStages();
});

const log = { info() {}, warn() {}, error() {} };

describe('Socket Mode', () => {
  test('comes back at once after the connection was lost', async () => {
    const { slack, ana } = await stageWith();
    const back = slack.sockets.connected();
    slack.dropSockets();
    await back;
    await ana.type('/help');
    expect(ana.last().text).toBe('Done.');
    expect(slack.faults).toEqual([]);
  });

  test('connects anew when Slack asks for it', async () => {
    const { slack, ana } = await stageWith();
    slack.sockets.refresh();
    await ana.type('/help');
    expect(ana.last().text).toBe('Done.');
    expect(slack.faults).toEqual([]);
  });

  test('what was lost with the connection comes again, and is done once', async () => {
    const { slack, router, ana } = await stageWith();
    slack.sockets.dropOnNext = true;
    await ana.type('/help');
    expect(router.heard).toHaveLength(1);
    expect(ana.sees().map(({ text }) => text)).toEqual(['Done.']);
  });

  test('the same envelope twice is one call', async () => {
    const { stage, slack, router, ana } = await stageWith();
    const user = slack.world.users.get(ana.id);
    if (!user) throw new Error('Ana is gone.');
    const payload = slack.payloads.command(user, 'C0COMMON', '/help', '');
    await Promise.all([slack.deliver('slash_commands', payload), slack.deliver('slash_commands', payload)]);
    await stage.adapter.idle();
    expect(router.heard).toHaveLength(1);
    expect(slack.faults).toEqual([]);
  });

  test('keeps trying while Slack cannot be reached', async () => {
    const { stage, slack, ana } = await stageWith();
    const becomes = async (wanted: boolean) => {
      while (stage.adapter.listens?.() !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await becomes(true);
    const back = slack.sockets.connected();
    slack.fail(1, 500, 'apps.connections.open');
    slack.dropSockets();
    await becomes(false);
    await back;
    await ana.type('/help');
    expect(ana.last().text).toBe('Done.');
    await becomes(true);
  });

  test('stops, and stays stopped', async () => {
    const { stage, slack } = await stageWith();
    const left = slack.sockets.left();
    await stage.adapter.stop();
    await left;
    expect(slack.sockets.connections).toBe(0);
    expect(slack.calls.filter((name) => name === 'apps.connections.open')).toHaveLength(1);
  });
});

describe('what an operator is told', () => {
  const failing = async (prepare: (slack: Awaited<ReturnType<typeof closedStage>>['slack']) => void): Promise<string> => {
    const stage = await closedStage();
    prepare(stage.slack);
    const error = await stage.open(tinyRouter()).catch((thrown: unknown) => thrown);
    return (error as Error).message;
  };

  test.each([
    [
      'a revoked bot token',
      'xoxb-loopback-bot',
      { broken: 'token_revoked' },
      /^SLACK_BOT_TOKEN was revoked\. Install the app again/u,
    ],
    [
      'an unknown bot token',
      'xoxb-loopback-bot',
      { broken: 'invalid_auth' },
      /^SLACK_BOT_TOKEN is not known to Slack\. Copy it again.*OAuth & Permissions/u,
    ],
    [
      'an app that was removed',
      'xoxb-loopback-bot',
      { broken: 'account_inactive' },
      /^SLACK_BOT_TOKEN belongs to an app that was removed/u,
    ],
    [
      'a bot token without a scope',
      'xoxb-loopback-bot',
      { scopes: ['commands', 'chat:write'] },
      /lacks im:write, files:write, users:read, usergroups:read.*homegroup manifest/u,
    ],
    [
      'an unknown app token',
      'xapp-1-loopback-app',
      { broken: 'invalid_auth' },
      /^SLACK_APP_TOKEN is not known to Slack.*App-Level Tokens/u,
    ],
    ['an app token without its scope', 'xapp-1-loopback-app', { scopes: [] }, /app-level token lacks connections:write/u],
  ])('%s', async (_, token, change, sentence) => {
    const message = await failing((slack) => Object.assign(slack.grants.get(token) ?? {}, change));
    expect(message).toMatch(sentence);
    expect(message).not.toContain(token);
  });

  test('Slack cannot be reached', async () => {
    expect(await failing((slack) => slack.fail(20, 'cut'))).toMatch(/^Slack cannot be reached now\./u);
  });

  test.each([
    [{ botToken: 'xapp-1', appToken: 'xapp-1' }, /^SLACK_BOT_TOKEN is not the right value.*xoxb-/u],
    [{ botToken: 'xoxb-1' }, /^SLACK_APP_TOKEN is missing.*xapp-/u],
    [{ botToken: 'xoxb-1', mode: 'http' as const }, /^SLACK_SIGNING_SECRET is missing.*Signing Secret/u],
  ])('settings that cannot work: %j', (settings, sentence) => {
    expect(() => makeSlack({ mode: 'socket', log, ...settings })).toThrow(sentence);
  });

  test('a scope that was taken away later is named in the log', async () => {
    const { stage, slack, ana } = await stageWith({ run: () => say('x') });
    Object.assign(slack.grants.get(slack.tokens.bot) ?? {}, { scopes: ['commands'] });
    expect(await stage.adapter.send({ kind: 'direct', space: 'T', user: ana.id }, say('x'), 'o')).toEqual({
      ok: false,
      why: 'forbidden',
    });
    expect(stage.logged.join()).toContain('im:write');
  });
});

describe('HTTP mode', () => {
  async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
    const response = await fetch(url, { method: 'POST', body, headers });
    await response.text();
    return response.status;
  }

  async function prepared() {
    const { stage, slack, router, ana } = await stageWith({}, 'http');
    const user = slack.world.users.get(ana.id);
    if (!user || !slack.requestUrl) throw new Error('The stage is not ready.');
    const { body, contentType } = encode('slash_commands', slack.payloads.command(user, 'C0COMMON', '/help', '') as Json);
    const now = Math.floor(Date.now() / 1000);
    const headers = (secret: string, at: number) => ({
      'content-type': contentType,
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': sign(secret, at, body),
    });
    return { stage, slack, router, url: slack.requestUrl, body, now, headers };
  }

  test('takes what Slack signed', async () => {
    const { stage, router, url, body, now, headers, slack } = await prepared();
    expect(await post(url, body, headers(slack.signingSecret, now))).toBe(200);
    await stage.adapter.idle();
    expect(router.heard).toHaveLength(1);
  });

  test('refuses another signature, and says what to do', async () => {
    const { stage, router, url, body, now, headers } = await prepared();
    expect(await post(url, body, headers('another secret', now))).toBe(401);
    expect(router.heard).toEqual([]);
    expect(stage.logged.join()).toContain('SLACK_SIGNING_SECRET');
  });

  test('refuses a request that was changed, one without a signature, and one that is five minutes old', async () => {
    const { router, url, body, now, headers, slack } = await prepared();
    const right = headers(slack.signingSecret, now);
    expect(await post(url, `${body}&user_id=U0ADMIN`, right)).toBe(401);
    expect(await post(url, body, { 'content-type': right['content-type'] })).toBe(401);
    expect(await post(url, body, headers(slack.signingSecret, now - 301))).toBe(401);
    expect(router.heard).toEqual([]);
  });

  test('refuses a request from the time to come, with which one that was caught would work for longer', async () => {
    const { stage, router, url, body, now, headers, slack } = await prepared();
    expect(await post(url, body, headers(slack.signingSecret, now + 330))).toBe(401);
    expect(router.heard).toEqual([]);
    expect(stage.logged.join()).toContain('set the clock of this machine');
    expect(await post(url, body, headers(slack.signingSecret, now + 60))).toBe(200);
  });

  test('reads no more of a stranger than Slack would send, whether or not they say how much comes', async () => {
    const { router, url, body, now, headers, slack } = await prepared();
    const long = 'x'.repeat(LONGEST + 1);
    expect(await post(url, long, headers(slack.signingSecret, now)).catch(() => 413)).toBe(413);
    async function* pieces() {
      for (let sent = 0; sent <= LONGEST; sent += 65_536) yield Buffer.alloc(65_536, 'x');
    }
    const init = { method: 'POST', body: pieces(), duplex: 'half', headers: headers(slack.signingSecret, now) };
    const chunked = await fetch(url, init as unknown as RequestInit).then(
      ({ status }) => status,
      () => 413,
    );
    expect(chunked).toBe(413);
    expect(router.heard).toEqual([]);
    expect(await post(url, body, headers(slack.signingSecret, now))).toBe(200);
  });

  test('answers 404 elsewhere, 400 to what is no form, and 503 once it has stopped', async () => {
    const { stage, url, body, now, headers, slack } = await prepared();
    expect(await post(url.replace('/events', '/other'), body, headers(slack.signingSecret, now))).toBe(404);
    expect((await fetch(url)).status).toBe(404);
    const broken = '{';
    const signed = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(now),
      'x-slack-signature': sign(slack.signingSecret, now, broken),
    };
    expect(await post(url, broken, signed)).toBe(400);
    await stage.adapter.stop();
    expect(await post(url, body, headers(slack.signingSecret, now))).toBe(503);
  });

  test('answers the challenge with which Slack tries an address', async () => {
    const { url, now, slack } = await prepared();
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c-1' });
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(now),
      'x-slack-signature': sign(slack.signingSecret, now, body),
    };
    const response = await fetch(url, { method: 'POST', body, headers });
    expect(await response.json()).toEqual({ challenge: 'c-1' });
  });
});
