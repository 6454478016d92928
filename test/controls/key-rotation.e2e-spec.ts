import { randomBytes } from 'node:crypto';
import { call, people, recordEvidence, scaled, TestRelay, type TestUser, until } from '#testing';
import { refresh } from '../e2e/renewal.js';

const CLIENTS = 6;
const REFRESH_EVERY = 4;
/** Requests of each client between two steps. */
const BETWEEN = scaled({ ci: 20, gate: 200 });

jest.setTimeout(180_000);

const keyNamed = (kid: string): string => `${kid}:${randomBytes(32).toString('base64url')}`;
const [OLD, NEW] = [keyNamed('k1'), keyNamed('k2')];

/** Keeps the database for all who come and go. */
const first = TestRelay.duringTests({ environment: { JWT_KEYS: OLD } });

/** Two relays of one database, replaced one after the other, as a rolling restart does. */
class Fleet {
  private relays: TestRelay[] = [];

  static async of(keys: string): Promise<Fleet> {
    const fleet = new Fleet();
    fleet.relays = [await started(keys), await started(keys)];
    return fleet;
  }

  get urls(): string[] {
    return this.relays.map(({ url }) => url);
  }

  /** Puts a fresh relay in the place of one, which is stopped once nobody asks it any more, as a proxy would have it. */
  async replace(index: number, keys: string, clients: Clients): Promise<void> {
    const fresh = await started(keys);
    const [old] = this.relays.splice(index, 1, fresh);
    if (old === undefined) return;
    await clients.leave(old.url);
    await old.stop();
  }

  async replaceAll(keys: string, clients: Clients): Promise<void> {
    for (const index of this.relays.keys()) await this.replace(index, keys, clients);
  }

  async stop(): Promise<void> {
    await Promise.all(this.relays.map((relay) => relay.stop()));
  }
}

function started(keys: string): Promise<TestRelay> {
  return TestRelay.start({ environment: { JWT_KEYS: keys }, database: first.database, clock: first.clock });
}

/** Clients that ask either relay by turns, and refresh now and then, until they are told to stop. */
class Clients {
  readonly statuses: number[] = [];
  private readonly asked = new Map<TestUser, string>();
  private isStopped = false;
  private readonly running: Promise<unknown>;

  constructor(
    private readonly fleet: Fleet,
    private readonly users: readonly TestUser[],
  ) {
    this.running = Promise.all(users.map((user) => this.run(user)));
  }

  /** Waits until everybody has asked on average so many times more. */
  async goOn(): Promise<void> {
    const enough = this.statuses.length + BETWEEN * CLIENTS;
    await until(() => this.statuses.length >= enough, 'the clients went on', 60_000);
  }

  async leave(url: string): Promise<void> {
    await until(() => ![...this.asked.values()].includes(url), 'nobody asks the relay that goes');
  }

  async haveTokensOf(kid: string): Promise<void> {
    await until(() => this.users.every((user) => kidOf(user) === kid), `all tokens are signed by ${kid}`, 60_000);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async run(user: TestUser): Promise<void> {
    for (let count = 0; !this.isStopped; count++) {
      const { urls } = this.fleet;
      const url = urls[count % urls.length]!;
      this.asked.set(user, url);
      const reply = count % REFRESH_EVERY === 0 ? this.renew(user, url) : this.read(user, url);
      // No answer at all is a failure like any other.
      this.statuses.push(await reply.catch(() => 0));
    }
  }

  private async read({ token }: TestUser, url: string): Promise<number> {
    return (await call({ url }, 'GET', '/v1/auth/me', { token })).status;
  }

  private async renew(user: TestUser, url: string): Promise<number> {
    const { status, body } = await refresh({ url }, user.signedIn.refreshToken);
    if (status === 200) user.signedIn = { ...user.signedIn, ...body };
    return status;
  }
}

function kidOf({ token }: TestUser): unknown {
  const [header = ''] = token.split('.');
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: unknown }).kid;
}

describe('the signing key', () => {
  it('is rotated over two relays without a failed request: known to all, then signing, then alone (C-72)', async () => {
    const fleet = await Fleet.of(OLD);
    const clients = new Clients(fleet, await people(first, CLIENTS));
    try {
      for (const keys of [`${OLD},${NEW}`, `${NEW},${OLD}`]) {
        await clients.goOn();
        await fleet.replaceAll(keys, clients);
      }
      await clients.haveTokensOf('k2');
      await fleet.replaceAll(NEW, clients);
      await clients.goOn();
    } finally {
      await clients.stop();
      await fleet.stop();
    }
    const failed = clients.statuses.filter((status) => status !== 200).length;
    recordEvidence('C-72', { requests: clients.statuses.length, failed });
    expect(failed).toBe(0);
  });

  it('that signs before all relays know it has requests refused, which is how the count above would show it', async () => {
    const fleet = await Fleet.of(OLD);
    const clients = new Clients(fleet, await people(first, CLIENTS));
    try {
      await clients.goOn();
      await fleet.replace(0, `${NEW},${OLD}`, clients);
      await clients.goOn();
    } finally {
      await clients.stop();
      await fleet.stop();
    }
    expect(clients.statuses).toContain(401);
  });
});
