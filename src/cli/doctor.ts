import path from 'node:path';
import { commands } from '../../commands/index.js';
import { makeDiscord } from '../adapters/discord/index.js';
import { makePlayground } from '../adapters/playground/index.js';
import { makeSlack } from '../adapters/slack/index.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import { crisisLines } from '../core/support/crisis-table.js';
import { openDatabase } from '../db/open.js';
import { prepareKeys } from '../db/verify-keys.js';
import { makeLog } from '../log.js';

/** Days after which a crisis line should be looked at again (issue "Resources", point 5). */
const STALE_AFTER = 180;

interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

async function database(config: Config): Promise<Finding[]> {
  const log = makeLog('silent');
  const db = await openDatabase(config.databaseUrl ? { url: config.databaseUrl } : { dir: path.join(config.dataDir, 'db') }, log);
  try {
    const setting = config.encryptionKey;
    const file = config.databaseUrl ? undefined : path.join(config.dataDir, 'encryption.key');
    const keys = await prepareKeys(db.prisma, { ...(setting && { setting }), ...(file && { file }) });
    const { _count: communities } = await db.prisma.community.aggregate({ _count: true });
    return [
      { ok: true, text: `The database answers (${db.kind}, ${communities} communities).` },
      {
        ok: true,
        text: `${keys.keyring.length} encryption key${keys.keyring.length === 1 ? '' : 's'}, from ${keys.file ?? 'ENCRYPTION_KEY'}.`,
      },
    ];
  } finally {
    await db.close();
  }
}

function definitions(config: Config): Finding[] {
  const log = makeLog('silent');
  const any = {
    discord: { token: 'unused', appId: '0' },
    slack: { botToken: 'xoxb-unused', appToken: 'xapp-unused', mode: 'socket' as const },
  };
  const adapters = [
    makeDiscord({ ...any.discord, log }),
    makeSlack({ ...any.slack, prefix: config.slackPrefix, log }),
    makePlayground({ log }),
  ];
  const problems = adapters.flatMap((adapter) =>
    adapter.review(commands).map((problem) => ({ ok: false, text: `${adapter.platform}: ${problem}` })),
  );
  return problems.length > 0 ? problems : [{ ok: true, text: `${commands.length} commands fit the limits of every platform.` }];
}

function crisisAge(now: Date): Finding {
  const stale = crisisLines.filter(({ verified }) => now.getTime() - Date.parse(verified) > STALE_AFTER * 86_400_000);
  return stale.length > 0
    ? { ok: false, text: `${stale.length} crisis lines were last verified more than ${STALE_AFTER} days ago.` }
    : { ok: true, text: `${crisisLines.length} crisis lines, all verified within ${STALE_AFTER} days.` };
}

export async function run(config: Config): Promise<void> {
  const connected = [config.discord && 'Discord', config.slack && 'Slack', config.playground && 'the playground']
    .filter(Boolean)
    .join(', ');
  const findings = [
    { ok: true, text: `The settings can be read. They connect: ${connected || 'nothing'}.` },
    ...definitions(config),
    crisisAge(systemClock.now()),
    ...(await database(config)),
  ];
  for (const { ok, text } of findings) process.stdout.write(`${ok ? 'ok  ' : 'look'}  ${text}\n`);
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}
