import type { Block } from '../../../src/chat/index.js';
import { type Scene, type ScriptedRouter, scriptedRouter } from './script.js';
import { type DiscordOptions, type DiscordStage, makeDiscordStage } from './stage.js';

export interface OpenStage extends DiscordStage, AsyncDisposable {
  readonly router: ScriptedRouter;
}

/** A stage on which a scripted router is at work; `await using` closes it. */
export async function openStage(scenes: Readonly<Record<string, Scene>> = {}, options?: DiscordOptions): Promise<OpenStage> {
  const stage = await makeDiscordStage(undefined, options);
  const router = scriptedRouter(scenes);
  await stage.open(router);
  return { ...stage, router, [Symbol.asyncDispose]: () => stage.close() };
}

export const button = (label: string, act: string): Block<string> => ({ kind: 'buttons', buttons: [{ label, act }] });
