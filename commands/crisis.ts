import { askButton } from '../src/cards/someone-now.js';
import { type Block, type Param, param, type Tap } from '../src/chat/index.js';
import { countriesLike, readCountry } from '../src/core/support/country.js';
import { crisisCountries } from '../src/core/support/crisis.js';
import { crisisReply } from './crisis-reply.js';
import { type CrisisView, readView } from './crisis-view.js';
import { defineOfflineCommand, type OfflineCtx } from './define.js';

/** Discord shows no more while typing. */
const SUGGESTIONS = 25;

const suggest = (typed: string, language: string) =>
  countriesLike(typed, language, crisisCountries().lines).slice(0, SUGGESTIONS);

const text = param.text({ shown: 'asked', max: 100, suggest });
/** Whoever needs help and writes something else entirely gets help, not an error. */
const country: Param<string | undefined> = { ...text, schema: text.schema.catch(undefined) };

/** `IE`, `Ireland`, or what a list offers: `IE/women/`. Undefined when it is none of them. */
function read(typed: string): CrisisView | undefined {
  const country = readCountry(typed);
  return country === undefined ? readView(typed) : { country };
}

/** By consent: nothing happens before they have read who is told what. Without input, so that it needs nothing kept. */
const personHere = (ctx: OfflineCtx): Block<Tap>[] => [
  { kind: 'text', text: ctx.t('crisis.person') },
  { kind: 'buttons', buttons: [askButton(ctx)] },
];

export const crisis = defineOfflineCommand({
  path: ['crisis'],
  neverHeldBack: true,
  role: 'anyone',
  reply: 'private',
  params: { country },
  async run({ country: typed }, ctx) {
    const person = personHere(ctx);
    const asked = typed === undefined ? {} : read(typed);
    if (asked?.country) return crisisReply(asked, { person }, ctx);
    const country = ctx.country();
    const place = country
      ? asked
        ? 'crisis.place.community'
        : 'crisis.place.unreadHere'
      : asked
        ? 'crisis.place.ask'
        : 'crisis.place.unread';
    return crisisReply({ ...asked, country }, { person, place }, ctx);
  },
});
