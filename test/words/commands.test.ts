import { commands } from '../../commands/index.js';
import { type AnyCommand, openParams, pathName } from '../../src/chat/index.js';
import { readCatalogues } from '../../src/words/catalogue.js';

const catalogues = readCatalogues();
const own = (language: string) => [...(catalogues.get(language)?.keys() ?? [])].filter((key) => key.startsWith('commands.'));

/** The texts of a command by the convention of paths, besides those that it may do without. */
function textsOf({ path, params }: AnyCommand): string[] {
  const base = `commands.${pathName(path)}`;
  const own = openParams(params).filter(([, { words }]) => !words);
  const inside = own.flatMap(([name, { values = [] }]) => [
    `${base}.params.${name}.label`,
    `${base}.params.${name}.help`,
    ...values.map((value) => `${base}.params.${name}.choices.${value}`),
  ]);
  return [`commands.${path[0]}.help`, `${base}.help`, ...inside];
}

/** A hidden command is not listed, but what it asks is read: in its form, and by the review of the adapters at the start. */
const needed = commands.flatMap((command) =>
  command.hidden ? textsOf(command).filter((key) => key.includes('.params.')) : textsOf(command),
);
const optional = commands.flatMap(({ path }) => ['title', 'intro'].map((name) => `commands.${pathName(path)}.${name}`));

test.each([...catalogues.keys()])('in %s every command has its words', (language) => {
  const texts = new Set(own(language));
  expect([...new Set(needed)].filter((key) => !texts.has(key))).toEqual([]);
});

test.each([...catalogues.keys()])('in %s no command has words that nobody reads', (language) => {
  const known = new Set([...commands.flatMap(textsOf), ...optional]);
  expect(own(language).filter((key) => !known.has(key))).toEqual([]);
});
