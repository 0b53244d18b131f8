import { fieldsPage } from './fields-page.js';

/** Prints the page of every field that is kept. */
export async function run(): Promise<void> {
  process.stdout.write(fieldsPage());
}
