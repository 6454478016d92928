import { LIMITS, VAULT_NAME_PATTERN, type VaultName } from '#protocol';
import { Base64Url, Int, ListOf, Text, Time } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { VaultEntry, VaultItem, VaultVersion } from './vault-item.js';

const name = {
  about: 'Name of the blob: a-z, 0-9, dot, underscore and hyphen, the first a letter or digit.',
  min: 1,
  max: LIMITS.vaultNameChars,
  pattern: VAULT_NAME_PATTERN,
  example: 'contacts',
};
const body = {
  about: 'What the client encrypted; opaque.',
  minBytes: 1,
  maxBytes: LIMITS.vaultItemBytes,
  example: Buffer.from('sealed').toString('base64url'),
};

export class VaultParams {
  @Text(name)
  name: VaultName;
}

export class PutVaultItemDto {
  @Base64Url(body)
  body: string;
}

export class VaultVersionDto {
  @Int({ about: '1, 2, 3 …: one more with each content, and with a deletion.', min: 1, example: 3 })
  version: number;

  @Time({ about: 'When it was put.' })
  updatedAt: string;
}

export class VaultEntryDto extends VaultVersionDto {
  @Text(name)
  name: string;

  @Int({ about: 'Size of its content.', min: 1, max: LIMITS.vaultItemBytes, example: 6 })
  bytes: number;
}

export class VaultItemDto extends VaultVersionDto {
  @Text(name)
  name: string;

  @Base64Url(body)
  body: string;
}

export class VaultListDto extends PageDto {
  @ListOf(() => VaultEntryDto, { about: 'By name, without deleted ones.', max: LIMITS.pageItems })
  items: VaultEntryDto[];
}

function versionFields({ version, updatedAt }: VaultVersion) {
  return { version, updatedAt: updatedAt.toISOString() };
}

export function toVaultVersionDto(version: VaultVersion): VaultVersionDto {
  return versionFields(version);
}

export function toVaultEntryDto(entry: VaultEntry): VaultEntryDto {
  return { ...versionFields(entry), name: entry.name, bytes: entry.bytes };
}

export function toVaultItemDto(item: VaultItem): VaultItemDto {
  return { ...versionFields(item), name: item.name, body: item.body.toString('base64url') };
}
