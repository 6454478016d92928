import type { BirpcReturn } from 'birpc';
import { GroupError } from '../groups/groups.errors.js';
import { eventsOf } from '../sync/event-stream.js';
import { EventHub, type SdkEvent } from '../sync/events.js';
import { connect, type Endpoint } from './channel.js';
import { pack, unpack } from './packing.js';
import { GivenThings } from './given-things.js';
import type { PageFunctions, Path, Self, WorkerFunctions } from './remote.js';

/** What a method answers: some can be waited for, some can be read. */
type Answer = Promise<unknown> & AsyncIterator<unknown> & AsyncIterable<unknown>;

/** A page's end of the connection to its worker. */
export class PageEnd<Options> {
  private readonly worker: BirpcReturn<WorkerFunctions<Options>, PageFunctions, false>;
  private readonly hub = new EventHub();
  private readonly given = new Map<number, GivenThings>();
  /** Nobody on the page can call these any more. */
  private readonly dropped = new FinalizationRegistry<number>((answered) => {
    if (this.ended === undefined) void this.worker.$callEvent('release', answered);
  });
  private lastCall = 0;
  private toldSelf: Self;
  private ended: Error | undefined;

  constructor(endpoint: Endpoint) {
    this.worker = connect<WorkerFunctions<Options>, PageFunctions>(endpoint, {
      // As the worker packed it.
      event: (event) => this.hub.tell([unpack(event) as SdkEvent]),
      self: (self) => (this.toldSelf = self),
      callback: async (call, place, packed) => pack(await this.given.get(call)?.callBack(place, unpack(packed))),
    });
  }

  /** @throws {GroupError} `locked` */
  get self(): NonNullable<Self> {
    if (this.toldSelf === undefined) throw new GroupError('locked', 'The account is not open.');
    return this.toldSelf;
  }

  listen(listener: (event: SdkEvent) => void): () => void {
    return this.hub.listen(listener);
  }

  events(signal?: AbortSignal): AsyncGenerator<SdkEvent> {
    return eventsOf(this.hub, signal);
  }

  async open(options: Options, lockName: string): Promise<void> {
    await this.asked(this.worker.$call('open', options, lockName));
  }

  /** Has the worker do it. What it answers can be waited for, and, if it is an iterator, read. */
  call(path: Path, given: readonly unknown[]): Answer {
    return alsoReadable(this.answer(path, given));
  }

  /** Whatever is still asked, and all that will be, fails with this. */
  end(error: Error): void {
    if (this.ended !== undefined) return;
    this.ended = error;
    this.toldSelf = undefined;
    this.worker.$close();
  }

  /** As {@link end}, when nobody wanted it: whoever listens hears of it. */
  fail(error: Error): void {
    if (this.ended !== undefined) return;
    this.end(error);
    this.hub.tell([{ kind: 'failed', error }]);
  }

  private async answer(path: Path, given: readonly unknown[]): Promise<unknown> {
    const call = ++this.lastCall;
    const things = new GivenThings((place, reason) => {
      if (this.ended === undefined) void this.worker.$callEvent('abort', call, place, reason);
    });
    this.given.set(call, things);
    let stream: AsyncGenerator | undefined;
    try {
      const answer = await this.asked(this.worker.$call('call', call, path, pack(given, things)));
      return unpack(answer, {
        unpackStream: () => (stream = this.read(call)),
        unpackCallback: (answered) => this.answered(answered),
      });
    } finally {
      if (stream === undefined) this.forget(call);
    }
  }

  private answered(answered: number): (...given: unknown[]) => Promise<unknown> {
    const callable = (...given: unknown[]): Promise<unknown> => this.call([answered], given);
    this.dropped.register(callable, answered);
    return callable;
  }

  private async *read(call: number): AsyncGenerator {
    try {
      for (;;) {
        const result = unpack(await this.asked(this.worker.$call('next', call))) as IteratorResult<unknown>;
        if (result.done === true) return result.value as unknown;
        yield result.value;
      }
    } finally {
      this.forget(call);
      if (this.ended === undefined) await this.asked(this.worker.$call('end', call));
    }
  }

  private forget(call: number): void {
    this.given.get(call)?.release();
    this.given.delete(call);
  }

  private async asked<T>(question: Promise<T>): Promise<T> {
    try {
      return await question;
    } catch (error) {
      throw this.ended ?? error;
    }
  }
}

/** Which of the two a method's answer is, only the worker knows, and a caller does not wait to be told. */
function alsoReadable(answer: Promise<unknown>): Answer {
  const stream = async (): Promise<AsyncGenerator> => {
    const answered = await answer;
    if (typeof answered !== 'object' || answered === null || !(Symbol.asyncIterator in answered))
      throw new TypeError('The answer cannot be iterated.');
    return answered as AsyncGenerator;
  };
  return Object.assign(answer, {
    next: async () => (await stream()).next(),
    return: async (value: unknown) => (await stream()).return(value),
    throw: async (error: unknown) => (await stream()).throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  });
}
