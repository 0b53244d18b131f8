import { type AnyCommand, type Param, param } from '../src/chat/index.js';
import { defineOfflineCommand } from './define.js';
import { aboutCommand, aboutRoot, overview, unknownTopic } from './help-reply.js';
import { maySay, nameOf, typeable } from './sayable.js';

/** Discord shows no more while typing. */
const SUGGESTIONS = 25;

/** As a person may write it: with the slash, in any case, with any blanks. */
const plain = (typed: string) =>
  typed
    .toLowerCase()
    .replace(/^\s*\//u, '')
    .trim()
    .replace(/\s+/gu, ' ');

function suggest(typed: string, commands: readonly AnyCommand[]) {
  const names = new Set(typeable(commands).flatMap((command) => [command.path[0], nameOf(command)]));
  const near = [...names].filter((name) => name.includes(plain(typed)));
  return near.slice(0, SUGGESTIONS).map((value) => ({ value, label: `/${value}` }));
}

/** @param all every command there is, asked for when somebody completes a topic: this command is one of them. */
export function makeHelp(all: () => readonly AnyCommand[]): AnyCommand {
  const text = param.text({ shown: 'asked', max: 100, suggest: (typed) => suggest(typed, all()) });
  /** Whoever writes something else entirely gets the overview, not an error. */
  const topic: Param<string | undefined> = { ...text, schema: text.schema.catch(undefined) };

  return defineOfflineCommand({
    path: ['help'],
    neverHeldBack: true,
    role: 'anyone',
    reply: 'private',
    params: { topic },
    async run(args, ctx) {
      const standing = await ctx.roles();
      const commands = typeable(ctx.commands).filter((command) => maySay(command, standing));
      if (args.topic === undefined) return overview(commands, ctx);
      const wanted = plain(args.topic);
      const exact = commands.find((command) => nameOf(command) === wanted);
      if (exact) return aboutCommand(exact, ctx);
      const subs = commands.filter(({ path }) => path[0] === wanted);
      if (subs.length === 1 && subs[0]) return aboutCommand(subs[0], ctx);
      return subs.length > 0 ? aboutRoot(wanted, subs, ctx) : unknownTopic(wanted, commands, ctx);
    },
  });
}
