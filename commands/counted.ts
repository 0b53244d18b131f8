import type { Act } from '../src/core/limits/kinds.js';

/**
 * What nobody is ever held back from, by its path: help in need, getting out, and taking anything back. A name with a star is all below it.
 */
const NEVER = [
  ...['crisis', 'home', 'help.*', 'support.*', 'privacy.*'],
  ...[
    'checkin.plan-withdraw',
    'checkin.plan-answer',
    'checkin.reach-stop',
    'checkin.pause',
    'checkin.leave-out',
    'checkin.remove',
    'checkin.withdraw',
  ],
  ...['milestone.unshare', 'milestone.remove', 'goal.remove', 'sponsor.shares', 'sponsor.unshare', 'sponsor.nudges'],
  ...[
    'sponsor.withdraw',
    'sponsor.end',
    'sponsor.end-now',
    'sponsor.report',
    'sponsor.tell',
    'sponsor.avoid',
    'pairing.apart',
    'sponsor.drop',
  ],
  ...[
    'relay.end',
    'relay.close',
    'mentor.pause',
    'mentor.stop',
    'mentor.drop',
    'resource.hide',
    'resource.remove',
    'resource.ask-never',
  ],
  ...[
    'resource.unremind',
    'resource.asks',
    'session.mute',
    'session.drop',
    'mentor.untrain',
    'session.decline',
    'session.unsay',
    'session.unsign',
    'session.feed-stop',
  ],
  ...['session.feed-stop-all', 'session.slips', 'live.lower', 'live.pass', 'live.down', 'live.pause', 'live.end', 'live.ending'],
] as const;

/** Paths of commands that are counted as something, besides as anything that is said. Those that ask first are counted at the last tap. */
const COUNTED: Readonly<Record<string, Act>> = {
  'sponsor.ask': 'request',
  'resource.tell': 'serviceReport',
  'resource.tell-words': 'serviceReport',
  'resource.hand-in': 'suggestion',
  'milestone.post': 'post',
  'group.answer': 'post',
  'live.write': 'post',
  'checkin.plan-save': 'reach',
  'mentor.hand': 'reach',
  'resource.send-yes': 'reach',
  'checkin.look': 'export',
  'checkin.file': 'export',
  'session.calendar': 'export',
  'session.calendar-all': 'export',
  'session.sign': 'export',
  'community.audit-file': 'export',
};

/** What is still there for who is not in the community any more: what is theirs, to look at, take along and erase. */
const THEIRS = ['privacy.*', 'help.*', 'home', 'checkin.history', 'checkin.look', 'checkin.file'] as const;

const within = (names: ReadonlySet<string>, path: string): boolean => names.has(path) || names.has(`${path.split('.', 1)[0]}.*`);
const never = new Set<string>(NEVER);
const theirs = new Set<string>(THEIRS);

/** Whether it is done however much was done before. */
export const isNeverHeldBack = (path: string): boolean => within(never, path);
/** Whether who left, was removed or banned may still do it. */
export const isForWhoIsGone = (path: string): boolean => within(theirs, path);

/** What a command is counted as; undefined: as something that was said, and no more. */
export const countedAs = (path: string): Act | undefined => COUNTED[path];

/** For tests: every name above. */
export const namedHere = (): readonly string[] => [...NEVER, ...THEIRS, ...Object.keys(COUNTED)];
