import { makeDiscordStage } from './discord/stage.js';
import { makeSlackStage } from './slack/stage.js';
import type { Stage } from './stage.js';
import { unpaced } from './stages.js';
import { openWorlds, type TestWorld } from './world.js';

/** One community that lives on two platforms, each with our adapter connected to it, and one process behind both. */
export interface TwoPlatforms {
  readonly world: TestWorld;
  readonly discord: Stage;
  readonly slack: Stage;
  readonly community: string;
  /** Another process takes over: the same database, nothing else. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A Discord server and a Slack workspace of one community, with the engine running over both.
 * @param at an ISO instant at which the clock stands at the start; the present without it
 */
export async function openTwoPlatforms(at?: string): Promise<TwoPlatforms> {
  const [world, discord, slack] = await Promise.all([
    openWorlds(at).open(),
    makeDiscordStage().then(unpaced),
    makeSlackStage('socket', { rates: false }).then(unpaced),
  ]);
  const { id: community } = await world.database.prisma.community.create({ data: {} });
  for (const { platform, space } of [discord, slack])
    await world.database.prisma.space.create({ data: { communityId: community, platform, externalId: space } });
  await Promise.all([discord, slack].map((stage) => stage.open(world.router)));
  const adapters = [discord.adapter, slack.adapter];
  await world.connect(adapters);
  return {
    world,
    discord,
    slack,
    community,
    restart: async () => void (await world.connect(adapters)),
    async close() {
      await Promise.all([discord.close(), slack.close()]);
      await world.close();
    },
  };
}
