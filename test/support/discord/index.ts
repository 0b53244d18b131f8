export { LoopbackDiscord } from './loopback.js';
