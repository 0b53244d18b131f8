import { param, type Reply, UserError } from '../src/chat/index.js';
import { languageNamed } from '../src/core/meetings/languages.js';
import { addShift, DAY_NAMES, type DayName } from '../src/core/support/oncall/add.js';
import { changeOncall, type OncallChange } from '../src/core/support/oncall/change.js';
import { removeShift } from '../src/core/support/oncall/remove.js';
import { type AppCtx, defineUnheldCommand, tappedByRole } from './define.js';
import { said } from './said.js';
import { oncallScreen } from './support-oncall-screen.js';

interface Hours {
  readonly days?: readonly DayName[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone?: string | undefined;
}

async function add(ctx: AppCtx, { days = ['daily'], from, to, zone }: Hours): Promise<Reply> {
  if (from === undefined || to === undefined) throw new UserError('support.oncall.bothTimes');
  await addShift(ctx.scope, { days, from, to, zone: zone ?? ctx.scope.member.zone });
  return oncallScreen(ctx, ctx.t('support.oncall.added'));
}

const hours = {
  days: param.choices(DAY_NAMES, {}),
  from: param.text({ shown: 'asked', max: 40 }),
  to: param.text({ shown: 'asked', max: 40 }),
  zone: param.zone({}),
};

const supportOncall = defineUnheldCommand({
  path: ['support', 'oncall'],
  role: 'anyone',
  reply: 'private',
  asksRoles: true,
  params: hours,
  run: (args, ctx) => (Object.values(args).every((value) => value === undefined) ? oncallScreen(ctx) : add(ctx, args)),
});

const supportOncallAdd = defineUnheldCommand({
  path: ['support', 'oncall-add'],
  ...tappedByRole,
  form: 'always',
  params: {
    ...hours,
    from: param.text({ shown: 'asked', required: true, max: 40 }),
    to: param.text({ shown: 'asked', required: true, max: 40 }),
  },
  run: (args, ctx) => add(ctx, args),
});

const supportOncallRemove = defineUnheldCommand({
  path: ['support', 'oncall-remove'],
  ...tappedByRole,
  params: { shift: param.ref({ required: true }) },
  async run({ shift }, ctx) {
    await removeShift(ctx.scope, shift);
    return oncallScreen(ctx, ctx.t('support.oncall.removed'));
  },
});

const supportOncallLeave = defineUnheldCommand({
  path: ['support', 'oncall-leave'],
  ...tappedByRole,
  params: {},
  async run(_args, ctx) {
    await removeShift(ctx.scope);
    return said(ctx.t('support.oncall.left'));
  },
});

async function changed(ctx: AppCtx, what: OncallChange, done: string): Promise<Reply> {
  await changeOncall(ctx.scope, what);
  return oncallScreen(ctx, done);
}

const supportOncallPause = defineUnheldCommand({
  path: ['support', 'oncall-pause'],
  ...tappedByRole,
  form: 'always',
  params: { until: param.when({}) },
  async run({ until }, ctx) {
    const at = until?.at(ctx.scope.member.zone, ctx.now, true)?.instant;
    if (until && !at) throw new UserError('schedule.pastPause');
    return changed(ctx, { pauseUntil: at ?? null }, ctx.t('support.oncall.pausedNow'));
  },
});

const supportOncallResume = defineUnheldCommand({
  path: ['support', 'oncall-resume'],
  ...tappedByRole,
  params: {},
  run: (_args, ctx) => changed(ctx, { resume: true }, ctx.t('support.oncall.resumed')),
});

const supportOncallLanguages = defineUnheldCommand({
  path: ['support', 'oncall-languages'],
  ...tappedByRole,
  form: 'always',
  params: { languages: param.text({ shown: 'asked', required: true, max: 200 }) },
  async run({ languages }, ctx) {
    const names = languages.split(/\s*(?:[,;/]|\s(?:and|y|e)\s)\s*/u).filter(Boolean);
    const unread = names.find((name) => languageNamed(name) === undefined);
    if (unread !== undefined) throw new UserError('support.oncall.unreadLanguage', { name: unread });
    const codes = [...new Set(names.flatMap((name) => languageNamed(name) ?? []))];
    return changed(ctx, codes.length > 0 ? { languages: codes } : {}, ctx.t('support.oncall.languagesSaved'));
  },
});

const supportOncallList = defineUnheldCommand({
  path: ['support', 'oncall-list'],
  ...tappedByRole,
  params: { on: param.ref({ required: true }) },
  run: ({ on }, ctx) =>
    changed(ctx, { isListed: on === 'yes' }, ctx.t(on === 'yes' ? 'support.oncall.listedNow' : 'support.oncall.unlistedNow')),
});

export { supportOncall };
/** What a volunteer changes about their own hours. */
export const oncallTaps = [
  supportOncallAdd,
  supportOncallRemove,
  supportOncallLeave,
  supportOncallPause,
  supportOncallResume,
  supportOncallLanguages,
  supportOncallList,
];
