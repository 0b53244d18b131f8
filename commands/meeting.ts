import { type Choice, type Param, param, type Reply, typedOnly, UserError } from '../src/chat/index.js';
import { type Found, findMeetings, lookAtMeeting } from '../src/core/meetings/find.js';
import { languageNames } from '../src/core/meetings/languages.js';
import type { Cursor } from '../src/core/meetings/order.js';
import { bringSample } from '../src/core/meetings/sample.js';
import type { Search } from '../src/core/meetings/search.js';
import { type Source, sourcesOf } from '../src/core/meetings/sources.js';
import { kindNames } from '../src/core/meetings/types.js';
import { ASKS, type Asked, readLoosely, saysWhen, searchOf } from '../src/core/meetings/understand.js';
import { foldWords } from '../src/words/fold.js';
import { type AppCtx, defineCommand, tapped } from './define.js';
import { foundReply, lookReply, nothingReply } from './meeting-reply.js';
import { emptyReply, madeUp, onlyInPlayground } from './sample.js';

/** Meetings at once. */
const PAGE = 5;
const MOST_SUGGESTED = 25;

const like =
  (names: (language: string) => readonly string[]) =>
  (typed: string, language: string): readonly Choice[] =>
    names(language)
      .filter((name) => foldWords(name).includes(foldWords(typed)))
      .slice(0, MOST_SUGGESTED)
      .map((name) => ({ value: name, label: name }));

/** Words that must say when, so that others are left for the next param when nobody named it. */
function wish(manana: 'day' | 'time'): Param<string | undefined> {
  const text = param.text({ shown: 'asked', max: 80 });
  return {
    ...text,
    problem: 'meeting.unknown.when',
    schema: text.schema.refine((said) => said === undefined || saysWhen(said, manana)),
  };
}

function search(ctx: AppCtx, wanted: Search, sources: readonly Source[], after?: Cursor): Promise<Found> {
  return findMeetings(ctx.scope, wanted, sources, PAGE, after);
}

/** What can be left out, one at a time, so that something is found. */
async function whatHelps(ctx: AppCtx, asked: Asked, sources: readonly Source[]): Promise<(keyof Asked)[]> {
  const helps: (keyof Asked)[] = [];
  for (const name of ASKS.filter((one) => asked[one] !== undefined)) {
    const { meetings } = await search(ctx, searchOf(ctx.scope, { ...asked, [name]: undefined }, sources), sources);
    if (meetings.length > 0) helps.push(name);
  }
  return helps;
}

async function find(ctx: AppCtx, asked: Asked, after: Cursor | undefined): Promise<Reply> {
  const sources = await sourcesOf(ctx.scope.db);
  if (sources.length === 0) return emptyReply(ctx, 'meeting');
  const found = await search(ctx, searchOf(ctx.scope, asked, sources), sources, after);
  if (found.meetings.length > 0) return foundReply(ctx, found, sources, asked);
  const loosely = readLoosely(asked, sources);
  const again = loosely && (await search(ctx, searchOf(ctx.scope, loosely.asked, sources, loosely.wish), sources, after));
  // With what was typed, so that the next page understands it in the same way.
  if (again && again.meetings.length > 0) return foundReply(ctx, again, sources, asked);
  return nothingReply(ctx, asked, await whatHelps(ctx, asked, sources));
}

export const meetingFind = defineCommand({
  path: ['meeting', 'find'],
  role: 'anyone',
  reply: 'private',
  params: {
    day: wish('day'),
    time: wish('time'),
    how: param.choice(['online', 'in-person'], {}),
    place: param.text({ shown: 'asked', max: 80 }),
    type: param.text({ shown: 'asked', max: 60, suggest: like(kindNames) }),
    language: typedOnly(param.text({ shown: 'asked', max: 40, suggest: like(languageNames) })),
    source: typedOnly(param.text({ shown: 'asked', max: 60 })),
    at: param.ref({}),
    after: param.ref({}),
  },
  run({ at, after, ...asked }, ctx) {
    return find(ctx, asked, after === undefined ? undefined : { id: after, at: at === undefined ? null : Number(at) });
  },
});

const meetingLook = defineCommand({
  path: ['meeting', 'look'],
  ...tapped,
  params: { id: param.ref({ required: true }) },
  async run({ id }, ctx) {
    const [meeting, sources] = await Promise.all([lookAtMeeting(ctx.scope, id), sourcesOf(ctx.scope.db)]);
    if (!meeting) throw new UserError('meeting.gone');
    return lookReply(
      ctx,
      meeting,
      sources.find((source) => source.id === meeting.sourceId),
    );
  },
});

/** Only in the playground, where nobody can take a made-up meeting for a real one. */
const meetingSample = defineCommand({
  path: ['meeting', 'sample'],
  ...tapped,
  params: {},
  async run(_args, ctx) {
    onlyInPlayground(ctx);
    await bringSample(ctx.scope, ctx);
    return madeUp(ctx, 'meeting', await find(ctx, {}, undefined));
  },
});

/** Reached from what was found. */
export const meetingTaps = [meetingLook, meetingSample];
