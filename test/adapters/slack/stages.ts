import { makeSlackStage, type SlackStage, type SlackStageOptions } from '../../support/slack/index.js';
import { type Script, tinyRouter } from '../../support/tiny-router.js';

const open: SlackStage[] = [];

/** A stage with a tiny router, and two people in it. */
export async function stageWith(script: Script = {}, mode: 'socket' | 'http' = 'socket', options: SlackStageOptions = {}) {
  const stage = await makeSlackStage(mode, options);
  open.push(stage);
  const router = tinyRouter(script);
  await stage.open(router);
  return { stage, slack: stage.slack, router, ana: await stage.person('Ana'), ben: await stage.person('Ben') };
}

/** A stage that was never opened, because opening is what the test is about. */
export async function closedStage(mode: 'socket' | 'http' = 'socket', options: SlackStageOptions = {}): Promise<SlackStage> {
  const stage = await makeSlackStage(mode, options);
  open.push(stage);
  return stage;
}

/** Closes what a test opened. @returns everything that broke Slack's rules meanwhile */
export async function closeStages(): Promise<string[]> {
  const faults: string[] = [];
  for (const stage of open.splice(0)) {
    await stage.close();
    faults.push(...stage.faults());
  }
  return faults;
}
