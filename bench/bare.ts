import bolt from '@slack/bolt';
import { type APIModalInteractionResponseCallbackData, Client, Events, GatewayIntentBits } from 'discord.js';
import type { Address } from './protocol.js';

/** What the vendors' libraries do with the least that can be written: a handler that answers with a constant form. */

const DISCORD_FORM: APIModalInteractionResponseCallbackData = {
  custom_id: 'constant',
  title: 'Check in',
  components: [
    { type: 18, label: 'Mood', component: { type: 4, custom_id: 'mood', style: 1, required: false } },
    { type: 18, label: 'In your words', component: { type: 4, custom_id: 'note', style: 2, required: false } },
  ],
};

export async function bareDiscord({ token, apiUrl }: Extract<Address, { platform: 'discord' }>): Promise<() => Promise<void>> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: apiUrl } });
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.showModal(DISCORD_FORM);
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  await ready;
  return () => client.destroy();
}

const SLACK_FORM = {
  type: 'modal' as const,
  callback_id: 'constant',
  title: { type: 'plain_text' as const, text: 'Check in' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: ['Mood', 'In your words'].map((text) => ({
    type: 'input' as const,
    optional: true,
    label: { type: 'plain_text' as const, text },
    element: { type: 'plain_text_input' as const, action_id: 'value' },
  })),
};

export async function bareSlack({
  botToken,
  appToken,
  apiUrl,
}: Extract<Address, { platform: 'slack' }>): Promise<() => Promise<void>> {
  const app = new bolt.App({
    token: botToken,
    appToken,
    socketMode: true,
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: bolt.LogLevel.ERROR,
  });
  // Bolt's own client adds arguments that the loopback does not know.
  const client = new bolt.webApi.WebClient(botToken, { slackApiUrl: apiUrl });
  app.command('/checkin', async ({ ack, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: SLACK_FORM });
  });
  await app.start();
  return async () => void (await app.stop());
}
