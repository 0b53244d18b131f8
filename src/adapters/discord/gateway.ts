import { type APIInteraction, GatewayDispatchEvents, type GatewayDispatchPayload, SimpleShardingStrategy } from 'discord.js';

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** The part of a shard that is needed here; `onMessage` is not public, and a test notices if it is ever renamed. */
interface Shard {
  readonly id: number;
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
  removeAllListeners(event: 'dispatch'): unknown;
  on(event: 'dispatch', listener: (event: { data: GatewayDispatchPayload }) => void): unknown;
}

export interface Listener {
  onInteraction(raw: APIInteraction): void;
  /** What else tells of a guild, of who is in its voice channels, and of who is banned. */
  onGuild(packet: GatewayDispatchPayload): void;
  /** A packet that could not be read. `kind` is the class of the error, never its text. */
  onOddPacket(error: unknown): void;
}

/** What discord.js needs to keep its connection and its list of guilds. Everything else that arrives is of no use to us. */
const wanted: readonly string[] = [
  GatewayDispatchEvents.Ready,
  GatewayDispatchEvents.Resumed,
  GatewayDispatchEvents.GuildCreate,
  GatewayDispatchEvents.GuildUpdate,
  GatewayDispatchEvents.GuildDelete,
];

/**
 * Reads the gateway as discord.js does, with two differences. A packet that makes discord.js throw is dropped here instead of
 * becoming an uncaught exception that ends the process; other exceptions of the process stay uncaught. And interactions come to us
 * as Discord wrote them, at once, rather than after discord.js has seen every guild.
 */
export class CarefulStrategy extends SimpleShardingStrategy {
  constructor(
    private readonly relay: Manager,
    private readonly listener: Listener,
  ) {
    super(relay);
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    const { shards } = this as unknown as { readonly shards: ReadonlyMap<number, Shard> };
    for (const shard of shards.values()) this.care(shard);
  }

  private care(shard: Shard): void {
    const read = shard.onMessage.bind(shard);
    shard.onMessage = async (data, isBinary) => {
      try {
        await read(data, isBinary);
      } catch (error) {
        this.listener.onOddPacket(error);
      }
    };
    shard.removeAllListeners('dispatch');
    shard.on('dispatch', ({ data }) => {
      if (data.t === GatewayDispatchEvents.InteractionCreate) this.listener.onInteraction(data.d);
      else this.pass(data, shard.id);
    });
  }

  private pass(data: GatewayDispatchPayload, shardId: number): void {
    this.listener.onGuild(data);
    if (wanted.includes(data.t)) this.emitDispatch(data, shardId);
  }

  private emitDispatch(data: GatewayDispatchPayload, shardId: number): void {
    const emit = this.relay.emit.bind(this.relay) as (
      event: string,
      payload: { data: GatewayDispatchPayload; shardId: number },
    ) => void;
    emit('dispatch', { data, shardId });
  }
}
