import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type chat from '../../locales/en/chat.json';
import type checkin from '../../locales/en/checkin.json';
import type commands from '../../locales/en/commands.json';
import type community from '../../locales/en/community.json';
import type crisis from '../../locales/en/crisis.json';
import type help from '../../locales/en/help.json';
import type privacy from '../../locales/en/privacy.json';
import { fromRoot } from '../root.js';

/** One file a namespace; English is the shape that every other language fills. */
interface Catalogue {
  chat: typeof chat;
  checkin: typeof checkin;
  commands: typeof commands;
  community: typeof community;
  crisis: typeof crisis;
  help: typeof help;
  privacy: typeof privacy;
}

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** A dotted name of one text, such as `checkin.saved`. */
export type Key = Leaves<Catalogue>;

type Tree = { readonly [name: string]: string | Tree };

function flatten(tree: Tree, prefix: string, into: Map<string, string>): Map<string, string> {
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'string') into.set(`${prefix}${name}`, value);
    else flatten(value, `${prefix}${name}.`, into);
  }
  return into;
}

/** Every language under `locales/`, as dotted keys to ICU messages. */
export function readCatalogues(dir = fromRoot('locales')): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const languages = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    languages.map(({ name }) => {
      const texts = new Map<string, string>();
      for (const file of readdirSync(path.join(dir, name)).filter((f) => f.endsWith('.json'))) {
        const tree = JSON.parse(readFileSync(path.join(dir, name, file), 'utf8')) as Tree;
        flatten(tree, `${path.basename(file, '.json')}.`, texts);
      }
      return [name, texts] as const;
    }),
  );
}
