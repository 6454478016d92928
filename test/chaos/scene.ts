import { Seeded, TestUser, until } from '#testing';
import { Follower } from '../e2e/follower.js';
import { groupOf } from '../e2e/sending.js';
import type { LoggedEntry } from './history.js';
import { Load } from './load.js';

const PATIENCE_MS = 30_000;

interface Serving {
  readonly url: string;
}

/** Somebody who reads everything, live and afterwards, and others who write to them as fast as they can. */
export class Scene {
  private constructor(
    readonly load: Load,
    private readonly reader: TestUser,
    private readonly follower: Follower,
    private readonly conversationIds: readonly string[],
  ) {}

  /** @param circles of three people who write, in three conversations with the reader */
  static async open(relay: Serving, random: Seeded, circles = 1): Promise<Scene> {
    const reader = await register(relay);
    // One of its own: the order in which clients draw is never the same, and the moments of the kills are to be.
    const load = new Load(relay.url, Seeded.of(random.between(0, 2 ** 31)));
    const conversationIds: string[] = [];
    for (let n = 0; n < circles; n++) conversationIds.push(...(await writeTo(reader, load, relay)));
    const follower = await Follower.follow(relay.url, reader);
    return new Scene(load, reader, follower, conversationIds);
  }

  /** Waits until the reader's device has heard of all that was acknowledged by now. */
  async catchUp(): Promise<void> {
    const heads = this.conversationIds.map((id) => [id, this.load.history.headOf(id)] as const);
    const isThere = () => heads.every(([id, head]) => this.follower.logOf(id).length >= head);
    await until(isThere, 'the reader’s device has caught up', PATIENCE_MS);
  }

  /** How much the reader's device has heard of by now. */
  get heard(): number {
    return this.conversationIds.reduce((sum, id) => sum + this.follower.logOf(id).length, 0);
  }

  /** Ends the writing, and tells in what the logs and the reader's device break the promises. */
  async violations(): Promise<string[]> {
    await this.load.finish();
    const { items } = await this.reader.syncAll();
    const found = this.load.history.violations(items);
    for (const conversationId of this.conversationIds)
      found.push(...(await this.missed(conversationId, items[conversationId] ?? [])));
    return found;
  }

  async close(): Promise<void> {
    this.follower.close();
    await this.load.abandon();
  }

  /** What a connected device has must in the end be what the log holds: nothing was shown to it that is not there. */
  private async missed(conversationId: string, log: readonly LoggedEntry[]): Promise<string[]> {
    const heard = () => this.follower.logOf(conversationId);
    await until(() => heard().length >= log.length, 'the reader’s device has everything', PATIENCE_MS).catch(
      () => undefined,
    );
    const isSame = JSON.stringify(heard().map(({ id }) => id)) === JSON.stringify(log.map(({ id }) => id));
    return isSame
      ? []
      : [`the reader’s device has ${heard().length} entries that are not the ${log.length} of the log`];
  }
}

/** Three people who write over sockets and over HTTP, one of whom also reads. @returns their conversations. */
async function writeTo(reader: TestUser, load: Load, relay: Serving): Promise<string[]> {
  const [ada, bob, cleo] = [await register(relay), await register(relay), await register(relay)];
  const direct = await ada.directWith(reader);
  const group = await groupOf(reader, [ada, bob, cleo]);
  const small = await groupOf(bob, [reader, cleo]);
  load.overSocket({ user: ada, conversationId: direct });
  load.overSocket({ user: bob, conversationId: group });
  load.overSocket({ user: cleo, conversationId: small });
  load.overHttp({ user: ada, conversationId: group });
  load.overHttp({ user: bob, conversationId: small });
  load.overHttp({ user: cleo, conversationId: group });
  load.reading(cleo);
  return [direct, group, small];
}

function register(relay: Serving): Promise<TestUser> {
  return TestUser.register(relay);
}
