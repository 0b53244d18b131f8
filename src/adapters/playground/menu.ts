import { type Choice, commandHelp, openParams, type Params, paramChoices, paramHelp, type Router } from '../../chat/index.js';
import { wordsFor } from '../../words/index.js';
import type { MenuEntry } from './wire.js';
import { type Population, ROLES } from './world.js';

/** Every command that can be typed, in one language. */
export function menu(router: Router, language: string): readonly MenuEntry[] {
  const words = wordsFor(language);
  return router.commands
    .filter((command) => !command.hidden)
    .map(({ path, params }) => ({
      command: path.filter(Boolean).join(' '),
      help: commandHelp(words, path),
      params: openParams(params as Params).map(([name, param]) => {
        const choices = paramChoices(words, path, name, param);
        return { name, help: paramHelp(words, path, name, param), required: param.required, ...(choices && { choices }) };
      }),
    }));
}

/** What a param can be completed to by who is here; undefined where only the router knows. */
export function completePeople(people: Population, kind: string, typed: string): readonly Choice[] | undefined {
  const wanted = typed.replace(/^@/u, '').toLowerCase();
  const like = (choice: Choice) => choice.label.toLowerCase().startsWith(wanted);
  if (kind === 'member' || kind === 'members') {
    return people.all.map(({ name }) => ({ value: `@${name}`, label: name })).filter(like);
  }
  if (kind === 'roles') return ROLES.map((role) => ({ value: `@${role}`, label: role })).filter(like);
  return undefined;
}
