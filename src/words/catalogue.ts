import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type audit from '../../locales/en/audit.json';
import type chat from '../../locales/en/chat.json';
import type checkin from '../../locales/en/checkin.json';
import type commands from '../../locales/en/commands.json';
import type community from '../../locales/en/community.json';
import type crisis from '../../locales/en/crisis.json';
import type ended from '../../locales/en/ended.json';
import type event from '../../locales/en/event.json';
import type exported from '../../locales/en/export.json';
import type feed from '../../locales/en/feed.json';
import type goal from '../../locales/en/goal.json';
import type group from '../../locales/en/group.json';
import type handover from '../../locales/en/handover.json';
import type help from '../../locales/en/help.json';
import type home from '../../locales/en/home.json';
import type leaving from '../../locales/en/leaving.json';
import type link from '../../locales/en/link.json';
import type live from '../../locales/en/live.json';
import type look from '../../locales/en/look.json';
import type meeting from '../../locales/en/meeting.json';
import type meetingKinds from '../../locales/en/meetingKinds.json';
import type mentor from '../../locales/en/mentor.json';
import type milestone from '../../locales/en/milestone.json';
import type pairing from '../../locales/en/pairing.json';
import type plan from '../../locales/en/plan.json';
import type playground from '../../locales/en/playground.json';
import type privacy from '../../locales/en/privacy.json';
import type prompt from '../../locales/en/prompt.json';
import type questions from '../../locales/en/questions.json';
import type queue from '../../locales/en/queue.json';
import type quiet from '../../locales/en/quiet.json';
import type relay from '../../locales/en/relay.json';
import type resource from '../../locales/en/resource.json';
import type rhythm from '../../locales/en/rhythm.json';
import type rsvp from '../../locales/en/rsvp.json';
import type rules from '../../locales/en/rules.json';
import type saved from '../../locales/en/saved.json';
import type schedule from '../../locales/en/schedule.json';
import type session from '../../locales/en/session.json';
import type share from '../../locales/en/share.json';
import type slip from '../../locales/en/slip.json';
import type sponsor from '../../locales/en/sponsor.json';
import type support from '../../locales/en/support.json';
import type templates from '../../locales/en/templates.json';
import type unreached from '../../locales/en/unreached.json';
import type verify from '../../locales/en/verify.json';
import { fromRoot } from '../root.js';

/** One file a namespace; English is the shape that every other language fills. */
interface Catalogue {
  chat: typeof chat;
  audit: typeof audit;
  checkin: typeof checkin;
  commands: typeof commands;
  community: typeof community;
  crisis: typeof crisis;
  ended: typeof ended;
  event: typeof event;
  export: typeof exported;
  feed: typeof feed;
  goal: typeof goal;
  group: typeof group;
  handover: typeof handover;
  help: typeof help;
  home: typeof home;
  pairing: typeof pairing;
  plan: typeof plan;
  leaving: typeof leaving;
  link: typeof link;
  live: typeof live;
  look: typeof look;
  meeting: typeof meeting;
  meetingKinds: typeof meetingKinds;
  mentor: typeof mentor;
  milestone: typeof milestone;
  playground: typeof playground;
  privacy: typeof privacy;
  queue: typeof queue;
  prompt: typeof prompt;
  questions: typeof questions;
  relay: typeof relay;
  quiet: typeof quiet;
  rhythm: typeof rhythm;
  resource: typeof resource;
  rsvp: typeof rsvp;
  rules: typeof rules;
  saved: typeof saved;
  schedule: typeof schedule;
  session: typeof session;
  share: typeof share;
  slip: typeof slip;
  support: typeof support;
  sponsor: typeof sponsor;
  templates: typeof templates;
  unreached: typeof unreached;
  verify: typeof verify;
}

type Leaves<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}` }[keyof T & string];

/** A dotted name of one text, such as `checkin.saved`. */
export type Key = Leaves<Catalogue>;

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read as JSON.`, { cause });
  }
}

function flatten(tree: unknown, name: string, into: Map<string, string>): Map<string, string> {
  if (typeof tree === 'string') return into.set(name, tree);
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new Error(`${name} is neither a text nor a group of texts.`);
  for (const [part, value] of Object.entries(tree)) flatten(value, `${name}.${part}`, into);
  return into;
}

/**
 * Every language under `locales/`, as dotted keys to ICU messages.
 * @throws Error when a file is not JSON or holds anything but texts and groups of texts; it names the file or the key.
 */
export function readCatalogues(dir = fromRoot('locales')): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const languages = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return new Map(
    languages.map(({ name }) => {
      const texts = new Map<string, string>();
      for (const file of readdirSync(path.join(dir, name)).filter((f) => f.endsWith('.json'))) {
        flatten(readJson(path.join(dir, name, file)), path.basename(file, '.json'), texts);
      }
      return [name, texts] as const;
    }),
  );
}
