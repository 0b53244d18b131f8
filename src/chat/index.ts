export { shorten } from '../writing/shorten.js';
export type * from './adapter.js';
export { Busy } from './adapter.js';
export { chunks } from './chunks.js';
export type * from './command.js';
export { pathName } from './command.js';
export { type Enclosure, enclosedIn, enclosureOf, isEnclosed, withoutEnclosed } from './enclosed.js';
export { Later, Unavailable, UserError } from './errors.js';
export type * from './events.js';
export type * from './form.js';
export { meanwhile } from './meanwhile.js';
export type * from './membership.js';
export type * from './message.js';
export {
  askedParams,
  NOTHING_KNOWN,
  openParams,
  type Param,
  type ParamKind,
  type ParamWords,
  param,
  typedOnly,
  worded,
} from './param.js';
export { parseLine } from './parse.js';
export type * from './platform.js';
export type * from './remover.js';
export { removeParts } from './remover.js';
export type * from './rooms.js';
export { makeRouter } from './router.js';
export type * from './router-deps.js';
export { type Keep, type Kept, seal } from './seal.js';
export { readWhen, type When } from './when.js';
export * from './wording.js';
