/**
 * node write.mjs <compiled> <directory>
 * Opens the embedded database, says which numbers it holds, then writes one number after the other and says each when it
 * is saved, until it is killed.
 */
import { writeSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [compiled, dir] = process.argv.slice(2);
const { openDatabase } = await import(pathToFileURL(path.join(compiled, 'src/db/open.js')).href);
const silent = { info() {}, warn() {}, error() {} };
const say = (line) => writeSync(1, `${line}\n`);

const { prisma } = await openDatabase({ dir }, silent);
const community = (await prisma.community.findFirst()) ?? (await prisma.community.create({ data: {} }));
const rows = await prisma.setting.findMany({ orderBy: { updatedAt: 'asc' } });
const kept = rows.map(({ key }) => Number(key)).sort((a, b) => a - b);
say(`kept ${JSON.stringify(kept)}`);

for (let number = (kept.at(-1) ?? 0) + 1; ; number += 1) {
  await prisma.setting.create({ data: { communityId: community.id, key: String(number), value: 'x'.repeat(number % 3000) } });
  say(`saved ${number}`);
}
