import { MessageChannel } from 'node:worker_threads';
import * as sdk from '#sdk';
import { connect, type Endpoint } from './channel.js';
import { facadeOf } from './facade.js';
import { ERROR_CLASSES } from './packed-error.js';
import { PageEnd } from './page-end.js';
import type { PageFunctions, WorkerFunctions } from './remote.js';
import { WorkerEnd } from './worker-end.js';

/** In place of a `Sealpost`: what a page asks is answered from the other end of a real channel. */
class Facade {
  readonly relay = { accessToken: () => 'secret' };
  isOpen = false;
  readonly devices = { list: () => Promise.resolve([{ id: 'd' }]) };
  read: number[] = [];

  unlock(): Promise<void> {
    this.isOpen = true;
    return Promise.resolve();
  }

  secrets(): object {
    return { key: new Facade() };
  }

  get messages(): Messages {
    return new Messages(this);
  }
}

class Echo {
  echo(...given: unknown[]): Promise<unknown> {
    return Promise.resolve(given);
  }
}

class Messages extends Echo {
  private readonly account = { open: () => 'secret' };

  constructor(private readonly facade: Facade) {
    super();
  }

  fail(error: Error): Promise<never> {
    return Promise.reject(error);
  }

  throws(make: string): never {
    if (make === 'refusal') throw new sdk.RelayRefusal({ code: 'rate_limited', status: 429, retryAfterSeconds: 7 });
    throw new sdk.StoreFailedError({ cause: new TypeError('disk') });
  }

  async *search(words: string, signal?: AbortSignal): AsyncGenerator<string> {
    try {
      for (let n = 0; signal?.aborted !== true; n++) {
        this.facade.read.push(n);
        yield `${words} ${String(n)}`;
      }
    } finally {
      this.facade.read.push(-1);
    }
  }

  async untilAborted(signal: AbortSignal): Promise<unknown> {
    if (!signal.aborted) await new Promise((aborted) => signal.addEventListener('abort', aborted));
    return String(signal.reason);
  }

  /** As a device that is linked: steps, each with those that come after it. */
  begin(word: string): Promise<object> {
    return Promise.resolve({ word, go: () => Promise.resolve({ on: (n: number) => Promise.resolve([word, n]) }) });
  }

  async asks(options: { ask: (question: { n: number }) => Promise<number> }): Promise<number> {
    return options.ask({ n: await options.ask({ n: 1 }) });
  }
}

interface Loose {
  readonly self: unknown;
  listen(listener: (event: { kind: string }) => void): void;
  unlock(): Promise<void>;
  [method: string]: unknown;
  readonly devices: Record<string, (...given: unknown[]) => Promise<unknown>>;
  readonly messages: Record<string, (...given: unknown[]) => Promise<unknown> & AsyncGenerator>;
}

describe('a page that asks its worker', () => {
  let channel: MessageChannel;
  let facade: Facade;
  let end: WorkerEnd;
  let page: PageEnd<never>;
  let remote: Loose;

  beforeEach(() => {
    channel = new MessageChannel();
    facade = new Facade();
    const worker = connect<PageFunctions, WorkerFunctions>(channel.port2 as unknown as Endpoint, {
      open: () => Promise.resolve(),
      call: (...given) => end.call(...given),
      abort: (...given) => end.abort(...given),
      next: (...given) => end.next(...given),
      end: (...given) => end.end(...given),
      release: (...given) => end.release(...given),
    });
    const self = { accountId: 'a', username: 'ada', deviceId: 'd' };
    end = new WorkerEnd(facade, worker, () => (facade.isOpen ? self : undefined));
    page = new PageEnd(channel.port1 as unknown as Endpoint);
    remote = facadeOf(page, () => Promise.resolve()) as unknown as Loose;
  });
  afterEach(() => {
    page.end(new Error('over'));
    channel.port1.close();
  });

  it('has methods of all parts, also those of their base classes, with what they are given and answer', async () => {
    expect(await remote.devices.list!()).toEqual([{ id: 'd' }]);
    const given = ['text', 7n, null, undefined, { deep: [new Uint8Array([1, 2])] }];
    expect(await remote.messages.echo!(...given)).toEqual(given);
  });

  it('can be waited for itself', async () => {
    expect(await Promise.resolve(remote)).toBe(remote);
    expect(await Promise.resolve(remote.messages)).toBe(remote.messages);
  });

  it('knows who it is as soon as what opens the account has resolved', async () => {
    expect(() => remote.self).toThrow(expect.objectContaining({ code: 'locked' }));
    await remote.unlock();
    expect(remote.self).toMatchObject({ username: 'ada' });
  });

  it('gets errors of the same class, with their code, fields and cause', async () => {
    const refusal = await remote.messages.throws!('refusal').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(sdk.RelayRefusal);
    expect(refusal).toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 7, name: 'RelayRefusal' });
    const failure = await remote.messages.throws!('failure').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(sdk.StoreError);
    expect(failure).toMatchObject({ code: 'store_failed', cause: { name: 'TypeError', message: 'disk' } });
  });

  it('gets errors that it has no class for with their name and code', async () => {
    const error = Object.assign(new Error('too weak'), { name: 'CryptoError', code: 'kdf_too_weak' });
    await expect(remote.messages.fail!(error)).rejects.toMatchObject({ name: 'CryptoError', code: 'kdf_too_weak' });
    await expect(remote.messages.fail!(new DOMException('no', 'AbortError'))).rejects.toBeInstanceOf(DOMException);
  });

  it('knows every class of errors that the SDK has', () => {
    const classes = Object.entries(sdk).filter(
      ([, one]) =>
        typeof one === 'function' && Object.prototype.isPrototypeOf.call(Error.prototype, one.prototype as object),
    );
    const made = classes.map(([name]) => name).filter((name) => name !== 'SdkError' && name !== 'StoreError');
    expect(made.length).toBeGreaterThan(10);
    expect(Object.keys(ERROR_CLASSES)).toEqual(expect.arrayContaining(made));
  });

  it('reads an iterator only as far as it goes, and breaks it off', async () => {
    const found: unknown[] = [];
    for await (const one of remote.messages.search!('tea')) if (found.push(one) === 2) break;
    expect(found).toEqual(['tea 0', 'tea 1']);
    expect(facade.read).toEqual([0, 1, -1]);
  });

  it('ends an iterator by a signal', async () => {
    const aborting = new AbortController();
    const found: unknown[] = [];
    for await (const one of remote.messages.search!('tea', aborting.signal))
      if (found.push(one) === 3) aborting.abort();
    expect(found).toHaveLength(3);
  });

  it('carries signals, with their reasons, and those that are aborted already', async () => {
    const aborting = new AbortController();
    const waited = remote.messages.untilAborted!(aborting.signal);
    aborting.abort(new TypeError('enough'));
    expect(await waited).toBe('TypeError: enough');
    expect(await remote.messages.untilAborted!(AbortSignal.abort('before'))).toBe('before');
  });

  it('is called back, as often as the worker likes, until it is answered', async () => {
    expect(await remote.messages.asks!({ ask: ({ n }: { n: number }) => Promise.resolve(n + 10) })).toBe(21);
    const refused = new sdk.StoreFullError();
    await expect(remote.messages.asks!({ ask: () => Promise.reject(refused) })).rejects.toMatchObject({
      name: 'StoreFullError',
      code: 'store_full',
    });
  });

  it('calls functions that an answer has in it, and those of their answers', async () => {
    type Steps = Record<string, (...given: unknown[]) => Promise<Steps>>;
    const begun = (await remote.messages.begin!('tea')) as Steps;
    expect(begun.word).toBe('tea');
    const gone = await begun.go!();
    expect(await gone.on!(3)).toEqual(['tea', 3]);
    await expect(page.call([99], [])).rejects.toThrow('There is no such method.');
  });

  it.each([
    ['relay', 'accessToken'],
    ['relay', undefined],
    ['isOpen', undefined],
    ['constructor', undefined],
    ['toString', undefined],
    ['__proto__', 'toString'],
    ['messages', undefined],
    ['messages', 'account'],
    ['messages', 'constructor'],
    ['messages', '__defineGetter__'],
    ['devices', 'hasOwnProperty'],
  ])('reaches nothing that is not public: %s %s', async (first, second) => {
    const path = second === undefined ? ([first] as const) : ([first, second] as const);
    await expect(page.call(path, [])).rejects.toThrow('There is no such method.');
  });

  it('gets nothing out that is not data, whatever returns it', async () => {
    await expect(page.call(['secrets'], [])).rejects.toThrow('This cannot cross to a worker, or from it.');
    await expect(page.call(['messages', 'echo'], [Symbol('s')])).rejects.toThrow('This cannot cross');
    await expect(page.call(['messages', 'echo'], [new Map([['error', {}]])])).rejects.toThrow('This cannot cross');
  });

  it('hears events, those of errors, too, and is told who it is before', async () => {
    const heard = new Promise((tell) => {
      remote.listen((event) => tell({ event, self: remote.self }));
    });
    facade.isOpen = true;
    end.tellEvent({ kind: 'failed', error: new sdk.StoreClosedError() });
    expect(await heard).toMatchObject({
      event: { kind: 'failed', error: { code: 'store_closed' } },
      self: { username: 'ada' },
    });
  });

  it('has all that it waits for fail when the worker ends, says so to who listens, and fails at once from then on', async () => {
    const heard: unknown[] = [];
    remote.listen((event) => heard.push(event));
    const waited = remote.messages.untilAborted!(new AbortController().signal);
    const reading = remote.messages.search!('tea');
    await reading.next();
    page.fail(new sdk.StoreClosedError());
    for (const asked of [waited, reading.next(), remote.messages.echo!()])
      await expect(asked).rejects.toMatchObject({ code: 'store_closed' });
    expect(heard).toMatchObject([{ kind: 'failed', error: { code: 'store_closed' } }]);
  });
});
