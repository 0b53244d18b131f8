import type { AnyCommand, Params } from '../../chat/index.js';
import { pathName } from '../../chat/index.js';
import { LIMITS } from './limits.js';
import type { Prefix } from './text.js';

const roots = (commands: readonly AnyCommand[]) => [
  ...new Set(commands.filter(({ hidden }) => !hidden).map(({ path }) => path[0])),
];

function reviewRoots(commands: readonly AnyCommand[], prefix: Prefix): string[] {
  const all = roots(commands);
  const found = all.flatMap((root) => {
    const name = `/${prefix}${root}`;
    if (!/^\/[a-z0-9_-]+$/u.test(name)) return [`${name}: Slack takes lower-case letters, digits, - and _ in a command's name.`];
    return name.length > LIMITS.commandName ? [`${name}: Slack takes ${LIMITS.commandName} characters in a command's name.`] : [];
  });
  return all.length > LIMITS.commands ? [...found, `Slack takes ${LIMITS.commands} commands; there are ${all.length}.`] : found;
}

function reviewParams({ path, params }: AnyCommand): string[] {
  return Object.entries(params as Params).flatMap(([name, param]) => {
    const where = `${pathName(path)}, ${name}`;
    const values = param.values ?? [];
    const long = values.filter((value) => value.length > LIMITS.optionValue);
    return [
      ...(name.length > LIMITS.blockId ? [`${where}: Slack takes ${LIMITS.blockId} characters in a field's name.`] : []),
      ...(values.length > LIMITS.selectOptions
        ? [`${where}: Slack takes ${LIMITS.selectOptions} choices; there are ${values.length}.`]
        : []),
      ...long.map(
        (value) => `${where}: Slack takes ${LIMITS.optionValue} characters in a choice; "${value}" has ${value.length}.`,
      ),
    ];
  });
}

/** What Slack would refuse in these definitions, one sentence each. */
export const review = (commands: readonly AnyCommand[], prefix: Prefix): string[] => [
  ...reviewRoots(commands, prefix),
  ...commands.flatMap(reviewParams),
  ...commands.flatMap(({ path, params }) =>
    Object.keys(params).length > LIMITS.viewBlocks - 10
      ? [`${pathName(path)}: a form on Slack holds ${LIMITS.viewBlocks - 10} fields.`]
      : [],
  ),
];
