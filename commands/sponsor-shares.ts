import { type Block, type Button, type Reply, type Span, type Tap, UserError } from '../src/chat/index.js';
import { goingOn, type Mine } from '../src/core/pairing/keep-rhythm.js';
import { GIVEN, type Shares, sharesOf } from '../src/core/pairing/shares.js';
import { type AppCtx, defineUnheldCommand } from './define.js';
import { otherName } from './sponsor-status.js';

export const editTap = (path: Tap['path'], input: Tap['input']): Tap => ({ path, ...(input && { input }), does: 'edit' });

function factsOf(ctx: AppCtx, { since, missed, looks }: Shares): Block<Tap> {
  const day = (time: Date): Span & object => ({ time, style: 'date', zone: ctx.scope.member.zone });
  const { count, last } = looks;
  return {
    kind: 'facts',
    facts: [
      ...GIVEN.map((what) => {
        const from = since[what];
        const value = from ? ctx.rich<Span & object>('share.since', { day: day(from) }) : ctx.t('share.off');
        return { label: ctx.t(`share.what.${what}`), value };
      }),
      { label: ctx.t('share.what.missed'), value: ctx.t(`share.missed.${missed ?? 'off'}`) },
      {
        label: ctx.t('share.looks'),
        value: last ? ctx.rich<Span & object>('share.looked', { count, last: day(last) }) : ctx.t('share.neverLooked'),
      },
    ],
  };
}

function buttonsOf(ctx: AppCtx, pairing: string, { since, missed }: Shares): Block<Tap>[] {
  const all = [...GIVEN, 'missed'] as const;
  const isOn = (what: (typeof all)[number]) => (what === 'missed' ? missed !== undefined : since[what] !== undefined);
  const show = all.map(
    (what): Button<Tap> => ({
      label: ctx.t(isOn(what) ? `share.again.${what}` : `share.show.${what}`),
      act: editTap(['sponsor', 'share'], { pairing, what }),
    }),
  );
  const stop = all
    .filter(isOn)
    .map(
      (what): Button<Tap> => ({ label: ctx.t(`share.stop.${what}`), act: editTap(['sponsor', 'unshare'], { pairing, what }) }),
    );
  return [{ kind: 'buttons', buttons: show }, ...(stop.length > 0 ? [{ kind: 'buttons' as const, buttons: stop }] : [])];
}

const asMentee = async (ctx: AppCtx): Promise<Mine[]> => (await goingOn(ctx.scope)).filter(({ side }) => side === 'mentee');

/** Everything that the member shows their mentors, and their looks at it. @param said what is said first */
export async function sharesScreen(ctx: AppCtx, said?: string): Promise<Reply> {
  const pairings = await asMentee(ctx);
  const first = said ?? ctx.t(pairings.length > 0 ? 'share.rules' : 'share.noMentor');
  const each = await Promise.all(
    pairings.map(async (mine): Promise<Block<Tap>[]> => {
      const { id } = mine.pairing;
      const shares = await sharesOf(ctx.scope.db, mine.pairing);
      const who = await otherName(ctx, mine.pairing);
      return [
        { kind: 'text', text: ctx.rich<Span & object>('share.with', { who }) },
        factsOf(ctx, shares),
        ...buttonsOf(ctx, id, shares),
      ];
    }),
  );
  return {
    summary: ctx.t('share.mine'),
    blocks: [{ kind: 'text', text: first }, ...each.flat(), { kind: 'note', text: ctx.t('share.whoSees') }],
  };
}

export const sponsorShares = defineUnheldCommand({
  path: ['sponsor', 'shares'],
  role: 'anyone',
  reply: 'private',
  params: {},
  run: (_args, ctx) => sharesScreen(ctx),
});

/** A pairing of the member's own in which they are the mentee. @throws UserError when it is over */
export async function mentorIn(ctx: AppCtx, pairing: string | undefined): Promise<Mine> {
  const mine = (await asMentee(ctx)).find((one) => one.pairing.id === pairing);
  if (!mine) throw new UserError('rhythm.problems.over', {}, { label: 'share.mine', tap: { path: ['sponsor', 'shares'] } });
  return mine;
}
