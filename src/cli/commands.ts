import { commands } from '../../commands/index.js';
import { commandsPage } from './commands-page.js';

export async function run(): Promise<void> {
  process.stdout.write(commandsPage(commands));
}
