import { TestRelay, until } from '#testing';
import { NodeBus } from '../../apps/relay/src/platform/bus/node-bus.js';
import { Balancer } from '../chaos/balancer.js';
import { RedisServer } from './redis-server.js';

export type BusKind = 'postgres' | 'redis' | 'a redis before 7';

/** What came with Redis 7. */
const BEFORE_7 = ['SSUBSCRIBE', 'SUNSUBSCRIBE', 'SPUBLISH'].flatMap((name) => ['--rename-command', name, '']);

/** Two relays of one installation, which run while the tests do that are declared beside them. */
export class TwoRelays {
  private parts: {
    readonly here: TestRelay;
    readonly there: TestRelay;
    readonly redis: RedisServer | undefined;
    /** Between this relay and Redis. */
    readonly cable: Balancer | undefined;
  };

  static duringTests(kind: BusKind): TwoRelays {
    const relays = new TwoRelays();
    beforeAll(() => relays.begin(kind));
    afterAll(() => relays.end());
    return relays;
  }

  get here(): TestRelay {
    return this.parts.here;
  }

  get there(): TestRelay {
    return this.parts.there;
  }

  get redis(): RedisServer {
    if (this.parts.redis === undefined) throw new Error('these relays have no Redis');
    return this.parts.redis;
  }

  /** Waits until each hears the other. */
  async connected(): Promise<void> {
    const buses = [this.here, this.there].map((relay) => relay.part(NodeBus).bus);
    await until(() => buses.every((bus) => bus?.isUp === true), 'the bus of both relays is up');
  }

  /** Cuts off one relay from Redis, and no other. */
  async cutOffHere(): Promise<void> {
    await this.parts.cable?.close();
  }

  private async begin(kind: BusKind): Promise<void> {
    const redis = kind === 'postgres' ? undefined : await RedisServer.start(kind === 'redis' ? [] : BEFORE_7);
    const cable = redis === undefined ? undefined : await Balancer.before([redis.port]);
    const here = await TestRelay.start({ environment: settingsOf(cable?.port) });
    const there = await TestRelay.start({ beside: here, environment: settingsOf(redis?.port) });
    this.parts = { here, there, redis, cable };
    await this.connected();
  }

  private async end(): Promise<void> {
    await this.there.stop();
    await this.here.stop();
    await this.cutOffHere();
    this.parts.redis?.thaw();
    await this.parts.redis?.kill();
  }
}

function settingsOf(redisPort: number | undefined): Record<string, string> {
  return redisPort === undefined ? { BUS: 'postgres' } : { REDIS_URL: `redis://127.0.0.1:${redisPort}` };
}
