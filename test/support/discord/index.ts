export { LoopbackDiscord } from './loopback.js';
export { type DiscordStage, makeDiscordStage } from './stage.js';
