export { makePlayground, type Playground, type PlaygroundOptions } from './adapter.js';
export { CHANNEL, type Clock, SPACE } from './world.js';
