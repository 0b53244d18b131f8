import type { Button, Tap } from '../src/chat/index.js';
import { CATEGORIES, conceptsIn, termOf } from '../src/core/resources/concepts.js';
import type { FoundResource } from '../src/core/resources/look.js';
import { menteesToSendTo } from '../src/core/saved/send.js';
import type { AppCtx } from './define.js';

const save = (ctx: AppCtx, id: string): Button<Tap> => ({
  label: ctx.t('saved.save'),
  act: { path: ['resource', 'save'], input: { id } },
});

/** Saves what was found, or one of it. */
export function pickButton(ctx: AppCtx, found: readonly FoundResource[]): Button<Tap> {
  const [first, ...others] = found;
  if (first && others.length === 0) return save(ctx, first.id);
  const input = { ids: found.map(({ id }) => id).join(',') };
  return { label: ctx.t('saved.pick'), act: { path: ['resource', 'pick'], input } };
}

const sendButton = (ctx: AppCtx, id: string): Button<Tap> => ({
  label: ctx.t('saved.send.button'),
  act: { path: ['resource', 'send'], input: { id } },
});

/** What can be done with a service that is shown. */
export async function lookButtons(ctx: AppCtx, id: string): Promise<Button<Tap>[]> {
  const mentees = await menteesToSendTo(ctx.scope);
  return [{ ...save(ctx, id), style: 'primary' }, ...(mentees.length > 0 ? [sendButton(ctx, id)] : [])];
}

/** Looks for others of the same kind around the same place. */
export async function similarButton(ctx: AppCtx, { id, details }: FoundResource): Promise<Button<Tap>> {
  const named = conceptsIn(details.name);
  const row = await ctx.scope.db.resource.findFirst({ where: { id }, select: { terms: true } });
  const category = CATEGORIES.find((one) => named.includes(one)) ?? CATEGORIES.find((one) => row?.terms.includes(termOf(one)));
  // The town and the state: a postal code would find what is next door only.
  const place = details.area?.replace(/[\s,]*\d[\d-]*$/u, '');
  const input = { ...(category && { category }), ...(place && { place }) };
  return { label: ctx.t('saved.similar'), act: { path: ['resource', 'find'], input } };
}
