import { type DeviceId, LIMITS, MLS_SUITES } from '#protocol';
import { Base64Url, Flag, Int, ListOf, Nested, Uuid, UuidList } from '../platform/http/fields.js';
import { SignedDeviceListDto, toSignedDeviceListDto } from './device-lists.dto.js';
import type { ClaimedKeyPackage, KeyPackageDraft, KeyPackageStock } from './key-package.js';
import type { Claim, ClaimRequest } from './key-packages.service.js';

const REF_BYTES = 32;
const MOST_SUITE = 2 ** 16 - 1;

const suite = {
  about: 'Id of the cipher suite of MLS (docs/protocol.md, “Key packages”).',
  min: 1,
  max: MOST_SUITE,
  example: MLS_SUITES.xWing,
};
const body = { about: 'A `KeyPackage` (RFC 9420 §10).', minBytes: 1, maxBytes: LIMITS.keyPackageBytes };

class KeyPackageDraftDto {
  @Base64Url(body)
  body: string;

  @Flag({
    about: 'To be handed out when nothing else is left, as often as need be. Replaces the one before of its suite.',
    optional: true,
  })
  lastResort?: boolean;
}

export class UploadKeyPackagesDto {
  @ListOf(() => KeyPackageDraftDto, { about: 'Of this device.', min: 1, max: LIMITS.keyPackagesPerRequest })
  keyPackages: KeyPackageDraftDto[];
}

class KeyPackageStockDto {
  @Int(suite)
  suite: number;

  @Int({ about: 'How many wait that are for one use each.', min: 0, example: LIMITS.keyPackageStock })
  available: number;

  @Flag({ about: 'Whether there is a last resort.' })
  lastResort: boolean;
}

export class KeyPackageCountsDto {
  @ListOf(() => KeyPackageStockDto, { about: 'One for each suite.', max: Object.keys(MLS_SUITES).length })
  counts: KeyPackageStockDto[];
}

export class ClaimKeyPackagesDto {
  @Int({ ...suite, about: `${suite.about} The default one, if left out.`, optional: true })
  suite?: number;

  @UuidList({
    about: 'Only of these devices; of all of them, if left out.',
    max: LIMITS.devicesPerAccount,
    optional: true,
  })
  deviceIds?: DeviceId[];
}

class ClaimedKeyPackageDto {
  @Uuid({ about: 'Of which device.' })
  deviceId: string;

  @Base64Url({ about: 'SHA-256 of the body.', minBytes: REF_BYTES, maxBytes: REF_BYTES })
  ref: string;

  @Base64Url(body)
  body: string;

  @Flag({ about: 'Whether others may have got it, too.' })
  lastResort: boolean;
}

export class ClaimDto {
  @Uuid({ about: 'The account of the name, as its list of devices names it.' })
  accountId: string;

  @Nested(() => SignedDeviceListDto, {
    about: 'What the account signed, against which each key package is to be held; null if it never did.',
    nullable: true,
  })
  list: SignedDeviceListDto | null;

  @ListOf(() => ClaimedKeyPackageDto, { about: 'One of each device that has any.', max: LIMITS.devicesPerAccount })
  keyPackages: ClaimedKeyPackageDto[];

  @UuidList({ about: 'Devices that were asked for, of which there is none.', max: LIMITS.devicesPerAccount })
  without: string[];
}

/** That a device should upload key packages. */
export class KeyPackagesLowDto {
  @Int(suite)
  readonly suite: number;

  @Int({ about: 'How many are left.', min: 0, max: LIMITS.keyPackagesLow, example: LIMITS.keyPackagesLow })
  readonly available: number;
}

export function toKeyPackageDrafts({ keyPackages }: UploadKeyPackagesDto): KeyPackageDraft[] {
  return keyPackages.map(({ body, lastResort = false }) => ({ body: Buffer.from(body, 'base64url'), lastResort }));
}

export function toClaimRequest({ suite = MLS_SUITES.xWing, deviceIds }: ClaimKeyPackagesDto): ClaimRequest {
  return { suite, deviceIds };
}

export function toKeyPackageCountsDto(counts: readonly KeyPackageStock[]): KeyPackageCountsDto {
  return { counts: counts.map(({ suite, available, lastResort }) => ({ suite, available, lastResort })) };
}

export function toClaimDto({ accountId, list, keyPackages, without }: Claim): ClaimDto {
  return {
    accountId,
    list: list === undefined ? null : toSignedDeviceListDto(list),
    keyPackages: keyPackages.map(toClaimedKeyPackageDto),
    without: [...without],
  };
}

function toClaimedKeyPackageDto({ deviceId, ref, body, lastResort }: ClaimedKeyPackage): ClaimedKeyPackageDto {
  return { deviceId, ref: ref.toString('base64url'), body: body.toString('base64url'), lastResort };
}
