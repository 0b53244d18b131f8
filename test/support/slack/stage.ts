import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeSlack, type SlackAdapter, type SlackOptions } from '../../../src/adapters/slack/index.js';
import type { Router } from '../../../src/chat/index.js';
import { logTo } from '../log.js';
import type { Stage } from '../stage.js';
import { type LoopbackOptions, LoopbackSlack } from './loopback.js';
import { makePerson, type SlackPerson } from './person.js';
import { COMMON, TEAM } from './world.js';

export interface SlackStage extends Stage {
  readonly adapter: SlackAdapter;
  readonly slack: LoopbackSlack;
  /** The lines of the adapter's log. */
  readonly logged: string[];
  person(name: string, as?: Parameters<Stage['person']>[1]): Promise<SlackPerson>;
}

export interface SlackStageOptions extends LoopbackOptions {
  /** Instead of what a correct installation has. */
  readonly adapter?: Partial<SlackOptions>;
}

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
};

/** Our Slack adapter with the real Bolt, connected to a loopback Slack. */
export async function makeSlackStage(mode: 'socket' | 'http' = 'socket', options: SlackStageOptions = {}): Promise<SlackStage> {
  const slack = await LoopbackSlack.start(options);
  const logged: string[] = [];
  const prefix = options.adapter?.prefix ?? '';
  const adapter = makeSlack({
    botToken: slack.tokens.bot,
    ...(mode === 'socket' ? { appToken: slack.tokens.app } : { signingSecret: slack.signingSecret }),
    mode,
    apiUrl: slack.apiUrl,
    log: logTo((line) => void logged.push(line)),
    ...options.adapter,
  });
  const server = adapter.listener ? createServer(adapter.listener) : undefined;
  let commands = new Set<string>();
  let started = false;

  return {
    platform: 'slack',
    adapter,
    slack,
    logged,
    space: TEAM.id,
    channel: COMMON,
    async open(router: Router) {
      commands = new Set(router.commands.filter(({ hidden }) => !hidden).map(({ path }) => `/${prefix}${path[0]}`));
      if (server) slack.requestUrl = await listen(server);
      await adapter.start(router);
      started = true;
    },
    async close() {
      if (started) await adapter.stop();
      server?.closeAllConnections();
      if (server?.listening) await new Promise((resolve) => server.close(resolve));
      await slack.close();
    },
    async person(name, { admin, roles, locale, zone, closedDirect } = {}) {
      const user = slack.world.addUser(name, {
        ...(admin !== undefined && { admin }),
        ...(roles && { groups: roles }),
        ...(locale !== undefined && { locale }),
        ...(zone !== undefined && { zone }),
        ...(closedDirect !== undefined && { closed: closedDirect }),
      });
      return makePerson({ slack, idle: adapter.idle, knows: (command) => commands.has(command) }, user);
    },
    faults: () => [...slack.faults],
    wire: () => [...slack.wire],
  };
}
