import { KDF_FLOORS, LIMITS, PROTOCOL_RANGE, REGISTRATION_MODES, type RegistrationMode } from '#protocol';
import type { Config } from '../platform/config/config.js';
import { Base64Url, Flag, Int, Nested, OpenEnum, TextList } from '../platform/http/fields.js';
import { ProtocolRangeDto } from '../platform/http/problem.dto.js';
import type { Quotas } from '../platform/limits/quotas.js';
import type { PushOffers } from '../push/index.js';

const bytes = { min: 1, example: 65_536 };

class ServerLimitsDto {
  @Int({ about: 'Ciphertext of one message.', ...bytes })
  ciphertextBytes: number;

  @Int({ about: 'Encrypted metadata of one conversation.', ...bytes })
  metadataBytes: number;

  @Int({ about: 'JSON body of one request.', ...bytes })
  bodyBytes: number;

  @Int({ about: 'One frame of a socket.', ...bytes })
  frameBytes: number;

  @Int({ about: 'One blob of the vault.', ...bytes })
  vaultItemBytes: number;

  @Int({ about: 'All blobs of a vault.', ...bytes })
  vaultBytes: number;

  @Int({ about: 'Names of a vault, deleted ones included.', min: 1, example: 1_024 })
  vaultNames: number;

  @Int({ about: 'Items of one page.', min: 1, example: 200 })
  pageItems: number;

  @Int({ about: 'Members of one conversation.', min: 1, example: 1_000 })
  members: number;

  @Int({ about: 'Ciphertext of one attachment.', min: 1, example: 1_138_166_333 })
  attachmentBytes: number;

  @Int({ about: 'Ciphertext of all attachments of one account.', min: 1, example: 21_474_836_480 })
  attachmentsBytes: number;

  @Int({ about: 'Ciphertext that one account may upload within a day.', min: 1, example: 10_737_418_240 })
  attachmentBytesPerDay: number;

  @Int({ about: 'Devices of one account.', min: 1, example: 10 })
  devices: number;
}

class Argon2idFloorDto {
  @Int({ about: 'Memory in KiB.', min: 1, example: 65_536 })
  memoryKiB: number;

  @Int({ about: 'Passes.', min: 1, example: 3 })
  iterations: number;
}

class Pbkdf2FloorDto {
  @Int({ about: 'Rounds.', min: 1, example: 600_000 })
  iterations: number;
}

class KdfFloorsDto {
  @Nested(() => Argon2idFloorDto, { about: 'Of `argon2id`.' })
  argon2id: Argon2idFloorDto;

  @Nested(() => Pbkdf2FloorDto, { about: 'Of `pbkdf2-sha256`.' })
  'pbkdf2-sha256': Pbkdf2FloorDto;
}

class AuditKeyDto {
  @OpenEnum(['ed25519'], { about: 'Of which kind it is.' })
  algorithm: string;

  @Base64Url({ about: 'The key itself, as RFC 8032 encodes it.', minBytes: 32, maxBytes: 32 })
  publicKey: string;
}

class PushOffersDto {
  @Base64Url({
    about: 'For which browsers subscribe (RFC 8292), or null if there is no Web Push.',
    minBytes: LIMITS.pushKeyBytes,
    maxBytes: LIMITS.pushKeyBytes,
    nullable: true,
    example: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  })
  vapidPublicKey: string | null;

  @Flag({ about: 'Whether there is Firebase Cloud Messaging.' })
  fcm: boolean;

  @TextList({
    about: 'Ids of the apps that are woken by APNs.',
    max: 100,
    chars: LIMITS.pushTopicChars,
    example: ['org.example.chat'],
  })
  apnsTopics: string[];
}

interface ServerFacts {
  readonly quotas: Quotas;
  readonly config: Pick<Config, 'ATTACHMENT_MAX_BYTES' | 'ACCOUNT_DELETION_GRACE_DAYS'>;
  readonly auditKey: Buffer;
  readonly registration: RegistrationMode;
  readonly push: PushOffers;
}

export class ServerDto {
  @OpenEnum(['sealpost'], { about: 'What it is.' })
  software: string;

  @Nested(() => ProtocolRangeDto, { about: 'The versions of the protocol that it speaks.' })
  protocol: ProtocolRangeDto;

  @Nested(() => KdfFloorsDto, {
    about: 'The least that a derivation of keys may cost. Clients have floors of their own.',
  })
  kdfFloors: KdfFloorsDto;

  @Nested(() => ServerLimitsDto, { about: 'How much of a thing it takes.' })
  limits: ServerLimitsDto;

  @Nested(() => AuditKeyDto, {
    about:
      'Signs the checkpoints of the audit log. Worth keeping: whoever has it from here later has only the word of the relay.',
  })
  auditKey: AuditKeyDto;

  @Int({
    about: 'For so many days the owner of an account that is to be deleted can keep it; 0 deletes at once.',
    min: 0,
    example: 14,
  })
  deletionGraceDays: number;
  @OpenEnum(REGISTRATION_MODES, {
    about: 'Who may make an account: everybody, whoever has an invitation, or nobody.',
  })
  registration: string;

  @Nested(() => PushOffersDto, { about: 'How it wakes devices that are not connected.' })
  push: PushOffersDto;
}

export function toServerDto({ quotas, config, auditKey, registration, push }: ServerFacts): ServerDto {
  const { ciphertextBytes, metadataBytes, bodyBytes, frameBytes, vaultItemBytes, pageItems } = LIMITS;
  return {
    software: 'sealpost',
    protocol: PROTOCOL_RANGE,
    kdfFloors: KDF_FLOORS,
    auditKey: { algorithm: 'ed25519', publicKey: auditKey.toString('base64url') },
    deletionGraceDays: config.ACCOUNT_DELETION_GRACE_DAYS,
    registration,
    push: {
      vapidPublicKey: push.vapidPublicKey?.toString('base64url') ?? null,
      fcm: push.fcm,
      apnsTopics: [...push.apnsTopics],
    },
    limits: {
      ...{ ciphertextBytes, metadataBytes, bodyBytes, frameBytes, vaultItemBytes, pageItems },
      vaultBytes: quotas.of('vaultBytesPerAccount'),
      vaultNames: quotas.of('vaultNamesPerAccount'),
      members: quotas.of('membersPerConversation'),
      attachmentBytes: config.ATTACHMENT_MAX_BYTES,
      attachmentsBytes: quotas.of('attachmentBytesPerAccount'),
      attachmentBytesPerDay: quotas.of('attachmentBytesPerAccountAndDay'),
      devices: quotas.of('devicesPerAccount'),
    },
  };
}
