import { param, UserError } from '../src/chat/index.js';
import { countriesLike, readCountry } from '../src/core/support/country.js';
import { crisisCountries } from '../src/core/support/crisis.js';
import { localLines } from '../src/core/support/local/load.js';
import { checkedLine, hideLine, removeLine } from '../src/core/support/local/save.js';
import { communityCrisisWrite } from './community-crisis-form.js';
import { crisisLinesScreen, ownLineScreen, shippedLineScreen } from './community-crisis-screens.js';
import { defineCommand } from './define.js';

const coordinating = { role: 'coordinator', reply: 'private', hidden: true } as const;
const suggest = (typed: string, language: string) => countriesLike(typed, language, crisisCountries().lines).slice(0, 25);

/** What this community says of crisis lines. */
export const communityCrisis = defineCommand({
  path: ['community', 'crisis'],
  role: 'coordinator',
  reply: 'private',
  params: { country: param.text({ shown: 'asked', max: 60, suggest }) },
  async run({ country: typed }, ctx) {
    const country = typed === undefined ? ctx.scope.community.country : readCountry(typed);
    if (typed !== undefined && country === undefined) throw new UserError('community.unknownCountry', { country: typed });
    return crisisLinesScreen(ctx, country);
  },
});

const line = param.ref({ required: true });

const communityCrisisLine = defineCommand({
  path: ['community', 'crisis-line'],
  ...coordinating,
  params: { line },
  async run({ line: id }, ctx) {
    const own = (await localLines(ctx.scope)).find((one) => one.id === id);
    const screen = own ? ownLineScreen(ctx, own) : shippedLineScreen(ctx, id);
    if (!screen) throw new UserError('crisis.local.problems.gone');
    return screen;
  },
});

const communityCrisisDo = defineCommand({
  path: ['community', 'crisis-do'],
  ...coordinating,
  params: { what: param.pressed(['checked', 'remove', 'hide']), line },
  async run({ what, line: id }, ctx) {
    await { checked: checkedLine, remove: removeLine, hide: hideLine }[what](ctx.scope, id);
    return crisisLinesScreen(ctx, ctx.scope.community.country, `crisis.local.did.${what}`);
  },
});

export const crisisTaps = [communityCrisisWrite, communityCrisisLine, communityCrisisDo];
