import { crisisButton, crisisNote, whoIsThere } from '../src/cards/someone-now.js';
import type { Block, Button, Span, Tap } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import { holdersOf } from '../src/core/members/grant.js';
import { type Availability, availability } from '../src/core/support/oncall/availability.js';
import { crisisBlocks } from './crisis-blocks.js';
import type { AppCtx } from './define.js';

/** No more are named, so that nobody has to choose from a long line. */
const NAMED = 5;

/** Those of this community who can be written to by hand. */
async function peopleHere(ctx: AppCtx): Promise<Block<Tap>[]> {
  const { people } = await holdersOf(ctx.scope, 'facilitator');
  const mentions = people.slice(0, NAMED).flatMap((mention, i): Span[] => (i === 0 ? [{ mention }] : [', ', { mention }]));
  return mentions.length > 0 ? [{ kind: 'text', text: [`${ctx.t('prompt.people')} `, ...mentions] }] : [];
}

/** In which other languages somebody could be asked for. */
function languageSelect(ctx: AppCtx, { languages }: Availability, language: string): Block<Tap>[] {
  const others = languages.filter((code) => code !== language).slice(0, 25);
  if (others.length === 0) return [];
  const options = others.map((value) => ({ value, label: languageName(value, ctx.language) }));
  const act: Tap = { path: ['support', 'now'], does: 'edit' };
  return [{ kind: 'select', placeholder: ctx.t('support.offer.language'), act, param: 'language', options }];
}

function askButtons(ctx: AppCtx, language: string, isNow: boolean): Button<Tap>[] {
  const input = { language };
  return [
    {
      label: ctx.t(isNow ? 'support.offer.ask' : 'support.offer.askCaretakers'),
      style: 'primary',
      act: { path: ['support', 'begin'], input, does: 'edit' },
    },
    { label: ctx.t('support.offer.askWithWords'), act: { path: ['support', 'begin-words'], input, does: 'form' } },
  ];
}

/**
 * Who is there, what happens when one asks, and who is shown what; nobody is asked before the last tap.
 * @param chosen ISO 639; the reader's language without it
 * @returns `canAsk`: there is somebody who can be asked; where not, that is said at once, and the lines belong below
 */
export async function offer(ctx: AppCtx, chosen?: string): Promise<{ blocks: Block<Tap>[]; canAsk: boolean }> {
  const there = await availability(ctx.scope);
  const language = chosen ?? ctx.language;
  const isNow = there.now > 0;
  const who = whoIsThere({ ...ctx, zone: ctx.scope.member.zone }, there);
  if (!isNow && !there.hasCaretakers) return { blocks: [who], canAsk: false };
  const how = ctx.t(isNow ? 'support.offer.rounds' : 'support.offer.caretakers', {
    language: languageName(language, ctx.language),
  });
  const blocks: Block<Tap>[] = [
    who,
    { kind: 'list', items: [how, ctx.t('support.offer.who'), ctx.t('support.offer.direct')] },
    { kind: 'buttons', buttons: [...askButtons(ctx, language, isNow), crisisButton(ctx)] },
    ...languageSelect(ctx, there, language),
    crisisNote(ctx),
  ];
  return { blocks, canAsk: true };
}

/** Whom to write to by hand, and the local lines. */
export const otherWays = async (ctx: AppCtx): Promise<readonly Block<Tap>[]> => [
  ...(await peopleHere(ctx)),
  ...crisisBlocks(ctx),
];
