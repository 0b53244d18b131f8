import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { findResources } from '../../../src/core/resources/find.js';
import { otherNameOfState } from '../../../src/core/resources/states.js';
import { isFiller } from '../../../src/core/resources/stem.js';
import { searchOf } from '../../../src/core/resources/understand.js';
import type { Scope } from '../../../src/core/scope.js';
import type { TenantDb } from '../../../src/db/tenant.js';
import { foldWords } from '../../../src/words/fold.js';
import type { Facts } from './records.js';

/** Ids of the services that it finds, the best first. */
export type Engine = (ask: string, most: number) => Promise<readonly string[]>;

const FIELDS = ['name', 'organization', 'description', 'kind', 'city', 'county', 'state', 'postal'] as const;
/** What ours counts more, theirs do, too. */
const BOOST = { name: 2, organization: 1.5, description: 1, kind: 1, city: 3, county: 2, state: 2, postal: 3 } as const;

/** Names of states are known to all of them, and none looks for words that say nothing. */
const documentOf = (facts: Facts) => ({
  ...facts,
  state: `${facts.state} ${otherNameOfState(facts.state) ?? ''}`,
  postal: facts.postal.slice(0, 5),
});
const words = (text: string) =>
  foldWords(text)
    .split(' ')
    .filter((word) => word !== '' && !isFiller(word));

export function miniSearch(all: readonly Facts[]): Engine {
  const engine = new MiniSearch({
    fields: [...FIELDS],
    tokenize: words,
    searchOptions: {
      boost: BOOST,
      fuzzy: (word) => (word.length > 3 ? 0.2 : false),
      prefix: (word) => word.length > 3,
      maxFuzzy: 2,
    },
  });
  engine.addAll(all.map(documentOf));
  return async (ask, most) =>
    engine
      .search(ask)
      .slice(0, most)
      .map(({ id }) => id as string);
}

export function fuse(all: readonly Facts[]): Engine {
  const engine = new Fuse(all.map(documentOf), {
    keys: FIELDS.map((name) => ({ name, weight: BOOST[name] })),
    ...{
      ignoreLocation: true,
      ignoreDiacritics: true,
      threshold: 0.3,
      useTokenSearch: true,
      tokenMatch: 'any',
      includeScore: true,
    },
  });
  return async (ask, most) => engine.search(words(ask).join(' '), { limit: most }).map(({ item }) => item.id);
}

/** @param keys of our services by their ids: `record` or `record@place` */
export function ours(db: TenantDb, now: Date, keys: ReadonlyMap<string, string>): Engine {
  return async (ask, most) => {
    const { resources } = await findResources({ db, now } as unknown as Scope, await searchOf(db, { what: ask }), most);
    return resources.map(({ id }) => keys.get(id)?.split('@', 1)[0] ?? '');
  };
}
