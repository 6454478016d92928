import { type DeviceId, LIMITS, LINE_PATTERN } from '#protocol';
import { Flag, Int, ListOf, Nested, Text, Time, Uuid } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { Device } from './device.js';
import { HIGHEST_VERSION, SignedDeviceListDto, toSignedDeviceListDto } from './device-lists.dto.js';
import type { PeerDevices } from './devices.service.js';

export class DeviceNameDto {
  @Text({
    about: 'What its owner calls it. Shown to nobody else.',
    min: 1,
    max: LIMITS.deviceNameChars,
    pattern: LINE_PATTERN,
    example: 'Laptop',
  })
  name: string;
}

export class DeviceParams {
  @Uuid({ about: 'Id of a device.' })
  id: DeviceId;
}

/** What everyone may know of a device. */
export class PeerDeviceDto {
  @Uuid({ about: 'Id of the device.' })
  id: string;

  @Time({ about: 'When it was registered.' })
  createdAt: string;
}

export class DeviceDto extends PeerDeviceDto {
  @Text({ about: 'What its owner calls it.', max: LIMITS.deviceNameChars, example: 'Laptop' })
  name: string;

  @Text({ about: 'UTC date of its last sign-in or refresh.', max: 10, example: '2026-11-22' })
  lastSeenDay: string;

  @Flag({ about: 'Whether it is the device that asks.' })
  current: boolean;
}

export class DeviceListDto extends PageDto {
  @ListOf(() => DeviceDto, { about: 'Live devices, oldest first; all of them.', max: LIMITS.devicesPerAccount })
  items: DeviceDto[];
}

export class PeerDevicesQuery {
  @Int({
    about: 'The newest list that the asker knows, by its version; 0 for none.',
    min: 0,
    max: HIGHEST_VERSION,
    optional: true,
    example: 3,
  })
  listsAfter?: number;
}

export class PeerDeviceListDto extends PageDto {
  @ListOf(() => PeerDeviceDto, { about: 'Live devices, oldest first; all of them.', max: LIMITS.devicesPerAccount })
  items: PeerDeviceDto[];

  @Nested(() => SignedDeviceListDto, {
    about: 'The devices that the account vouches for, whatever the relay says; null if it never signed a list.',
    nullable: true,
  })
  list: SignedDeviceListDto | null;

  @ListOf(() => SignedDeviceListDto, {
    about: 'Between `listsAfter` and the list, oldest first; of more than fit, the newest. None unless asked for.',
    max: LIMITS.pageItems,
  })
  earlierLists: SignedDeviceListDto[];
}

export function toDeviceDto(device: Device, current: DeviceId | undefined): DeviceDto {
  const { id, name, createdAt, lastSeenDay } = device;
  return { id, name, createdAt: createdAt.toISOString(), lastSeenDay, current: id === current };
}

export function toPeerDeviceListDto({ devices, list, earlierLists }: PeerDevices): PeerDeviceListDto {
  return {
    items: devices.map(({ id, createdAt }) => ({ id, createdAt: createdAt.toISOString() })),
    nextCursor: null,
    list: list === undefined ? null : toSignedDeviceListDto(list),
    earlierLists: earlierLists.map(toSignedDeviceListDto),
  };
}
