import { askButton } from '../src/cards/someone-now.js';
import { type Block, type Param, param, type Tap } from '../src/chat/index.js';
import { countriesLike, readCountry } from '../src/core/support/country.js';
import { crisisCountries } from '../src/core/support/crisis.js';
import { askReply, type Group, isGroup, linesReply } from './crisis-reply.js';
import { defineOfflineCommand, type OfflineCtx } from './define.js';

/** Discord shows no more while typing. */
const SUGGESTIONS = 25;

const suggest = (typed: string, language: string) =>
  countriesLike(typed, language, crisisCountries().lines).slice(0, SUGGESTIONS);

const text = param.text({ shown: 'asked', max: 100, suggest });
/** Whoever needs help and writes something else entirely gets help, not an error. */
const country: Param<string | undefined> = { ...text, schema: text.schema.catch(undefined) };

/** `IE`, `Ireland`, or what the list of further lines says: `IE/women`. */
function read(typed: string): { readonly country: string | undefined; readonly group: Group | undefined } {
  const [place = '', group = ''] = /^[A-Z]{2}\/[a-z]+$/u.test(typed) ? typed.split('/') : [typed];
  return { country: readCountry(place), group: isGroup(group) ? group : undefined };
}

/** By consent: nothing happens before they have read who is told what. Without input, so that it needs nothing kept. */
const personHere = (ctx: OfflineCtx): Block<Tap>[] => [
  { kind: 'text', text: ctx.t('crisis.person') },
  { kind: 'buttons', buttons: [askButton(ctx)] },
];

export const crisis = defineOfflineCommand({
  path: ['crisis'],
  role: 'anyone',
  reply: 'private',
  params: { country },
  async run(args, ctx) {
    const person = personHere(ctx);
    const asked = args.country === undefined ? undefined : read(args.country);
    if (asked?.country) return linesReply(asked.country, asked.group, undefined, ctx, person);
    const here = ctx.country();
    if (!here) return askReply(asked ? 'crisis.place.unread' : 'crisis.place.ask', ctx, person);
    return linesReply(here, undefined, asked ? 'crisis.place.unreadHere' : 'crisis.place.community', ctx, person);
  },
});
