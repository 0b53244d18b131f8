import type { Block, Button, Reply, Span, Tap, Text } from '../src/chat/index.js';
import { UserError } from '../src/chat/index.js';
import { languageName } from '../src/core/meetings/languages.js';
import { isEveryDay } from '../src/core/support/oncall/hours.js';
import { type MyOncall, myOncall } from '../src/core/support/oncall/mine.js';
import { mayServe } from '../src/core/support/oncall/serve.js';
import type { AppCtx } from './define.js';
import { moment, timeOfDay, weekday } from './schedule-words.js';

type Shift = MyOncall['shifts'][number];

const and = (ctx: AppCtx, items: readonly string[]) => new Intl.ListFormat(ctx.language, { type: 'conjunction' }).format(items);

function daysOf(ctx: AppCtx, days: readonly string[]): string {
  if (isEveryDay(days)) return ctx.t('support.oncall.everyDay');
  return and(
    ctx,
    days.map((day) => weekday(ctx, day)),
  );
}

const shiftText = (ctx: AppCtx, { days, from, to, zone }: Shift): Text =>
  ctx.t(to > from ? 'support.oncall.shift' : 'support.oncall.shiftOverNight', {
    days: daysOf(ctx, days),
    from: timeOfDay(ctx, from),
    to: timeOfDay(ctx, to),
    zone: zone.replaceAll('_', ' '),
  });

function whenText(ctx: AppCtx, { isPaused, pausedUntil, isOn, next }: MyOncall): Text {
  if (pausedUntil) return ctx.rich<Span & object>('support.oncall.pausedUntil', { when: moment(ctx, pausedUntil) });
  if (isPaused) return ctx.t('support.oncall.paused');
  if (isOn) return ctx.t('support.oncall.isOn');
  return next ? ctx.rich<Span & object>('support.oncall.next', { when: moment(ctx, next) }) : ctx.t('support.oncall.noHours');
}

const change = (label: string, sub: string, input: Tap['input'] = {}, does: Tap['does'] = 'edit'): Button<Tap> => ({
  label,
  act: { path: ['support', sub], input, does },
});

function buttons(ctx: AppCtx, mine: MyOncall): Block<Tap>[] {
  const drops = mine.shifts.map(({ id }, at) =>
    change(ctx.t('support.oncall.remove', { number: at + 1 }), 'oncall-remove', { shift: id }),
  );
  return [
    {
      kind: 'buttons',
      buttons: [
        change(ctx.t('support.oncall.add'), 'oncall-add', {}, 'form'),
        mine.isPaused
          ? change(ctx.t('support.oncall.resume'), 'oncall-resume')
          : change(ctx.t('support.oncall.pause'), 'oncall-pause', {}, 'form'),
        change(ctx.t('support.oncall.languages'), 'oncall-languages', {}, 'form'),
        change(ctx.t(mine.isListed ? 'support.oncall.unlist' : 'support.oncall.list'), 'oncall-list', {
          on: mine.isListed ? 'no' : 'yes',
        }),
        change(ctx.t('support.oncall.leave'), 'oncall-leave'),
      ],
    },
    ...(drops.length > 0 ? [{ kind: 'buttons' as const, buttons: drops }] : []),
  ];
}

/** A volunteer's own screen. @param done what was just changed @throws UserError for who may be none */
export async function oncallScreen(ctx: AppCtx, done?: string): Promise<Reply> {
  const mine = await myOncall(ctx.scope);
  if (!mine && !(await mayServe(ctx.scope))) throw new UserError('support.oncall.notYet');
  const title = ctx.t('support.oncall.title');
  const told: Block<Tap>[] = done === undefined ? [] : [{ kind: 'text', text: done }];
  const head: Block<Tap>[] = [{ kind: 'heading', text: title }, ...told];
  if (!mine)
    return {
      summary: title,
      blocks: [
        ...head,
        { kind: 'text', text: ctx.t('support.oncall.what') },
        { kind: 'note', text: ctx.t('support.oncall.who') },
        { kind: 'buttons', buttons: [{ ...change(ctx.t('support.oncall.add'), 'oncall-add', {}, 'form'), style: 'primary' }] },
      ],
    };
  const spoken = and(
    ctx,
    mine.languages.map((code) => languageName(code, ctx.language)),
  );
  const items = mine.shifts.map((shift, at): Text => `${at + 1}. ${shiftText(ctx, shift)}`);
  return {
    summary: title,
    blocks: [
      ...head,
      { kind: 'text', text: whenText(ctx, mine) },
      ...(items.length > 0 ? [{ kind: 'list' as const, items }] : []),
      {
        kind: 'facts',
        facts: [
          { label: ctx.t('support.oncall.speak'), value: spoken },
          {
            label: ctx.t('support.oncall.listed'),
            value: ctx.t(mine.isListed ? 'support.oncall.isListed' : 'support.oncall.isNot'),
          },
        ],
      },
      { kind: 'note', text: ctx.t('support.oncall.who') },
      ...buttons(ctx, mine),
    ],
  };
}
