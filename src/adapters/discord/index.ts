export { type Discord, type DiscordOptions, makeDiscord } from './adapter.js';
export { toBodies } from './commands.js';
export { DiscordSetupError } from './trouble.js';
