import { type DeviceId, DURATIONS } from '#protocol';

const APART_MS = DURATIONS.wakeUpsApartSeconds * 1_000;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 3_600_000;
/** A push service may ask for more, up to this. */
const LONGEST_WAIT_MS = 86_400_000;
/** After so many failures in a row a device is tried again only when there is something new for it. */
const MOST_ATTEMPTS = 12;
/** Devices that wait at the same time. */
const MOST_WANTED = 20_000;

interface Rest {
  /** Until then nothing is sent to the device. */
  readonly untilMs: number;
  /** Failures in a row. */
  readonly failures: number;
}

/**
 * Which devices are to be woken, and from when on: at once, then not again for a while, however much arrives. Whoever fails
 * is tried again later and later, so that push services that do not answer hold up nobody for long.
 */
export class WakeUpQueue {
  /** When each is due. */
  private readonly wanted = new Map<DeviceId, number>();
  private readonly underWay = new Set<DeviceId>();
  private readonly resting = new Map<DeviceId, Rest>();

  /** Whether there was room. */
  want(device: DeviceId, nowMs: number): boolean {
    if (this.wanted.has(device)) return true;
    if (this.wanted.size >= MOST_WANTED) return false;
    this.wanted.set(device, Math.max(nowMs, this.resting.get(device)?.untilMs ?? 0));
    return true;
  }

  /** Some that are due, and not under way already. Each has to be reported back. */
  take(nowMs: number, most: number): DeviceId[] {
    const taken: DeviceId[] = [];
    for (const [device, dueMs] of this.wanted) {
      if (taken.length >= most) break;
      if (dueMs <= nowMs && !this.underWay.has(device)) taken.push(device);
    }
    for (const device of taken) {
      this.wanted.delete(device);
      this.underWay.add(device);
    }
    return taken;
  }

  sent(device: DeviceId, nowMs: number): void {
    this.rest(device, { untilMs: nowMs + APART_MS, failures: 0 });
  }

  /** Comes back by itself, unless it has failed too often. */
  failed(device: DeviceId, nowMs: number, afterMs = 0): void {
    const failures = (this.resting.get(device)?.failures ?? 0) + 1;
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    const untilMs = nowMs + Math.min(Math.max(retryMs, afterMs), LONGEST_WAIT_MS);
    this.rest(device, { untilMs, failures });
    if (failures < MOST_ATTEMPTS) this.wanted.set(device, untilMs);
  }

  /** Is not tried again before there is something new, and not soon. */
  refused(device: DeviceId, nowMs: number): void {
    this.rest(device, { untilMs: nowMs + LONGEST_RETRY_MS, failures: MOST_ATTEMPTS });
  }

  /** Nothing is to be sent to the device any more. */
  forget(device: DeviceId): void {
    this.underWay.delete(device);
    this.resting.delete(device);
  }

  /** Lets go of what is long over. */
  tidy(nowMs: number): void {
    for (const [device, { untilMs, failures }] of this.resting)
      if (untilMs + (failures === 0 ? 0 : LONGEST_RETRY_MS) < nowMs) this.resting.delete(device);
  }

  /** What has come for the device meanwhile has to wait as long. */
  private rest(device: DeviceId, rest: Rest): void {
    this.underWay.delete(device);
    this.resting.set(device, rest);
    if (this.wanted.has(device)) this.wanted.set(device, rest.untilMs);
  }
}
