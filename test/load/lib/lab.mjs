/** Where a scenario runs: servers on a database of their own, loaded in turns by a generator on another core. */
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate, SERVER_CORE } from './generate.mjs';
import { freePort, Installation, KID, said } from './installation.mjs';
import { seedPeople } from './people.mjs';
import { pin } from './proc.mjs';
import { registerForPush, startPushService } from './push.mjs';
import { PAIRS, pairTraffic } from './traffic.mjs';

const load = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const root = resolve(load, '../..');

/** Characters of a message's ciphertext. */
export const CHARS = 1024;

export class Lab {
  /** What was measured: of which load, of which server. */
  results = [];
  #pids = [];

  constructor(flags, installation, pushService) {
    this.flags = flags;
    this.installation = installation;
    this.pushService = pushService;
  }

  /** Sets one up for as long as `work` takes. @returns what was measured in it. */
  static async during(flags, work) {
    const installation = await Installation.make();
    const pushService = flags.push ? await startPushService() : undefined;
    const lab = new Lab(flags, installation, pushService);
    try {
      await work(lab);
      if (pushService !== undefined) console.error(`${pushService.taken} wake-ups.`);
      return lab.results;
    } finally {
      pushService?.stop();
      await installation.remove();
    }
  }

  /**
   * The relay, and beside it what else it is to be measured against: itself without wake-ups, or another build of it. Each has
   * people who are signed in and write in pairs.
   */
  async startRelays(options) {
    const relays = [await this.startRelay({ name: 'sealpost', pushService: this.pushService, ...options })];
    if (this.flags.push) relays.push(await this.startRelay({ name: 'unwoken', ...options }));
    else if (this.flags.against !== undefined)
      relays.push(await this.startRelay({ name: 'previous', checkout: resolve(this.flags.against), ...options }));
    return relays;
  }

  /** The built relay of a checkout. With a push service, all devices of those who write are woken. */
  async startRelay({ name, checkout = root, people: count, pushService }) {
    const profile = this.flags.profile ? ['--cpu-prof', '--cpu-prof-dir=profiles'] : [];
    const environment = this.#environmentFor(pushService);
    const nodeFlags = [...this.#nodeFlags, ...profile];
    const relay = await this.installation.startRelay({ name, checkout, environment, nodeFlags });
    const people = await seedPeople(relay.ownerUrl, { count, kid: KID, secret: relay.secret });
    if (pushService !== undefined)
      await registerForPush(relay.ownerUrl, people.slice(0, 2 * PAIRS), pushService.origin);
    this.#pids.push(relay.pid);
    return { name, adapter: 'sealpost', ...relay, people, traffic: count < 2 * PAIRS ? [] : pairTraffic(people) };
  }

  #environmentFor(pushService) {
    if (pushService !== undefined) return { PUSH_ALLOWED_ORIGINS: pushService.origin };
    return this.flags.push ? { PUSH: 'off' } : {};
  }

  get #nodeFlags() {
    const memoryOnSignal = `--import=${join(load, 'lib/memory-on-signal.fixture.mjs')}`;
    return [...this.flags.nodeFlags, ...(this.flags.givesMemoryBack ? [memoryOnSignal] : [])];
  }

  /** All servers of a scenario: relays that are measured beside each other, or one and what is started to stand beside it. */
  async beside(relays, start) {
    return relays.length > 1 ? relays : [...relays, ...(await start())];
  }

  /** The hand-written server; none if its folder is not there. It is copied, since the folder may be read-only and brings no packages. */
  async startReference() {
    if (!existsSync(this.flags.reference)) return [];
    const { directory } = this.installation;
    const copy = join(directory, 'reference');
    cpSync(join(this.flags.reference, 'reference'), copy, { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    const [ownerUrl] = await this.installation.createDatabase('reference');
    const server = await this.#start([...this.#nodeFlags, join(copy, 'server.mjs')], {
      DATABASE_URL: ownerUrl,
      TRANSPORT: 'sio',
    });
    return [{ name: 'reference', adapter: 'reference', ...server, traffic: pairTraffic() }];
  }

  /** A Socket.IO server that passes on and does nothing else. */
  async startBroadcast(traffic) {
    const server = await this.#start([...this.#nodeFlags, join(load, 'broadcast.fixture.mjs')], {});
    return [{ name: 'broadcast', adapter: 'broadcast', ...server, traffic, storesNothing: true }];
  }

  async #start(argv, settings) {
    const port = await freePort();
    const env = { PATH: process.env.PATH, PORT: String(port), ...settings };
    const child = this.installation.start(argv, { env });
    await said(child, 'ready');
    this.#pids.push(child.pid);
    return { url: `http://127.0.0.1:${port}`, pid: child.pid };
  }

  /** Compiled code, planned statements and warm caches are the steady state, for every server alike. */
  async warmUp(servers, options) {
    this.pin();
    const seconds = this.flags.warmUp;
    for (const server of servers)
      if (seconds > 0) await this.generate(server, { load: 'messages', chars: CHARS, ...options, seconds });
  }

  /** Keeps the database and all servers on their core. */
  pin() {
    pin([this.installation.database.pid, ...this.#pids], SERVER_CORE);
  }

  /** @returns the figures, which are not kept. */
  generate(server, options) {
    const warmSeconds = Math.min(2, this.flags.warmUp);
    return generate(this.installation, server, { warmSeconds, seconds: this.flags.seconds, ...options });
  }

  async measure(server, name, options) {
    this.record(server.name, name, await this.generate(server, options));
  }

  record(server, name, figures) {
    this.results.push({ load: name, server, figures });
    console.error(JSON.stringify({ load: name, server, ...figures }));
  }

  /** @param work for each round, with its number. */
  async rounds(work) {
    for (let round = 0; round < this.flags.rounds; round++) await work(round);
  }
}
