import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { LoopbackDiscord } from '../test/support/discord/index.js';
import { DiscordPerson } from '../test/support/discord/person.js';
import { LoopbackSlack } from '../test/support/slack/index.js';
import { COMMON } from '../test/support/slack/world.js';
import type { Address, FromLoad, Load, Measured, PlatformName, ToLoad } from './protocol.js';

/** Plays a platform and its people, away from the process that is measured. */
interface Source {
  readonly address: Address;
  /** One person says `/checkin now`. Resolves with the milliseconds until the first response, undefined when it was late. */
  say(number: number): Promise<number | undefined>;
  /** Milliseconds until each form was there, where that is not the first response. */
  readonly forms?: number[];
  readonly faults: string[];
  /** Forgets what was counted so far. */
  reset(): void;
}

const PEOPLE = 400;
const people = <T>(make: (name: string) => T): T[] => Array.from({ length: PEOPLE }, (_, number) => make(`Person ${number}`));
const turn = <T>(all: readonly T[], number: number): T => all[number % all.length] as T;

async function discordSource(): Promise<Source> {
  const discord = await LoopbackDiscord.start();
  const crowd = people((name) => new DiscordPerson(discord, discord.addAccount(name), async () => undefined));
  const faults = discord.world.faults;
  return {
    address: { platform: 'discord', token: discord.token, appId: discord.appId, apiUrl: discord.apiUrl },
    faults,
    reset: () => void faults.splice(0),
    async say(number) {
      const begun = performance.now();
      const interaction = turn(crowd, number).beginTyping('/checkin now');
      const inTime = await discord.interactions.firstResponse(interaction);
      return inTime && interaction.modal ? performance.now() - begun : undefined;
    },
  };
}

async function slackSource(): Promise<Source> {
  const slack = await LoopbackSlack.start({ rates: false });
  const crowd = people((name) => slack.world.addUser(name));
  const begun = new Map<string, number>();
  const forms: number[] = [];
  const open = slack.world.open.bind(slack.world);
  slack.world.open = (user, body, replace) => {
    forms.push(performance.now() - (begun.get(user) ?? 0));
    return open(user, body, replace);
  };
  return {
    address: { platform: 'slack', botToken: slack.tokens.bot, appToken: slack.tokens.app, apiUrl: slack.apiUrl },
    faults: slack.faults,
    forms,
    reset() {
      slack.faults.splice(0);
      forms.splice(0);
    },
    async say(number) {
      const user = turn(crowd, number);
      // They closed the form of the last time.
      slack.world.modals.delete(user.id);
      const payload = slack.payloads.command(user, COMMON, '/checkin', 'now');
      begun.set(user.id, performance.now());
      const ack = await slack.deliver('slash_commands', payload);
      return ack && performance.now() - (begun.get(user.id) ?? 0);
    },
  };
}

const sources: Readonly<Record<PlatformName, () => Promise<Source>>> = { discord: discordSource, slack: slackSource };

/** Milliseconds after which a form that is not there counts as lost: what opens it is too old then. */
const LOST = 3_000;

/** Waits for forms that are still on their way, so that they are neither forgotten nor counted in the next run. */
async function formsOf({ forms }: Source, sent: number): Promise<void> {
  for (const begun = performance.now(); forms && forms.length < sent && performance.now() - begun < LOST; ) await pause(20);
}

async function run(source: Source, { perSecond, seconds }: Load): Promise<Measured> {
  // The loopback compiles its schemas at the first form, which takes longer than a form may.
  await source.say(0);
  await formsOf(source, 1);
  source.reset();
  const total = perSecond * seconds;
  const begun = performance.now();
  const answers: Promise<number | undefined>[] = [];
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond) + 1);
    while (answers.length < due) answers.push(source.say(answers.length));
    await pause(1);
  }
  const first = (await Promise.all(answers)).filter((time) => time !== undefined);
  await formsOf(source, total);
  const { forms, faults } = source;
  return { sent: total, first, ...(forms && { form: [...forms] }), faults: [...faults] };
}

const tell = (message: FromLoad) => process.send?.(message);
const source = await sources[process.argv[2] as PlatformName]();
process.on('message', async (message: ToLoad) => tell({ measured: await run(source, message.run) }));
process.on('disconnect', () => process.exit(0));
tell({ ready: source.address });
