import { type Block, shorten, type Tap, type Text } from '../src/chat/index.js';
import { guideMeeting, publicList } from '../src/core/feeds/public-list.js';
import { sessionsInFull } from '../src/core/feeds/sessions.js';
import type { AppCtx } from './define.js';

export const looksAfterSessions = ({ scope: { roles } }: AppCtx): boolean => roles.has('facilitator') || roles.has('coordinator');

/** A select of the strictest platform. */
const OPTIONS = 25;

const act = (sub: string, input: Tap['input']): Tap => ({ path: ['session', sub], does: 'edit', ...(input && { input }) });

/** For those who look after sessions: the public list, what is in it and what is not, and why. */
export async function publicBlocks(ctx: AppCtx): Promise<Block<Tap>[]> {
  const { t, scope } = ctx;
  const { url } = scope.site ?? {};
  if (url === undefined) return [];
  const [id, listed] = await Promise.all([publicList(scope), sessionsInFull(scope, scope.now)]);
  const judged = listed.map((one) => ({
    ...one,
    guide: guideMeeting(one.session, one.details, scope.community.language, scope.now),
  }));
  const line = ({ details: { title }, guide }: (typeof judged)[number]): Text => [
    { bold: title },
    `: ${'meeting' in guide ? t(guide.meeting.conference_url ? 'feed.inWithLink' : 'feed.in') : t(`feed.out.${guide.leftOut}`)}`,
  ];
  const links = judged.filter(
    ({ session, details, guide }) => 'meeting' in guide && session.place === 'link' && !session.isClosed && details.link,
  );
  return [
    { kind: 'divider' },
    { kind: 'text', text: [{ bold: t('feed.publicTitle') }] },
    { kind: 'text', text: t(id ? 'feed.publicOn' : 'feed.publicOff') },
    ...(id ? [{ kind: 'text' as const, text: [{ link: `${url}/feeds/${id}/meetings.json` }] }] : []),
    ...(judged.length > 0 ? [{ kind: 'list' as const, items: judged.map(line) }] : []),
    {
      kind: 'buttons',
      buttons: [
        id
          ? { label: t('feed.unpublish'), style: 'danger', act: act('feed-publish', { on: 'no' }) }
          : { label: t('feed.publish'), act: act('feed-publish', { on: 'yes' }) },
        ...(scope.roles.has('coordinator') ? [{ label: t('feed.stopAll'), act: act('feed-stop-all', undefined) }] : []),
      ],
    },
    ...(links.length > 0
      ? [
          { kind: 'note' as const, text: t('feed.linksAreHidden') },
          {
            kind: 'select' as const,
            placeholder: t('feed.chooseLink'),
            act: act('feed-share', undefined),
            param: 'pick',
            options: links.slice(0, OPTIONS).map(({ session, details: { title } }) => ({
              value: `${session.id} ${session.sharesLink ? 'no' : 'yes'}`,
              label: shorten(t(session.sharesLink ? 'feed.hideLink' : 'feed.tellLink', { title }), 75),
            })),
          },
        ]
      : []),
  ];
}
