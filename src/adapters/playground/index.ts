export { makePlayground, type Playground, type PlaygroundOptions } from './adapter.js';
export { CHANNEL, type Clock, ROLES, SPACE } from './world.js';
