import type { DeviceId } from '#protocol';

/** A live device. */
export interface Device {
  readonly id: DeviceId;
  /** Only its owner gets to see the name. */
  readonly name: string;
  readonly createdAt: Date;
  /** UTC date of the last sign-in or refresh, `2026-11-22`. */
  readonly lastSeenDay: string;
}
