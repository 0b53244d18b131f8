import {
  type APIGuildScheduledEvent,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  type REST,
  RESTJSONErrorCodes,
  type RESTPostAPIGuildScheduledEventJSONBody,
  Routes,
} from 'discord.js';
import type { EventRefused, Events, NativeEvent, ThereEvent } from '../../chat/index.js';
import { describe, isPassing, troubleOf } from './trouble.js';

/** "Maximum number of scheduled events": what is to come and what goes on, in one guild. */
const FULL = RESTJSONErrorCodes.MaximumNumberOfUncompletedGuildScheduledEventsReached;
const forbidden: readonly number[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
];
const gone: readonly number[] = [RESTJSONErrorCodes.UnknownGuildScheduledEvent];

function whereOf({ where }: NativeEvent) {
  if (where.kind === 'words')
    return {
      entity_type: GuildScheduledEventEntityType.External,
      entity_metadata: { location: where.text },
      channel_id: null,
    } as const;
  const { Voice, StageInstance } = GuildScheduledEventEntityType;
  return {
    entity_type: where.kind === 'voice' ? Voice : StageInstance,
    channel_id: where.channel,
    entity_metadata: null,
  } as const;
}

const bodyOf = (event: NativeEvent) => ({
  name: event.title,
  description: event.description ?? null,
  scheduled_start_time: event.startsAt.toISOString(),
  scheduled_end_time: event.endsAt.toISOString(),
  privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
  ...whereOf(event),
});

const placeOf = (raw: APIGuildScheduledEvent): NativeEvent['where'] => {
  if (raw.entity_type === GuildScheduledEventEntityType.External)
    return { kind: 'words', text: raw.entity_metadata?.location?.trim() ?? '' };
  const kind = raw.entity_type === GuildScheduledEventEntityType.Voice ? 'voice' : 'stage';
  return { kind, channel: raw.channel_id ?? '' };
};

function thereOf(raw: APIGuildScheduledEvent, self: string): ThereEvent {
  const startsAt = new Date(raw.scheduled_start_time);
  const description = raw.description?.trim();
  return {
    ref: raw.id,
    event: {
      title: raw.name.trim(),
      ...(description && { description }),
      startsAt,
      endsAt: raw.scheduled_end_time ? new Date(raw.scheduled_end_time) : startsAt,
      where: placeOf(raw),
    },
    isOurs: raw.creator_id === self,
    isUnderWay: raw.status === GuildScheduledEventStatus.Active,
  };
}

/** @throws Error when the bot itself is at fault */
function refusalOf(error: unknown): EventRefused {
  const trouble = troubleOf(error);
  const code = trouble.code ?? 0;
  if (gone.includes(code)) return { ok: false, why: 'gone' };
  if (code === FULL) return { ok: false, why: 'full' };
  if (forbidden.includes(code)) return { ok: false, why: 'forbidden' };
  if (isPassing(trouble)) return { ok: false, why: 'busy', ...(trouble.after !== undefined && { after: trouble.after }) };
  throw new Error(`Discord refused an event (${describe(trouble)}).`);
}

const isOver = ({ status }: APIGuildScheduledEvent) =>
  status === GuildScheduledEventStatus.Completed || status === GuildScheduledEventStatus.Canceled;

/** The scheduled events of a guild. @param self the bot's user id */
export function makeEvents(rest: REST, self: () => string): Events {
  const tried = async <T extends { readonly ok: true }>(work: () => Promise<T>): Promise<T | EventRefused> =>
    work().catch(refusalOf);
  const at = (space: string, ref: string) => Routes.guildScheduledEvent(space, ref);
  return {
    read: (space, ref) =>
      tried(async () => {
        const raw = (await rest.get(at(space, ref))) as APIGuildScheduledEvent;
        return { ok: true as const, raw };
      }).then((read) => {
        if (!read.ok) return read;
        return isOver(read.raw) ? { ok: false, why: 'gone' } : { ok: true, there: thereOf(read.raw, self()) };
      }),
    list: (space) =>
      tried(async () => {
        const all = (await rest.get(Routes.guildScheduledEvents(space))) as APIGuildScheduledEvent[];
        return { ok: true, all: all.filter((raw) => !isOver(raw)).map((raw) => thereOf(raw, self())) };
      }),
    create: (space, event) =>
      tried(async () => {
        const { channel_id, entity_metadata, ...plain } = bodyOf(event);
        const place = { ...(channel_id && { channel_id }), ...(entity_metadata && { entity_metadata }) };
        const body = { ...plain, ...place } as RESTPostAPIGuildScheduledEventJSONBody;
        const { id } = (await rest.post(Routes.guildScheduledEvents(space), { body })) as APIGuildScheduledEvent;
        return { ok: true, ref: id };
      }),
    edit: (space, ref, event) =>
      tried(async () => {
        await rest.patch(at(space, ref), { body: bodyOf(event) });
        return { ok: true };
      }),
    remove: (space, ref) =>
      tried(async () => {
        await rest.delete(at(space, ref));
        return { ok: true };
      }),
  };
}
