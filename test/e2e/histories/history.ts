import { GroupError, RelayRefusal, RelayUnreachableError, StoreClosedError } from '#sdk';
import { Crash } from '../mortal-store.js';
import type { SimulatedDevice } from './device.js';
import { OldState } from './old-state.js';
import type { Kind, PlannedStep } from './plan.js';
import type { Population } from './population.js';

/** A message that a device has said it has stored, to be sent. */
export interface Taken {
  readonly device: SimulatedDevice;
  readonly deviceId: string;
  readonly id: string;
  readonly text: string;
}

const MOST_AT_ONCE = 4;
/** Devices come back from outside a few times an hour only. */
const DAMAGES_EACH = 2;
/** What nothing else is to get into the way of. */
const ALONE: readonly Kind[] = ['damage', 'revoke', 'device'];

/** One group, and everything that happens to it. */
export class History {
  readonly taken: Taken[] = [];
  readonly oldStates: OldState[] = [];
  /** What failed in a way in which nothing may. */
  readonly surprises: string[] = [];
  readonly done: string[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly mended: { at: number; device: SimulatedDevice }[] = [];
  private steps = 0;

  private constructor(
    readonly population: Population,
    readonly id: string,
  ) {}

  /** A group of the first account and every second of the others. */
  static async begun(population: Population): Promise<History> {
    const [founder, ...others] = population.usernames;
    const invited = others.filter((_name, n) => n % 2 === 0);
    const [device] = population.of(founder ?? '');
    const { id } = await device!.session.conversations.group(invited);
    return new History(population, id);
  }

  async take(step: PlannedStep): Promise<void> {
    this.steps += 1;
    this.mendSome();
    const device = pick(this.population.devices, step.who);
    if (device === undefined) return;
    const isByItself = ALONE.includes(step.kind);
    if (step.isAlone || isByItself) await this.calm();
    while (this.underWay.size >= MOST_AT_ONCE) await Promise.race(this.underWay);
    const work = this.attempt(step.kind, device, () => this.doing[step.kind](device, step));
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
    if (isByItself) await work;
  }

  /** Resolves when nothing that was asked for is under way. */
  async calm(): Promise<void> {
    while (this.underWay.size > 0) await Promise.race(this.underWay);
  }

  /** All lines work again. */
  async recover(): Promise<void> {
    await this.calm();
    for (const device of this.population.devices) device.line.mend();
  }

  private readonly doing: Record<Kind, (device: SimulatedDevice, step: PlannedStep) => Promise<unknown>> = {
    send: (device) => this.send(device),
    add: async (_device, { who, whom, count }) => {
      const [actor, members] = await this.managing(who);
      const outside = this.population.usernames.filter((username) => !members.includes(username));
      const coming = [pick(outside, whom), ...(count > 4 ? [pick(outside, whom + 1)] : [])];
      const names = [...new Set(coming.filter((username) => username !== undefined))];
      if (names.length > 0) await actor?.session.conversations.add(this.id, names);
    },
    remove: async (_device, { who, whom }) => {
      const [actor, members] = await this.managing(who);
      const leaving = pick(
        members.filter((username) => username !== actor?.username),
        whom,
      );
      if (actor === undefined || leaving === undefined || members.length < 3) return;
      await this.remember(this.population.of(leaving));
      await actor.session.conversations.remove(this.id, [leaving]);
    },
    leave: async (device) => {
      if ((await device.session.conversations.get(this.id)).members.length < 3) return;
      await this.remember(this.population.of(device.username));
      await device.session.conversations.leave(this.id);
    },
    update: (device) => device.renewKeys(this.id),
    role: async (_device, { who, whom, count }) => {
      const [actor, members] = await this.managing(who);
      const username = pick(
        members.filter((one) => one !== actor?.username),
        whom,
      );
      const role = count > 2 ? 'admin' : 'member';
      if (username !== undefined) await actor?.session.conversations.giveRole(this.id, username, role);
    },
    drop: (device, { count }) => {
      device.line.drop(count);
      return Promise.resolve();
    },
    delay: (device, { count }) => {
      device.line.delay(2 * count);
      return Promise.resolve();
    },
    cut: (device, { count }) => {
      device.line.cut();
      this.mended.push({ at: this.steps + count, device });
      return Promise.resolve();
    },
    crash: async (device, { whom, count }) => {
      device.destine({ atWrite: count, hasLanded: whom % 2 === 0 });
      await this.send(device).catch(() => undefined);
      await device.restart();
    },
    damage: (device, { who }) => this.damage(device, who),
    revoke: (device) => this.revoke(device),
    device: async ({ username }) => {
      if (!this.population.isFull) await this.population.addDevice(username);
    },
  };

  private async send(device: SimulatedDevice): Promise<void> {
    const text = `message ${String(this.taken.length)} at ${String(this.steps)}`;
    const id = await device.session.messages.send(this.id, text);
    this.taken.push({ device, deviceId: device.account.deviceId, id, text });
  }

  /**
   * A commit that changes nobody, or the device would have to believe the relay about who has come in, and who may bring people
   * in: it stays out, then. So nothing that either has begun is under way before.
   */
  private async damage(device: SimulatedDevice, who: number): Promise<void> {
    const others = this.population.devices.filter((other) => other !== device);
    if (device.damagedIn(this.id).length >= DAMAGES_EACH) return;
    device.line.mend();
    const other = pick(others, who);
    await other?.session.sync();
    await device.session.sync();
    device.line.damageCommit(device.account.deviceId);
    try {
      await other?.renewKeys(this.id);
      await device.session.sync();
    } finally {
      device.line.mend();
    }
  }

  /** By another device of the account, which then is the one that stays. */
  private async revoke(device: SimulatedDevice): Promise<void> {
    const other = this.population.of(device.username).find((one) => one !== device);
    if (other === undefined) return;
    other.line.mend();
    await this.remember([device]);
    await other.revoke(device);
    this.population.revoke(device);
  }

  /** Somebody who may change the members, and who those are in their eyes. */
  private async managing(who: number): Promise<[SimulatedDevice | undefined, string[]]> {
    const found: [SimulatedDevice, string[]][] = [];
    for (const device of this.population.devices) {
      const list = await device.session.conversations.list().catch(() => []);
      const members = list.find(({ id, isReady }) => id === this.id && isReady)?.members ?? [];
      const own = members.find(({ username }) => username === device.username);
      if (own?.role === 'owner' || own?.role === 'admin') found.push([device, members.map(({ username }) => username)]);
    }
    return pick(found, who) ?? [undefined, []];
  }

  private async remember(devices: readonly SimulatedDevice[]): Promise<void> {
    for (const device of devices) {
      const old = await OldState.of(device, this.id).catch(() => undefined);
      if (old !== undefined) this.oldStates.push(old);
    }
  }

  private mendSome(): void {
    for (const one of this.mended.filter(({ at }) => at <= this.steps)) {
      one.device.line.mend();
      this.mended.splice(this.mended.indexOf(one), 1);
    }
  }

  private async attempt(kind: Kind, device: SimulatedDevice, work: () => Promise<unknown>): Promise<void> {
    this.done.push(`${String(this.steps)} ${kind} ${device.username}`);
    try {
      await work();
    } catch (error) {
      if (!isOrdinary(error)) this.surprises.push(`${kind}: ${describe(error)}`);
    }
  }
}

/** What people have to expect who use a bad line, and change a group while others do. */
export function isOrdinary(error: unknown): boolean {
  return [RelayUnreachableError, RelayRefusal, GroupError, Crash, StoreClosedError].some(
    (kind) => error instanceof kind,
  );
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function pick<T>(choices: readonly T[], number: number): T | undefined {
  return choices[number % Math.max(1, choices.length)];
}
