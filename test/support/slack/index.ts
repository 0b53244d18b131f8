export { LoopbackSlack } from './loopback.js';
export type { SlackPerson } from './person.js';
export { makeSlackStage, type SlackStage, type SlackStageOptions } from './stage.js';
