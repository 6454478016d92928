import type { BirpcReturn } from 'birpc';
import { type Crossing, pack, unpack } from './packing.js';
import { isPlainObject } from './plain-object.js';
import { GROUPS, type PageFunctions, type Path, type Self, type WorkerFunctions } from './remote.js';

/** Iterators that nobody has read to their end, nor broken off. */
const MOST_STREAMS = 1_000;
/** Functions that answers had in them, and that the page has not let go of. */
const MOST_FUNCTIONS = 1_000;

type Page = Pick<BirpcReturn<PageFunctions, object, false>, '$call' | '$callEvent'>;
type Answers = Pick<WorkerFunctions, 'call' | 'abort' | 'next' | 'end' | 'release'>;

/** What a worker offers its page of a `Sealpost`: its public methods, and those of its parts. */
export class WorkerEnd implements Answers {
  /** By the call that they are the answer of. */
  private readonly streams = new Map<number, AsyncIterator<unknown>>();
  /** Of signals that calls were given, by the call and their place in it. */
  private readonly aborts = new Map<number, Map<number, AbortController>>();
  private readonly functions = new Map<number, (...given: unknown[]) => unknown>();
  private lastFunction = 0;
  private told: Self;

  constructor(
    private readonly facade: object,
    private readonly page: Page,
    private readonly selfOf: () => Self,
  ) {}

  tellEvent(event: unknown): void {
    // Before anything by which the page could notice that it has changed.
    this.tellSelf();
    void this.page.$callEvent('event', pack(event));
  }

  async call(call: number, path: Path, given: unknown): Promise<unknown> {
    const crossing = this.crossing(call);
    try {
      return pack(await this.apply(path, unpack(given, crossing)), crossing);
    } finally {
      this.tellSelf();
      if (!this.streams.has(call)) this.aborts.delete(call);
    }
  }

  abort(call: number, place: number, reason: unknown): void {
    this.aborts.get(call)?.get(place)?.abort(unpack(reason));
  }

  async next(call: number): Promise<unknown> {
    const result = await this.streams.get(call)?.next();
    if (result?.done !== false) this.forget(call);
    return pack(result ?? { done: true, value: undefined });
  }

  async end(call: number): Promise<void> {
    const stream = this.streams.get(call);
    this.forget(call);
    await stream?.return?.();
  }

  release(answered: number): void {
    this.functions.delete(answered);
  }

  private apply(path: Path, given: unknown): unknown {
    if (!Array.isArray(given)) throw notPublic();
    const [first, second] = path;
    if (typeof first !== 'number') return methodOf(this.facade, first, second)(...(given as unknown[]));
    const answered = this.functions.get(first);
    if (answered === undefined) throw notPublic();
    return answered(...(given as unknown[]));
  }

  private tellSelf(): void {
    const self = this.selfOf();
    if (self?.deviceId === this.told?.deviceId) return;
    this.told = self;
    void this.page.$callEvent('self', self);
  }

  private crossing(call: number): Crossing {
    return {
      packCallback: (callback) => {
        if (this.functions.size >= MOST_FUNCTIONS)
          throw new RangeError('The page has too many functions of the worker.');
        this.functions.set(++this.lastFunction, callback);
        return this.lastFunction;
      },
      packStream: (stream) => {
        if (this.streams.size >= MOST_STREAMS)
          throw new RangeError('Too many iterators are open: read them to their end, or break them off.');
        this.streams.set(call, stream);
        return call;
      },
      unpackCallback:
        (place) =>
        async (...given) =>
          unpack(await this.page.$call('callback', call, place, pack(given))),
      unpackSignal: ({ place, isAborted, reason }) => {
        const controller = new AbortController();
        if (isAborted) controller.abort(unpack(reason));
        const ofCall = this.aborts.get(call) ?? new Map<number, AbortController>();
        this.aborts.set(call, ofCall.set(place, controller));
        return controller.signal;
      },
    };
  }

  private forget(call: number): void {
    this.streams.delete(call);
    this.aborts.delete(call);
  }
}

type Method = (...given: unknown[]) => unknown;

/** @throws {TypeError} for what is not public: the page is not to reach keys or tokens by names that it makes up. */
function methodOf(facade: object, first: string, second: string | undefined): Method {
  const isOfGroup = GROUPS.some((group) => group === first);
  if (isOfGroup !== (second !== undefined)) throw notPublic();
  const owner: unknown = isOfGroup ? Reflect.get(facade, first) : facade;
  const name = second ?? first;
  if (typeof owner !== 'object' || owner === null || name === 'constructor') throw notPublic();
  // An object with a class has its methods there, and on itself what is its own business.
  const method = methodIn(isPlainObject(owner) ? owner : Object.getPrototypeOf(owner), name);
  if (method === undefined) throw notPublic();
  return (...given): unknown => Reflect.apply(method, owner, given);
}

/** Also one that a class has from another class; but not from `Object`. */
function methodIn(methods: unknown, name: string): Method | undefined {
  for (let own = methods; typeof own === 'object' && own !== null && own !== Object.prototype;) {
    const method = Object.getOwnPropertyDescriptor(own, name)?.value as unknown;
    if (typeof method === 'function') return method as Method;
    own = Object.getPrototypeOf(own);
  }
  return undefined;
}

function notPublic(): TypeError {
  return new TypeError('There is no such method.');
}
