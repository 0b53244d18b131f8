/**
 * Every figure of Slack's that this adapter keeps to, in one table. Characters unless told otherwise.
 * Sources: (B) docs.slack.dev/reference/block-kit and the comments of @slack/types 3.2; (M) the pages of the methods under
 * docs.slack.dev/reference/methods; (I) docs.slack.dev/interactivity; (A) docs.slack.dev/reference/app-manifest;
 * (S) seen in github.com/slackapi/bolt-js/issues/2509 and /2867, not documented.
 */
export const LIMITS = {
  /** (I) milliseconds until the first response must be there. */
  ackMs: 3_000,
  /** (I) milliseconds in which a `trigger_id` opens one view. */
  triggerMs: 3_000,
  /** (M) messages in a second, over the workspace: "several hundred per minute", with room for everything else. */
  sendPerSecond: 4,
  /** (M) messages in a second to one channel or person; short bursts are let through. */
  sendPerChannelPerSecond: 1,
  /** (M) milliseconds between two deletions: chat.delete is of tier 3, "50+ per minute". */
  removeGapMs: 1_300,
  /** (I) uses of one `response_url`. */
  responseUrlUses: 5,
  /** (I) milliseconds that a `response_url` lives. */
  responseUrlMs: 30 * 60_000,

  /** Of a file: far below the gigabyte that Slack takes, because it is in memory while it is sent. */
  fileBytes: 20_000_000,
  /** (B) blocks of one message. */
  messageBlocks: 50,
  /** (S) all text of one message: 13,200 were refused, and so were 11,300 in rich text. Kept well below. */
  messageText: 6_000,
  /** (M) the fallback text; longer ones are cut by Slack above 40,000, and 4,000 is what Slack advises. */
  fallbackText: 3_000,
  /** (B) blocks of a modal or of App Home. */
  viewBlocks: 100,
  /** (B) a text object, of which sections and context are made; kept for rich text as well, which has no documented limit. */
  text: 3_000,
  /** (B) a header's text. */
  header: 150,
  /** (B) elements of one actions block. */
  actionsElements: 25,
  /** (B) a button's label. */
  buttonLabel: 75,
  /** (B) a button's value. */
  buttonValue: 2_000,
  /** (B) */
  actionId: 255,
  /** (B) */
  blockId: 255,
  /** (B) options of one select. */
  selectOptions: 100,
  /** (B) an option's text. */
  optionLabel: 75,
  /** (B) an option's value; 150 is documented for newer clients, 75 works in all. */
  optionValue: 75,
  /** (B) a select's or an input's placeholder. */
  placeholder: 150,

  /** (B) a modal's title, submit and close. */
  modalTitle: 24,
  /** (B) an input's label and hint. */
  inputLabel: 2_000,
  /** (B) characters that an input can ask for at most. */
  inputText: 3_000,
  /** (B) */
  privateMetadata: 3_000,
  /** (B) */
  callbackId: 255,

  /** (A) slash commands of one app. */
  commands: 50,
  /** (A) a slash command with its slash. */
  commandName: 32,
  /** (A) */
  commandDescription: 2_000,
  /** (A) */
  commandUsage: 1_000,
  /** (A) */
  appName: 35,
  /** (A) */
  botName: 80,
  /** (A) */
  appDescription: 140,
} as const;

/** Scopes of the bot token, and nothing beyond them: no history, no reading of files, no profile. */
export const BOT_SCOPES = ['commands', 'chat:write', 'im:write', 'files:write', 'users:read', 'usergroups:read'] as const;
