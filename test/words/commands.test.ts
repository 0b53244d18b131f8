import { commands } from '../../commands/index.js';
import { openParams, pathName } from '../../src/chat/index.js';
import { readCatalogues } from '../../src/words/catalogue.js';

const catalogues = readCatalogues();
const own = (language: string) => [...(catalogues.get(language)?.keys() ?? [])].filter((key) => key.startsWith('commands.'));

/** The texts that must be there, by the convention of paths. */
const needed = commands
  .filter(({ hidden }) => !hidden)
  .flatMap(({ path, params }) => {
    const base = `commands.${pathName(path)}`;
    const inside = openParams(params).flatMap(([name, { values = [] }]) => [
      `${base}.params.${name}.label`,
      `${base}.params.${name}.help`,
      ...values.map((value) => `${base}.params.${name}.choices.${value}`),
    ]);
    return [`commands.${path[0]}.help`, `${base}.help`, ...inside];
  });
const optional = commands.flatMap(({ path }) => ['title', 'intro'].map((name) => `commands.${pathName(path)}.${name}`));

test.each([...catalogues.keys()])('in %s every command has its words', (language) => {
  const texts = new Set(own(language));
  expect([...new Set(needed)].filter((key) => !texts.has(key))).toEqual([]);
});

test.each([...catalogues.keys()])('in %s no command has words that nobody reads', (language) => {
  const known = new Set([...needed, ...optional]);
  expect(own(language).filter((key) => !known.has(key))).toEqual([]);
});
