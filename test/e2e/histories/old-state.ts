import { type MlsEngine, MlsGroup } from '#crypto';
import type { SimulatedDevice } from './device.js';
import type { GroupLog } from './group-log.js';

/** All that a device had of a group before it was put out, kept by whoever has it now. */
export class OldState {
  private readonly since: number;

  private constructor(
    readonly deviceId: string,
    private readonly engine: MlsEngine,
    private group: MlsGroup,
  ) {
    this.since = group.epoch;
  }

  /** A copy, which the device itself cannot forget. @returns undefined when it is in no group. */
  static async of(device: SimulatedDevice, id: string): Promise<OldState | undefined> {
    const { account } = device;
    const group = await device.group(id);
    if (group === undefined) return undefined;
    return new OldState(account.deviceId, account.engine, MlsGroup.fromParts(group.parts()));
  }

  /**
   * Follows the log as far as its keys reach, whatever it may.
   * @returns positions of the messages that it reads though their epochs are without it.
   */
  async readsOn(log: GroupLog): Promise<number[]> {
    const read: number[] = [];
    const last = this.lastEpochIn(log);
    for (const entry of [...log.commits, ...log.messages].sort((one, other) => one.seq - other.seq)) {
      if ('isFromOutside' in entry) await this.follow(entry.body);
      else if (entry.epoch > last && (await this.opens(entry.body))) read.push(entry.seq);
    }
    return read;
  }

  private lastEpochIn(log: GroupLog): number {
    let epoch = this.since;
    while (log.devicesAt(epoch + 1).has(this.deviceId)) epoch += 1;
    return epoch;
  }

  private async follow(commit: Uint8Array): Promise<void> {
    const reading = { judge: () => Promise.resolve(true), nowSeconds: Date.now() / 1000 };
    const { group } = await this.engine.follow(this.group, commit, reading).catch(() => ({ group: undefined }));
    this.group = group ?? this.group;
  }

  private async opens(message: Uint8Array): Promise<boolean> {
    return this.engine.open(this.group, message).then(
      () => true,
      () => false,
    );
  }
}
