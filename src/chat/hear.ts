import type { Invocation } from './adapter.js';
import { missing } from './ask.js';
import { type AnyCommand, pathName } from './command.js';
import { codeOf, type Id, readId } from './ids.js';
import type { Input, Path } from './message.js';
import { askedParams, openParams, type Param } from './param.js';

/** A call as far as it is understood without I/O. */
export interface Heard {
  readonly command: AnyCommand;
  readonly input: Input;
  readonly id?: Id;
}

const NO_INPUT: Input = {};

/** Only what people can be asked for; what a button points at never comes from outside. */
const typed = (command: AnyCommand, input: Input): Input =>
  Object.fromEntries(openParams(command.params).flatMap(([name]) => (name in input ? [[name, input[name]]] : [])));

/**
 * Which command is meant by what somebody did, and with which input.
 * @throws where two commands cannot be told apart by their buttons
 */
export function makeHearing(commands: readonly AnyCommand[]) {
  const byPath = new Map(commands.map((command) => [pathName(command.path), command]));
  const byCode = new Map(commands.map((command) => [codeOf(command.path), command]));
  if (byCode.size !== commands.length) throw new Error('Two commands have the same path, or their codes collide: rename one.');
  const named = (path: Path): AnyCommand | undefined => byPath.get(pathName(path));

  function hear({ said }: Invocation): Heard | undefined {
    if (said.kind === 'lost') return undefined;
    if (said.kind === 'call') {
      const meant = named(said.path);
      if (!meant) return undefined;
      const input = typed(meant, said.input);
      const to = meant.forward?.(input);
      const command = to ? named(to.path) : meant;
      return command && { command, input: to?.input ?? input };
    }
    const id = readId(said.id);
    const command = id && byCode.get(id.code);
    if (!id || !command || (id.mode === 'm') !== (said.kind === 'submit')) return undefined;
    if (said.kind === 'submit') return { command, input: typed(command, said.input), id };
    const param = id.n > 0 && id.mode !== 'f' ? Object.keys(command.params)[id.n - 1] : undefined;
    return { command, input: param === undefined ? NO_INPUT : { [param]: said.values?.[0] }, id };
  }

  return { hear, named };
}

export type Hearing = ReturnType<typeof makeHearing>;

/** Whether a form comes first: what is missing is asked for, what is wrong is told. */
export function asksFirst({ command, input, id }: Heard): boolean {
  if (id) return id.mode === 'f';
  if (command.form === 'always') return true;
  if (command.form === 'when-empty' && Object.values(input).every((value) => value === undefined || value === ''))
    return askedParams(command.params).length > 0;
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const params = (Object.entries(command.params) as [string, Param][]).filter(([name]) => name in given);
  return missing(command, input).length > 0 && params.every(([name, param]) => param.schema.safeParse(given[name]).success);
}
