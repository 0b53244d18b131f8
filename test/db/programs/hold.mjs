/**
 * node hold.mjs <compiled> <directory>
 * Takes the lock of a directory and holds it until it is killed; says what is wrong when it cannot.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [compiled, dir] = process.argv.slice(2);
const { lockFolder } = await import(pathToFileURL(path.join(compiled, 'src/db/lock.js')).href);
try {
  await lockFolder(dir);
  console.log('holds');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(`refused ${error.message}`);
}
