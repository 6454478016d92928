import { createHash } from 'node:crypto';
import {
  type DeviceId,
  DURATIONS,
  type KeyPackageHeader,
  MalformedMlsError,
  mlsSuite,
  readKeyPackage,
} from '#protocol';
import type { Caller } from '../platform/http/caller.js';
import { KeyPackageWrong } from './key-packages.errors.js';

/** A key package as a device uploads it. */
export interface KeyPackageDraft {
  readonly body: Buffer;
  readonly lastResort: boolean;
}

/** One that may be kept, as far as it says so itself. */
export interface NewKeyPackage extends KeyPackageDraft {
  /** SHA-256 of the body. */
  readonly ref: Buffer;
  readonly suite: number;
  /** Of the device, if the device's account vouches for it. */
  readonly signatureKey: Uint8Array;
  readonly notAfter: Date;
}

/** One that is handed out. */
export interface ClaimedKeyPackage extends KeyPackageDraft {
  readonly deviceId: DeviceId;
  readonly ref: Buffer;
}

/** What a device has waiting of one suite. */
export interface KeyPackageStock {
  readonly suite: number;
  /** Those that are for one use each. */
  readonly available: number;
  readonly lastResort: boolean;
}

/** Reads what a device uploads, all of it or none. @throws {KeyPackageWrong} */
export function readUpload(drafts: readonly KeyPackageDraft[], caller: Caller, at: Date): NewKeyPackage[] {
  const lastResorts = new Set<number>();
  return drafts.map((draft, index) => {
    const header = headerOf(draft.body);
    const fault = header === undefined ? 'is no key package as RFC 9420 has them' : faultOf(header, caller, at);
    if (header === undefined || fault !== undefined) throw new KeyPackageWrong(index, fault ?? '');
    if (draft.lastResort && lastResorts.has(header.suite))
      throw new KeyPackageWrong(index, 'is a second last resort of its suite');
    if (draft.lastResort) lastResorts.add(header.suite);
    return { ...draft, ...keptOf(draft.body, header) };
  });
}

function headerOf(body: Buffer): KeyPackageHeader | undefined {
  try {
    return readKeyPackage(body);
  } catch (error) {
    if (error instanceof MalformedMlsError) return undefined;
    throw error;
  }
}

function faultOf({ suite, leaf, notBefore, notAfter }: KeyPackageHeader, caller: Caller, at: Date): string | undefined {
  const now = BigInt(Math.floor(at.getTime() / 1000));
  const slack = BigInt(DURATIONS.keyPackageSlackSeconds);
  if (mlsSuite(suite) === undefined) return 'is of a suite that is not used here';
  const { accountId, deviceId } = leaf.identity;
  if (accountId !== caller.accountId || deviceId !== caller.deviceId) return 'is of another device';
  if (notAfter <= now) return 'has expired';
  if (notBefore > now + slack) return 'is not valid yet';
  if (notAfter - notBefore > BigInt(DURATIONS.keyPackageSeconds) + slack) return 'lives for too long';
  return undefined;
}

function keptOf(body: Buffer, header: KeyPackageHeader): Omit<NewKeyPackage, keyof KeyPackageDraft> {
  return {
    ref: createHash('sha256').update(body).digest(),
    suite: header.suite,
    signatureKey: header.leaf.signatureKey,
    notAfter: new Date(Number(header.notAfter) * 1000),
  };
}
