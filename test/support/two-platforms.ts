import { makeDiscordStage } from './discord/stage.js';
import { restartable } from './restartable.js';
import { makeSlackStage } from './slack/stage.js';
import type { Stage } from './stage.js';
import { unpaced } from './stages.js';
import { openWorlds, type TestWorld } from './world.js';

/** A Discord server and a Slack workspace, each with our adapter connected to it, and one process behind both. */
export interface TwoPlaces {
  readonly world: TestWorld;
  readonly discord: Stage;
  readonly slack: Stage;
  /** Another process takes over: the same database, nothing else. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The same as one community, which lives on two platforms. */
export interface TwoPlatforms extends TwoPlaces {
  readonly community: string;
}

/**
 * A server and a workspace that know nothing of each other, with the engine running over both.
 * @param at an ISO instant at which the clock stands at the start
 */
export async function openTwoPlaces(at?: string): Promise<TwoPlaces> {
  const [world, discord, slack] = await Promise.all([
    openWorlds(at).open(),
    makeDiscordStage().then(unpaced),
    makeSlackStage('socket', { rates: false }).then(unpaced),
  ]);
  const { router, restart } = restartable(world);
  await Promise.all([discord, slack].map((stage) => stage.open(router)));
  await world.connect([discord.adapter, slack.adapter]);
  return {
    world,
    discord,
    slack,
    restart: () => restart(discord, slack),
    async close() {
      const leaks = await world.leaks([...discord.wire(), ...slack.wire()]);
      await Promise.all([discord.close(), slack.close()]);
      await world.close();
      if (leaks.length > 0) throw new Error(`What people typed can be read where it may not be:\n${leaks.join('\n')}`);
    },
  };
}

/** A Discord server and a Slack workspace of one community. */
export async function openTwoPlatforms(at?: string): Promise<TwoPlatforms> {
  const places = await openTwoPlaces(at);
  const { prisma } = places.world.database;
  const { id: community } = await prisma.community.create({ data: {} });
  for (const { platform, space } of [places.discord, places.slack])
    await prisma.space.create({ data: { communityId: community, platform, externalId: space } });
  return { ...places, community };
}
