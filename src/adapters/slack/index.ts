export { makeSlack, type SlackAdapter, type SlackOptions } from './adapter.js';
export { HTTP_PATH as SLACK_HTTP_PATH } from './connect.js';
export { type Manifest, type ManifestOptions, manifest } from './manifest.js';
