/**
 * node migrate.mjs <compiled> <url>
 * Opens the PostgreSQL database and says which migrations it applied.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [compiled, url] = process.argv.slice(2);
const { openDatabase } = await import(pathToFileURL(path.join(compiled, 'src/db/open.js')).href);
const applied = [];
const log = { info: (fields) => applied.push(...(fields.applied ?? [])), warn() {}, error() {} };
const database = await openDatabase({ url }, log);
await database.ping();
await database.close();
console.log(`applied ${JSON.stringify(applied)}`);
