import { invalidForm, Refusal } from './refusal.js';
import { mustFit } from './schema.js';
import { MAY } from './threads.js';
import type { World } from './world.js';

const STAGE = 1;
const VOICE = 2;
const EXTERNAL = 3;
const SCHEDULED = 1;
const ACTIVE = 2;
const MOST = 100;

/** A scheduled event of the guild, as Discord gives it. */
export interface StoredEvent {
  readonly id: string;
  readonly creator_id: string;
  name: string;
  description: string | null;
  channel_id: string | null;
  scheduled_start_time: string;
  scheduled_end_time: string | null;
  entity_type: number;
  entity_metadata: { readonly location?: string } | null;
}

type Body = Partial<Omit<StoredEvent, 'id' | 'creator_id'>> & { readonly privacy_level?: number };

const unknown = () => new Refusal(404, 10070, 'Unknown Guild Scheduled Event');

/** The calendar of the guild: what may stand in it, and who may put it there. */
export class ScheduledEvents {
  readonly #all = new Map<string, StoredEvent>();

  constructor(private readonly world: World) {}

  /** What everybody sees there now. An external one begins and ends by itself. */
  all(): readonly StoredEvent[] {
    for (const { id, entity_type, scheduled_end_time } of this.#all.values())
      if (entity_type === EXTERNAL && Date.parse(scheduled_end_time ?? '') <= this.world.now()) this.#all.delete(id);
    return [...this.#all.values()].map((event) => ({ ...event }));
  }

  /** Somebody does it in their own client. */
  changeByHand(id: string, change: Partial<StoredEvent>): void {
    Object.assign(this.#find(id), change);
  }

  deleteByHand(id: string): void {
    this.#all.delete(id);
  }

  list(guild: string): object[] {
    this.#guild(guild);
    return this.all().map((event) => this.#toApi(event));
  }

  get(guild: string, id: string): object {
    this.#guild(guild);
    return this.#toApi(this.#find(id));
  }

  create(guild: string, body: Body, by = this.world.botId): object {
    this.#guild(guild);
    mustFit(body.entity_type === EXTERNAL ? 'externalEvent' : body.entity_type === VOICE ? 'voiceEvent' : 'stageEvent', body);
    if (by === this.world.botId) this.#need(MAY.createEvents);
    const event: StoredEvent = {
      id: this.world.snowflake(),
      creator_id: by,
      name: body.name?.trim() ?? '',
      description: body.description?.trim() || null,
      channel_id: body.channel_id ?? null,
      scheduled_start_time: body.scheduled_start_time ?? '',
      scheduled_end_time: body.scheduled_end_time ?? null,
      entity_type: body.entity_type ?? 0,
      entity_metadata: body.entity_metadata ?? null,
    };
    this.#mustHold(event, true);
    if (this.all().length >= MOST) throw new Refusal(400, 30038, 'Maximum number of guild scheduled events reached (100)');
    this.#all.set(event.id, event);
    return this.#toApi(event);
  }

  edit(guild: string, id: string, body: Body): object {
    this.#guild(guild);
    const event = this.#find(id);
    const type = body.entity_type ?? event.entity_type;
    mustFit(type === EXTERNAL ? 'externalEventEdit' : type === VOICE ? 'voiceEventEdit' : 'stageEventEdit', body);
    this.#need(event.creator_id === this.world.botId ? MAY.createEvents : MAY.manageEvents);
    const { privacy_level: _, ...change } = body;
    const changed = { ...event, ...change };
    const moves = changed.scheduled_start_time !== event.scheduled_start_time;
    if (moves && this.#status(event) !== SCHEDULED) throw invalidForm(['scheduled_start_time: it has begun.']);
    this.#mustHold(changed, moves);
    Object.assign(event, changed);
    return this.#toApi(event);
  }

  remove(guild: string, id: string): void {
    this.#guild(guild);
    const event = this.#find(id);
    this.#need(event.creator_id === this.world.botId ? MAY.createEvents : MAY.manageEvents);
    this.#all.delete(id);
  }

  #guild(guild: string): void {
    if (guild !== this.world.guildId) throw new Refusal(404, 10004, 'Unknown Guild');
  }

  #find(id: string): StoredEvent {
    this.all();
    const event = this.#all.get(id);
    if (!event) throw unknown();
    return event;
  }

  /** "Manage Events" lets one do with one's own what "Create Events" does. */
  #need(bit: bigint): void {
    const may = this.world.botMay;
    if ((may & bit) === 0n && (may & MAY.manageEvents) === 0n) throw new Refusal(403, 50013, 'Missing Permissions');
  }

  #mustHold(event: StoredEvent, isNewTime: boolean): void {
    const start = Date.parse(event.scheduled_start_time);
    const end = event.scheduled_end_time === null ? undefined : Date.parse(event.scheduled_end_time);
    if (event.name === '') throw invalidForm(['name: must be between 1 and 100 in length.']);
    if (isNewTime && start <= this.world.now()) throw invalidForm(['scheduled_start_time: cannot schedule event in the past.']);
    if (end !== undefined && end <= start) throw invalidForm(['scheduled_end_time: must be after the start.']);
    if (event.entity_type === EXTERNAL) {
      if (end === undefined) throw invalidForm(['scheduled_end_time: required for external events.']);
      if (!event.entity_metadata?.location?.trim())
        throw invalidForm(['entity_metadata.location: required for external events.']);
      if (event.channel_id !== null) throw invalidForm(['channel_id: must be null for external events.']);
      return;
    }
    const channels = event.entity_type === STAGE ? this.world.stageChannels : this.world.voiceChannels;
    if (!channels.has(event.channel_id ?? '')) throw new Refusal(404, 10003, 'Unknown Channel');
    this.#need(MAY.view);
    const needed = event.entity_type === STAGE ? [MAY.manageChannels, MAY.muteMembers, MAY.moveMembers] : [MAY.connect];
    if (needed.some((bit) => (this.world.botMay & bit) === 0n)) throw new Refusal(403, 50013, 'Missing Permissions');
  }

  #status({ entity_type, scheduled_start_time }: StoredEvent): number {
    return entity_type === EXTERNAL && Date.parse(scheduled_start_time) <= this.world.now() ? ACTIVE : SCHEDULED;
  }

  #toApi(event: StoredEvent): object {
    const status = this.#status(event);
    return {
      ...event,
      guild_id: this.world.guildId,
      entity_id: null,
      privacy_level: 2,
      status,
      image: null,
      recurrence_rule: null,
    };
  }
}
