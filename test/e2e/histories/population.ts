import type { Seeded, TestRelay } from '#testing';
import { SimulatedDevice } from './device.js';

let names = 0;
const DEVICES_AT_ONCE = 4;

/** All accounts and devices of a history, whether they are in its group or not. */
export class Population {
  readonly devices: SimulatedDevice[] = [];
  /** Put off their account's list: nothing works for them any more. */
  readonly revoked: SimulatedDevice[] = [];

  private constructor(
    readonly relay: TestRelay,
    private readonly seeded: Seeded,
    private readonly mostDevices: number,
  ) {}

  /** Two of three devices are their account's first one. */
  static async of(relay: TestRelay, seeded: Seeded, { now, most }: { now: number; most: number }): Promise<Population> {
    const population = new Population(relay, seeded, most);
    const accounts = Math.ceil((now * 2) / 3);
    for (let first = 0; first < accounts; first += DEVICES_AT_ONCE) {
      const count = Math.min(DEVICES_AT_ONCE, accounts - first);
      population.devices.push(...(await Promise.all(Array.from({ length: count }, () => population.registered()))));
    }
    for (let n = accounts; n < now; n++) await population.addDevice(population.usernames[n % accounts] ?? '');
    return population;
  }

  get usernames(): string[] {
    return [...new Set([...this.devices, ...this.revoked].map(({ username }) => username))];
  }

  of(username: string): SimulatedDevice[] {
    return this.devices.filter((device) => device.username === username);
  }

  get isFull(): boolean {
    return this.devices.length >= this.mostDevices;
  }

  async addDevice(username: string): Promise<void> {
    this.devices.push(await SimulatedDevice.signedIn(this.relay, username, this.seeded.fork()));
  }

  revoke(device: SimulatedDevice): void {
    this.devices.splice(this.devices.indexOf(device), 1);
    this.revoked.push(device);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.devices, ...this.revoked].map((device) => device.stop()));
  }

  private registered(): Promise<SimulatedDevice> {
    const username = `sim${String(names++)}-${Math.random().toString(36).slice(2, 8)}`;
    return SimulatedDevice.registered(this.relay, username, this.seeded.fork());
  }
}
