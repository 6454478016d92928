import { LIMITS, LINKING_SLOT_PATTERN, type LinkingSlotId } from '#protocol';
import { Base64Url, Text, Time } from '../platform/http/fields.js';
import type { LinkingOffer, LinkingReply, OpenedSlot } from './linking-slot.js';

const SEALED = Buffer.from('sealed').toString('base64url');
const hello = { minBytes: 1, maxBytes: LIMITS.linkingHelloBytes, example: SEALED };
const provisioning = { minBytes: 1, maxBytes: LIMITS.linkingProvisioningBytes, example: SEALED };
const slotId = {
  about: 'Id of the slot: 128 random bits.',
  min: 22,
  max: 22,
  pattern: LINKING_SLOT_PATTERN,
  example: 'q83vEjRWeJCrze8SNFZ4kA',
};
const readKey = {
  minBytes: LIMITS.linkingReadKeyBytes,
  maxBytes: LIMITS.linkingReadKeyBytes,
  example: '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw',
};

export class LinkingParams {
  @Text(slotId)
  slotId: LinkingSlotId;
}

export class OpenLinkingDto {
  @Base64Url({ about: 'What the new device says first: its ephemeral public key.', ...hello })
  offer: string;
}

export class OpenedLinkingDto {
  @Text(slotId)
  slotId: string;

  @Base64Url({ about: 'By which the new device, and nobody else, reads the slot. Shown once.', ...readKey })
  readKey: string;

  @Time({ about: 'When the slot is gone: two minutes after it was opened.' })
  expiresAt: string;
}

export class LinkingOfferDto {
  @Base64Url({ about: 'What the new device said.', ...hello })
  offer: string;

  @Time({ about: 'When the slot is gone.' })
  expiresAt: string;
}

export class AnswerLinkingDto {
  @Base64Url({ about: 'What the old device answers: its ephemeral public key.', ...hello })
  answer: string;
}

export class ProvideLinkingDto {
  @Base64Url({ about: 'What is handed over, sealed for the new device.', ...provisioning })
  provisioning: string;
}

export class ReadLinkingDto {
  @Base64Url({ about: 'The key that opening the slot answered.', ...readKey })
  readKey: string;
}

export class LinkingReplyDto {
  @Base64Url({ about: 'The answer, or null while there is none.', ...hello, nullable: true })
  answer: string | null;

  @Base64Url({ about: 'What is handed over, or null while there is nothing.', ...provisioning, nullable: true })
  provisioning: string | null;
}

export function toOpenedLinkingDto({ id, readKey, expiresAt }: OpenedSlot): OpenedLinkingDto {
  return { slotId: id, readKey: readKey.toString('base64url'), expiresAt: expiresAt.toISOString() };
}

export function toLinkingOfferDto({ offer, expiresAt }: LinkingOffer): LinkingOfferDto {
  return { offer: offer.toString('base64url'), expiresAt: expiresAt.toISOString() };
}

export function toLinkingReplyDto({ answer, provisioning }: LinkingReply): LinkingReplyDto {
  return { answer: textOf(answer), provisioning: textOf(provisioning) };
}

function textOf(bytes: Buffer | null): string | null {
  return bytes?.toString('base64url') ?? null;
}
