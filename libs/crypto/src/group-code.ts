import { canonicalBytes, type GroupName } from '#protocol';
import { comparedDigits } from './compared-digits.js';

const GROUPS = 12;

/** What of a group its members compare. */
export interface ComparedGroup {
  readonly name: GroupName;
  readonly epoch: number;
  readonly epochAuthenticator: Uint8Array;
}

/**
 * Sixty digits that the members of a group compare: the same for all devices of an epoch, and other ones for whoever was led
 * into another by a relay that has shown two commits (RFC 9420 §8.7).
 */
export function groupCode({ name, epoch, epochAuthenticator }: ComparedGroup): Promise<string> {
  const { conversationId, generation } = name;
  return comparedDigits(
    canonicalBytes('sealpost group code 1', [conversationId, generation, epoch, epochAuthenticator]),
    GROUPS,
  );
}
