export { makeSlack, type SlackAdapter, type SlackOptions } from './adapter.js';
export { manifest } from './manifest.js';
