import type { AccountId, ConversationId, DeviceId, EntryId, SessionId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { NoTracing } from '../platform/tracing/tracing.js';
import type { AppendOutcome, AppendStore } from './append.store.js';
import { Batching } from './batching.js';
import type { CommittedDraft, Draft, Placement } from './draft.js';
import { EntryTally } from './entry-tally.js';
import { EntryWriter } from './entry-writer.js';

class StillClock extends Clock {
  nowMs = 0;

  override monotonicMillis(): number {
    return this.nowMs;
  }
}

type Answer = (drafts: readonly Draft[], wait: boolean) => Promise<AppendOutcome[]>;

const TOGETHER = { DATABASE_SHARDS: 'off', DATABASE_POOL_SIZE: 10 } as const;
const BY_CONVERSATION = { DATABASE_SHARDS: 'conversation', DATABASE_POOL_SIZE: 10 } as const;

/** A writer over a store that answers as the test says. */
function writerOver(append: Answer, config: typeof TOGETHER | typeof BY_CONVERSATION = TOGETHER) {
  const clock = new StillClock();
  const delivery = new Delivery();
  const resyncs = jest.spyOn(delivery, 'resync');
  const metrics = new Metrics({ METRICS_TOKEN: undefined });
  const store = { append } as unknown as AppendStore;
  const writer = new EntryWriter(
    store,
    clock,
    delivery,
    new Log({ LOG_LEVEL: 'silent' }),
    new EntryTally(metrics),
    new NoTracing(),
    new Batching(config),
  );
  return { writer, clock, resyncs, metrics };
}

function draft(conversation: string, id: string): Draft {
  const sender = {
    accountId: 'ada' as AccountId,
    username: 'ada',
    deviceId: 'd' as DeviceId,
    sessionId: 's' as SessionId,
  };
  return {
    conversationId: conversation as ConversationId,
    id: id as EntryId,
    sender,
    body: Buffer.alloc(1),
    lifetimeMs: 0,
  };
}

function accepted(seq: number): AppendOutcome {
  return { kind: 'accepted', seq, at: new Date(0), lifetimeMs: 0, rosterSeq: 0 };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Mulberry32: the same seed, the same story. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A database that is slow, holds conversations now and then, and now and then fails a batch as a whole. */
class MoodyDatabase {
  readonly logs = new Map<string, string[]>();
  readonly overlaps: string[] = [];
  /** How many conversations a batch had, and how many batches there were at once, at most. */
  readonly most = { conversations: 0, batches: 0 };
  private batches = 0;
  private readonly inFlight = new Set<string>();

  constructor(private readonly random: () => number) {}

  async append(drafts: readonly Draft[]): Promise<AppendOutcome[]> {
    const conversations = new Set<string>(drafts.map(({ conversationId }) => conversationId));
    for (const one of conversations) if (this.inFlight.has(one)) this.overlaps.push(one);
    for (const one of conversations) this.inFlight.add(one);
    this.most.conversations = Math.max(this.most.conversations, conversations.size);
    this.most.batches = Math.max(this.most.batches, ++this.batches);
    await this.pause();
    this.batches--;
    for (const one of conversations) this.inFlight.delete(one);
    if (drafts.length > 1 && this.random() < 0.1) throw new Error('one of these rows is bad');
    const held = new Set([...conversations].filter(() => this.random() < 0.4));
    return drafts.map((one) => (held.has(one.conversationId) ? { kind: 'locked' } : this.store(one)));
  }

  async pause(): Promise<void> {
    for (let turns = Math.floor(this.random() * 5); turns > 0; turns--) await turn();
  }

  private store({ conversationId, id }: Draft): AppendOutcome {
    const log = this.logs.get(conversationId) ?? [];
    this.logs.set(conversationId, log);
    return accepted(log.push(id));
  }
}

describe('a writer over a moody database', () => {
  const conversations = ['a', 'b', 'c', 'd', 'e', 'f'];

  /** Sends into all conversations in many turns, and waits for all answers. */
  async function story(seed: number, impatience: number, config: typeof TOGETHER | typeof BY_CONVERSATION = TOGETHER) {
    const random = randomFrom(seed);
    const database = new MoodyDatabase(random);
    const { writer, clock } = writerOver((drafts) => database.append(drafts), config);
    const announced: CommittedDraft[] = [];
    writer.listen(async (committed) => {
      await database.pause();
      announced.push(...committed);
    });
    const answers: { sent: Draft; answer: Promise<PromiseSettledResult<Placement>> }[] = [];
    for (let index = 0; index < 300; index++) {
      const sent = draft(conversations[Math.floor(random() * conversations.length)] ?? '', String(index));
      const answer = Promise.allSettled([writer.append(sent)]).then(([result]) => result);
      answers.push({ sent, answer });
      clock.nowMs += impatience * random();
      if (random() < 0.3) await turn();
    }
    const settled = await Promise.all(answers.map(async ({ sent, answer }) => ({ sent, result: await answer })));
    await writer.onApplicationShutdown();
    return { database, announced, settled };
  }

  test.each(Array.from({ length: 40 }, (_none, seed) => ({ seed, config: seed % 4 < 2 ? TOGETHER : BY_CONVERSATION })))(
    'never writes a conversation twice at once, keeps its order, and answers everybody: $seed, $config.DATABASE_SHARDS',
    async ({ seed, config }) => {
      const { database, announced, settled } = await story(seed, seed % 2 === 0 ? 0 : 400, config);
      expect(database.overlaps).toEqual([]);
      for (const conversation of conversations) {
        const sent = settled.filter((one) => one.sent.conversationId === conversation);
        const stored = sent.filter(({ result }) => result.status === 'fulfilled').map((one) => one.sent.id);
        expect(database.logs.get(conversation) ?? []).toEqual(stored);
        const pushed = announced.filter((one) => one.draft.conversationId === conversation);
        expect(pushed.map((one) => one.draft.id)).toEqual(stored);
      }
      for (const { result } of settled)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Unavailable);
    },
  );

  it('has one conversation in each batch, and more batches at once, where each may be on a server of its own', async () => {
    const [{ database: together }, { database: apart }] = [await story(1, 0), await story(1, 0, BY_CONVERSATION)];
    expect(together.most.conversations).toBeGreaterThan(1);
    expect(apart.most.conversations).toBe(1);
    expect(apart.most.batches).toBeGreaterThan(together.most.batches);
  });

  it('gives up on nothing while its patience lasts', async () => {
    const { settled } = await story(7, 0);
    expect(settled.every(({ result }) => result.status === 'fulfilled')).toBe(true);
  });
});

describe('drafts that come while a batch is in flight', () => {
  it('wait for it when they are few, and make a second batch when they are many', async () => {
    const batches: string[][] = [];
    const answers: (() => void)[] = [];
    const { writer } = writerOver((drafts) => {
      batches.push(drafts.map(({ id }) => id));
      return new Promise((resolve) => {
        answers.push(() => resolve(drafts.map((_draft, index) => accepted(index + 1))));
      });
    });
    const sent = [writer.append(draft('c', '0'))];
    await turn();
    const sendTo = (conversation: string) => sent.push(writer.append(draft(conversation, conversation)));
    for (let index = 1; index <= 31; index++) sendTo(`d${index}`);
    await turn();
    expect(batches.map(({ length }) => length)).toEqual([1]);
    sendTo('d32');
    await turn();
    expect(batches.map(({ length }) => length)).toEqual([1, 32]);
    for (let index = 33; index <= 80; index++) sendTo(`d${index}`);
    await turn();
    expect(batches).toHaveLength(2);
    answers[0]?.();
    await turn();
    expect(batches.map(({ length }) => length)).toEqual([1, 32, 48]);
    for (const answer of answers) answer();
    await Promise.all(sent);
  });
});

describe('a batch of which one row is bad', () => {
  it('fails that one, and stores its neighbours in their order', async () => {
    const stored: string[] = [];
    const { writer } = writerOver((drafts) => {
      if (drafts.some(({ id }) => id === 'bad')) return Promise.reject(new Error('a bad row'));
      return Promise.resolve(drafts.map(({ id }) => accepted(stored.push(id))));
    });
    const answers = await Promise.allSettled(['1', 'bad', '2', '3'].map((id) => writer.append(draft('c', id))));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(stored).toEqual(['1', '2', '3']);
  });
});

describe('a batch whose outcome nobody knows', () => {
  const lost = Object.assign(new Unavailable(), { cause: new Error('Connection terminated unexpectedly') });
  const timedOut = Object.assign(new Unavailable(), {
    cause: Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }),
  });

  async function afterFailing(failure: Error) {
    const answers: (() => Promise<AppendOutcome[]>)[] = [() => Promise.reject(failure)];
    const { writer, resyncs } = writerOver((drafts) => {
      const answer = answers.shift();
      return answer === undefined ? Promise.resolve(drafts.map((_draft, index) => accepted(index + 1))) : answer();
    });
    await expect(writer.append(draft('c', '1'))).rejects.toThrow(Unavailable);
    const before = resyncs.mock.calls.length;
    await writer.append(draft('c', '1'));
    await writer.append(draft('c', '2'));
    await turn();
    return { before, after: resyncs.mock.calls.length };
  }

  it('may have been stored and pushed to nobody: once the database answers again, everybody catches up, once', async () => {
    expect(await afterFailing(lost)).toEqual({ before: 0, after: 1 });
  });

  it('keeps nobody waiting behind it: the next one might take as long', async () => {
    let fail: ((error: Error) => void) | undefined;
    const { writer } = writerOver(() => new Promise((_resolve, reject) => (fail = reject)));
    const all = [writer.append(draft('c', '1'))];
    await turn();
    all.push(writer.append(draft('c', '2')), writer.append(draft('d', '3')));
    fail?.(lost);
    const outcomes = await Promise.allSettled(all);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('is not one that PostgreSQL says it rolled back', async () => {
    expect(await afterFailing(timedOut)).toEqual({ before: 0, after: 0 });
  });
});
