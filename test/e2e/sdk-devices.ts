import { MemoryDisk, MemoryStore, type OpenAccount, register, RelayClient, signIn, unlock } from '#sdk';
import { documentedFetch, type TestRelay } from '#testing';

export const PASSWORD = 'correct horse battery staple';

let names = 0;
const freshName = (): string => `sdk${String(names++)}-${Math.random().toString(36).slice(2, 10)}`;

/** What stands between a device and its relay. */
export type Meddler = (request: Request, pass: () => Promise<Response>) => Promise<Response>;

/** The internet of one device. */
export class Wire {
  readonly sent: string[] = [];
  meddler: Meddler | undefined;

  readonly fetch: typeof fetch = async (...args) => {
    const request = new Request(...args);
    const body = await request.clone().text();
    this.sent.push([request.url, JSON.stringify([...request.headers]), body].join('\n'));
    const pass = (): Promise<Response> => documentedFetch(request);
    return this.meddler === undefined ? pass() : this.meddler(request, pass);
  };

  cut(): void {
    this.meddler = () => Promise.reject(new TypeError('fetch failed'));
  }

  mend(): void {
    this.meddler = undefined;
  }
}

/** A person's device: its disk, and its way to the relay. */
export class SdkDevice {
  readonly disk = new MemoryDisk();
  readonly wire = new Wire();

  constructor(
    readonly relay: TestRelay,
    readonly username = freshName(),
    /** Where its sockets connect to; its requests get to the relay by the wire. */
    private readonly socketUrl?: string,
  ) {}

  client(): RelayClient {
    const { url } = this.relay;
    return new RelayClient({
      url: this.socketUrl ?? url,
      fetch: async (...args) => this.wire.fetch(await redirected(new Request(...args), url)),
      now: () => this.relay.clock.now().getTime(),
    });
  }

  /** As a program does that starts. */
  async register(password = PASSWORD): Promise<OpenAccount> {
    return this.started((options) => register({ ...options, displayName: 'Ada' }), password);
  }

  async signIn(password = PASSWORD): Promise<OpenAccount> {
    return this.started(signIn, password);
  }

  async unlock(password = PASSWORD): Promise<OpenAccount> {
    return this.started(unlock, password);
  }

  /** Runs on the device's store. If that fails, the program ends, and the store is free for the next one. */
  async started<T>(run: (options: Parameters<typeof register>[0]) => Promise<T>, password = PASSWORD): Promise<T> {
    this.disk.isInUse = false;
    const store = await MemoryStore.open(this.disk);
    const { username } = this;
    return run({ relay: this.client(), store, username, password, deviceName: 'laptop' });
  }
}

/** Somebody with one device. */
export async function registered(relay: TestRelay): Promise<{ device: SdkDevice; account: OpenAccount }> {
  const device = new SdkDevice(relay);
  return { device, account: await device.register() };
}

export function jsonAnswer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/** The same request to another address. */
export async function redirected(request: Request, to: string): Promise<Request> {
  const { pathname, search } = new URL(request.url);
  const { method, headers, signal } = request;
  const body = await request.text();
  return new Request(`${to}${pathname}${search}`, { method, headers, signal, ...(body !== '' && { body }) });
}
