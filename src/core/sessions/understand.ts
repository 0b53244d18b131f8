import { randomUUID } from 'node:crypto';
import { UserError } from '../../chat/errors.js';
import { readLanguage } from '../../words/languages.js';
import type { PlatformName } from '../names.js';
import type { Scope } from '../scope.js';
import { draftSchema, type SessionDraft } from './draft.js';
import type { SessionFormat, SessionVisibility } from './kinds.js';
import { type ReadOnce, understandSessionTimes } from './times.js';
import { readWhere } from './where.js';

type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What the first form asks for. */
export type SaidBasics = Said<{ title: string; when: string; minutes: number; format: SessionFormat; where: string }>;

/** What has a good default. In the form of its own, what is left empty is meant to be empty. */
export type SaidMore = Said<{
  description: string;
  name: string;
  zone: string;
  capacity: number;
  language: string;
  closed: boolean;
  visibility: SessionVisibility;
  chair: string;
  cochair: string;
  backup: readonly string[];
}>;

/** Where something is said, and by whom. */
export interface SaidWhere {
  /** The platform's id of the channel; undefined in a direct message. */
  readonly channel?: string | undefined;
  readonly platform: PlatformName;
  /** The platform's id of who says it. */
  readonly user: string;
  readonly read: ReadOnce;
}

const HOUR = 60;

/** @throws UserError when there is no such language */
export function languageOf(text: string): string {
  const tag = readLanguage(text);
  if (!tag) throw new UserError('session.problems.language', { text });
  return tag;
}

const moreOf = (said: SaidMore) => ({
  description: said.description,
  formatName: said.name,
  capacity: said.capacity,
  language: said.language === undefined ? undefined : languageOf(said.language),
  isClosed: said.closed ?? false,
  visibility: said.visibility ?? 'community',
  coChair: said.cochair,
  backups: [...(said.backup ?? [])],
});

/** A new session, as it was said for the first time. @throws UserError that says what to do */
export function newDraft({ community, now }: Scope, said: SaidBasics & SaidMore, at: SaidWhere): SessionDraft {
  const zone = said.zone ?? community.zone;
  return draftSchema.parse({
    id: randomUUID(),
    isNew: true,
    title: said.title,
    format: said.format ?? (said.name === undefined ? 'open' : 'own'),
    when: said.when,
    times: understandSessionTimes(said.when ?? '', zone, now, at.read),
    zone,
    minutes: said.minutes ?? HOUR,
    where: said.where,
    ...readWhere(said.where, at.channel, at.platform),
    ...moreOf(said),
    chair: said.chair ?? at.user,
  });
}

/** The same with other basics. Where a session that is there already was, it stays, unless another place is said. */
export function withBasics(draft: SessionDraft, said: SaidBasics, { now }: Scope, at: SaidWhere): SessionDraft {
  const { place, channelId, link, address, ...rest } = draft;
  const isElsewhere = said.where !== draft.where && (draft.isNew || said.where !== undefined);
  const where = isElsewhere ? readWhere(said.where, at.channel, at.platform) : { place, channelId, link, address };
  return draftSchema.parse({
    ...rest,
    title: said.title ?? draft.title,
    format: said.format ?? draft.format,
    minutes: said.minutes ?? draft.minutes,
    when: said.when,
    times: said.when === undefined ? draft.times : understandSessionTimes(said.when, draft.zone, now, at.read),
    where: said.where ?? draft.where,
    ...where,
  });
}

/** The same with the rest of it as it was said. In another zone the local times stay, unless they were said as one moment. */
export function withMore(draft: SessionDraft, said: SaidMore, { now }: Scope, at: SaidWhere): SessionDraft {
  const zone = said.zone ?? draft.zone;
  const isMoment = draft.when !== undefined && zone !== draft.zone;
  return draftSchema.parse({
    ...draft,
    ...moreOf(said),
    zone,
    times: isMoment && draft.when ? understandSessionTimes(draft.when, zone, now, at.read) : draft.times,
    chair: said.chair,
  });
}
