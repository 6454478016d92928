import { deviceListBytes, LIMITS } from '#protocol';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, Int, Time } from '../platform/http/fields.js';
import type { StoredDeviceList } from './device-list.js';
import type { DeviceListDraft } from './device-lists.service.js';

export const HIGHEST_VERSION = 2 ** 31 - 1;

const version = { about: '1 for the first list of the account, and one more with each.', min: 1, max: HIGHEST_VERSION };
const body = {
  about: 'The canonical bytes of the list (docs/protocol.md, “Device lists”), as they were signed.',
  minBytes: 1,
  maxBytes: LIMITS.deviceListBytes,
};
const signature = {
  about: 'By the identity key over the body.',
  minBytes: LIMITS.signatureBytes,
  maxBytes: LIMITS.signatureBytes,
};

const EXAMPLE = {
  version: 1,
  body: Buffer.from(
    deviceListBytes({
      accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
      version: 1,
      keyVersion: 1,
      prevHash: Buffer.alloc(32),
      devices: [
        {
          deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21',
          mlsSigningKey: Buffer.alloc(32, 'sealed'),
          addedAtMs: 1_795_338_000_000,
        },
      ],
    }),
  ).toString('base64url'),
  signature: Buffer.alloc(LIMITS.signatureBytes, 'sealed').toString('base64url'),
};

@Examples<typeof PutDeviceListDto>({ first: EXAMPLE })
export class PutDeviceListDto {
  @Int(version)
  version: number;

  @Base64Url(body)
  body: string;

  @Base64Url(signature)
  signature: string;
}

/** All devices of an account, as its identity key vouches for them. */
@Examples<typeof SignedDeviceListDto>({
  first: { ...EXAMPLE, keyVersion: 1, createdAt: '2026-11-22T09:30:00.000Z' },
})
export class SignedDeviceListDto {
  @Int(version)
  version: number;

  @Int({
    about: 'Which identity key signed, by its version: not the current one, while the key was replaced since.',
    min: 1,
    max: HIGHEST_VERSION,
  })
  keyVersion: number;

  @Base64Url(body)
  body: string;

  @Base64Url(signature)
  signature: string;

  @Time({ about: 'When it was uploaded.' })
  createdAt: string;
}

export function toDeviceListDraft({ version, body, signature }: PutDeviceListDto): DeviceListDraft {
  return { version, body: Buffer.from(body, 'base64url'), signature: Buffer.from(signature, 'base64url') };
}

export function toSignedDeviceListDto({ list, body, signature, createdAt }: StoredDeviceList): SignedDeviceListDto {
  return {
    version: list.version,
    keyVersion: list.keyVersion,
    body: body.toString('base64url'),
    signature: signature.toString('base64url'),
    createdAt: createdAt.toISOString(),
  };
}
