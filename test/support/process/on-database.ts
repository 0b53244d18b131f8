import { type Database, openDatabase, type Where } from '../../../src/db/open.js';
import { memoryLog } from '../db.js';

/** Does something on a database that no program has open, and closes it again. */
export async function onDatabase<T>(where: Where, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(where, memoryLog());
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
