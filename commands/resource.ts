import { type Choice, param, type Reply, typedOnly, UserError } from '../src/chat/index.js';
import { languageNamed, languageNames } from '../src/core/meetings/languages.js';
import { CATEGORIES, COSTS, WHOS } from '../src/core/resources/concepts.js';
import { countMember } from '../src/core/resources/counts/count.js';
import { topicsAsked } from '../src/core/resources/counts/topics.js';
import { type Found, findResources } from '../src/core/resources/find.js';
import { lookAtResource } from '../src/core/resources/look.js';
import { bringSampleServices } from '../src/core/resources/sample.js';
import { type ResourceSource, resourceSourcesOf } from '../src/core/resources/sources.js';
import { ASKS, type Asked, searchOf } from '../src/core/resources/understand.js';
import { foldWords } from '../src/words/fold.js';
import { type AppCtx, defineCommand, tapped, tappedByRole } from './define.js';
import { suggestPlaces } from './places.js';
import { lookReply } from './resource-look-reply.js';
import { foundReply, nothingReply } from './resource-reply.js';
import { emptyReply, madeUp, onlyInPlayground } from './sample.js';
import { lookButtons } from './saved-buttons.js';

/** Services at once. */
const PAGE = 5;
/** No page begins later: who has not found it by then asks more exactly. */
const FARTHEST = 500;
const MOST_SUGGESTED = 25;
const MOST_MILES = 500;

const languagesLike = (typed: string, language: string): readonly Choice[] =>
  languageNames(language)
    .filter((name) => foldWords(name).includes(foldWords(typed)))
    .slice(0, MOST_SUGGESTED)
    .map((name) => ({ value: name, label: name }));

function understood(asked: Asked): Asked {
  if (asked.language === undefined) return asked;
  const language = languageNamed(asked.language);
  if (language === undefined) throw new UserError('resource.unknown.language');
  return { ...asked, language };
}

async function search({ scope }: AppCtx, asked: Asked, skip = 0): Promise<Found> {
  return findResources(scope, await searchOf(scope.db, understood(asked)), PAGE, skip);
}

/** What can be left out, one at a time, so that something is found. */
async function whatHelps(ctx: AppCtx, asked: Asked): Promise<(typeof ASKS)[number][]> {
  const helps: (typeof ASKS)[number][] = [];
  const given = ASKS.filter((name) => asked[name] !== undefined);
  for (const name of given.length > 1 ? given : []) {
    const { resources } = await search(ctx, { ...asked, [name]: undefined });
    if (resources.length > 0) helps.push(name);
  }
  return helps;
}

/** So that a coordinator knows what is missing. Who asked is not kept. */
async function count({ scope }: AppCtx, asked: Asked, { resources }: Found): Promise<void> {
  const topics = topicsAsked(asked);
  await countMember(scope, 'asked', topics);
  if (resources.length === 0) await countMember(scope, 'nothing', topics);
}

async function find(ctx: AppCtx, asked: Asked, skip: number): Promise<Reply> {
  const sources: readonly ResourceSource[] = await resourceSourcesOf(ctx.scope.db);
  if (sources.length === 0) return emptyReply(ctx, 'resource');
  const found = await search(ctx, asked, skip);
  if (skip === 0) await count(ctx, asked, found);
  if (found.resources.length > 0) return foundReply(ctx, found, sources, asked, skip + PAGE);
  return nothingReply(ctx, asked, await whatHelps(ctx, asked));
}

export const resourceFind = defineCommand({
  path: ['resource', 'find'],
  role: 'anyone',
  reply: 'private',
  params: {
    what: param.text({ shown: 'asked', max: 120 }),
    place: param.text({ shown: 'asked', max: 80, suggest: suggestPlaces }),
    category: param.choice(CATEGORIES, {}),
    who: param.choice(WHOS, {}),
    cost: param.choice(COSTS, {}),
    open: typedOnly(param.bool({})),
    within: typedOnly(param.int({ min: 1, max: MOST_MILES })),
    language: typedOnly(param.text({ shown: 'asked', max: 40, suggest: languagesLike })),
    skip: param.ref({}),
  },
  run({ skip, open, ...asked }, ctx) {
    const from = Math.min(Number(skip ?? 0) || 0, FARTHEST);
    // Open or not is no question of those that are closed.
    return find(ctx, { ...asked, open: open ? true : undefined }, from);
  },
});

const resourceLook = defineCommand({
  path: ['resource', 'look'],
  ...tappedByRole,
  params: { id: param.ref({ required: true }) },
  async run({ id }, ctx) {
    const [resource, sources] = await Promise.all([lookAtResource(ctx.scope, id), resourceSourcesOf(ctx.scope.db)]);
    const source = sources.find((one) => one.id === resource?.sourceId);
    if (!resource || !source || resource.retiredAt) throw new UserError('resource.gone');
    return lookReply(ctx, resource, source, await lookButtons(ctx, id));
  },
});

const resourceSample = defineCommand({
  path: ['resource', 'sample'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    onlyInPlayground(ctx);
    await bringSampleServices(ctx.scope, ctx);
    return madeUp(ctx, 'resource', await find(ctx, {}, 0));
  },
});

/** Reached from what was found. */
export const resourceTaps = [resourceLook, resourceSample];
