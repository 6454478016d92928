import { randomUUID } from 'node:crypto';
import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../logging/log.js';
import { type Bus, EVERYBODY, type Frame, SILENCE_MS, type Topic, TRY_EVERY_MS } from './bus.js';
import { FollowedTopics } from './followed-topics.js';

/** One command for all that one turn of the event loop publishes. A frame goes to Redis once, however many topics it has. */
const PUBLISH = `
local at = 2
while at <= #ARGV do
  local body, last = ARGV[at], at + 1 + tonumber(ARGV[at + 1])
  for i = at + 2, last do redis.call(ARGV[1], ARGV[i], body) end
  at = last + 1
end`;

const PREFIX = 'sealpost:bus:';
const LONGEST_RETRY_MS = 1_000;

const OPTIONS: RedisOptions = {
  lazyConnect: true,
  enableOfflineQueue: false,
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  commandTimeout: SILENCE_MS,
  // A connection may be open, and nothing come of it.
  socketTimeout: 2 * SILENCE_MS,
  retryStrategy: (times) => Math.min(LONGEST_RETRY_MS, 25 * 2 ** times),
};

/**
 * Frames by publish and subscribe of Redis: a channel for each topic, so that a relay hears what is about its own sockets and no
 * more. Sharded where Redis can do that (7.0 and newer). It is up while what this relay publishes to itself comes back.
 */
export class RedisBus implements Bus {
  readonly carriesContent = true;
  isUp = false;
  losses = 0;
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  /** Before each body: who publishes hears it, too. */
  private readonly mark = `${randomUUID()} `;
  /** Of this relay alone. */
  private readonly echo = `node:${this.mark.trim()}`;
  private readonly topics = new FollowedTopics();
  /** Known once the server was asked, which it can be before the first subscription. */
  private isSharded: boolean | undefined;
  private asking: Promise<void> | undefined;
  private outgoing: Frame[] = [];
  private flushing: Promise<void> | undefined;
  private echoedAtMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    url: string,
    private readonly log: Log,
  ) {
    [this.publisher, this.subscriber] = [new Redis(url, OPTIONS), new Redis(url, OPTIONS)];
    for (const topic of [this.echo, EVERYBODY]) this.topics.want(topic);
  }

  start(hear: (frame: Frame) => void): void {
    const take = (channel: string, text: string): void => {
      const topic = channel.slice(PREFIX.length);
      if (topic === this.echo) this.hearItself();
      else if (!text.startsWith(this.mark)) hear({ topics: [topic], body: text.slice(this.mark.length) });
    };
    this.subscriber.on('message', take).on('smessage', take);
    this.subscriber.on('ready', () => {
      this.isSharded = undefined;
      this.topics.forget();
      this.ask();
    });
    for (const redis of [this.publisher, this.subscriber]) {
      redis.on('close', () => this.lose());
      // Told by what follows from it: the bus is down.
      redis.on('error', () => undefined);
      redis.connect().catch(() => undefined);
    }
    this.timer = setInterval(() => this.tryOut(), TRY_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flushing;
    this.isUp = false;
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  publish(frame: Frame): void {
    if (!this.isUp) return;
    this.outgoing.push(frame);
    this.flushing ??= new Promise((resolve) => setImmediate(resolve)).then(() => this.flush());
  }

  follow(topic: Topic): void {
    this.topics.want(topic);
    this.ask();
  }

  unfollow(topic: Topic): void {
    this.topics.unwant(topic);
    this.ask();
  }

  followed(): Promise<void> | undefined {
    return this.isUp ? this.asking : undefined;
  }

  private async flush(): Promise<void> {
    try {
      while (this.outgoing.length > 0) await this.send(this.outgoing.splice(0));
    } catch {
      this.lose();
    }
    this.flushing = undefined;
  }

  private async send(frames: readonly Frame[]): Promise<void> {
    const args = frames.flatMap(({ topics, body }) => [this.mark + body, topics.length, ...topics.map(channelOf)]);
    await this.publisher.eval(PUBLISH, 0, this.isSharded === true ? 'SPUBLISH' : 'PUBLISH', ...args);
  }

  /** What comes in one turn of the event loop is asked for together. */
  private ask(): void {
    if (this.subscriber.status !== 'ready') return;
    this.asking ??= new Promise((resolve) => setImmediate(resolve))
      .then(() => this.askForAll())
      .catch(() => {
        this.asking = undefined;
        // What it follows is not known now: it begins again with nothing.
        this.subscriber.disconnect(true);
      });
  }

  private async askForAll(): Promise<void> {
    const isSharded = (this.isSharded ??= await hasShardedChannels(this.subscriber));
    for (let change = this.topics.take(); change !== undefined; change = this.topics.take()) {
      const [add, drop] = [change.add.map(channelOf), change.drop.map(channelOf)];
      if (add.length > 0) await (isSharded ? this.subscriber.ssubscribe(...add) : this.subscriber.subscribe(...add));
      if (drop.length > 0)
        await (isSharded ? this.subscriber.sunsubscribe(...drop) : this.subscriber.unsubscribe(...drop));
      this.topics.confirm(change);
    }
    // In the same step as the last look: who comes after that asks anew, and waits for that.
    this.asking = undefined;
  }

  private tryOut(): void {
    if (this.isUp && performance.now() - this.echoedAtMs > SILENCE_MS) this.lose();
    if (this.publisher.status === 'ready') this.send([{ topics: [this.echo], body: '' }]).catch(() => undefined);
    // The side that only listens finds out by this that nobody is there any more.
    if (!this.isUp && this.subscriber.status === 'ready') this.subscriber.ping().catch(() => undefined);
  }

  private hearItself(): void {
    this.echoedAtMs = performance.now();
    // Until it hears of everything it follows, something could pass it by.
    if (this.isUp || this.asking !== undefined) return;
    this.isUp = true;
    this.log.info('bus ready');
  }

  private lose(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.losses++;
    this.outgoing = [];
    this.log.warn('bus lost, catching up from the database until it is back');
  }
}

async function hasShardedChannels(redis: Redis): Promise<boolean> {
  const [known] = await redis.command('INFO', 'ssubscribe');
  return known !== null;
}

function channelOf(topic: Topic): string {
  return PREFIX + topic;
}
