import type { AuthenticationService, ClientConfig } from 'ts-mls';
import { type DeviceIdentity, DURATIONS, type KeyPackageHeader, type LeafHeader, readDeviceIdentity } from '#protocol';
import { isSameBytes } from '../same-bytes.js';
import type { Bytes } from '../sealing.js';
import { MlsError, NotJudgedError } from './mls.errors.js';

/** A leaf's claim: that this key is that device's. */
export interface DeviceClaim {
  readonly device: DeviceIdentity;
  /** Raw Ed25519. */
  readonly signatureKey: Bytes;
  /**
   * `join`: it stands in the tree of a group that this device enters; its account may have dropped it from its list since, and
   * nobody have removed it yet. `add`: this device brings it into the group now. `admitted`: somebody else has, when its account
   * may have listed it. `update`: it was in the group with the same key before. `remove`: somebody else takes it out, who may
   * only if its account does not list it any more.
   */
  readonly occasion: 'join' | 'add' | 'admitted' | 'update' | 'remove';
}

/** Says whether an account vouches for a device. What it throws is thrown to whoever called MLS. */
export type Judge = (claim: DeviceClaim) => Promise<boolean>;

/**
 * How many keys are kept: of 32 messages that have not come while later ones of their sender have, and within reach a sender's
 * next 4,096 messages. Past epochs are dropped when a step is settled.
 */
const KEPT = { retainKeysForEpochs: Infinity, retainKeysForGenerations: 32, maximumForwardRatchetSteps: 4_096 };

/** What judges leaves while a group is entered or goes on. */
export interface Judging {
  readonly judge: Judge;
  /** What a leaf that is not among the added ones is there for. */
  readonly occasion: 'join' | 'update';
  readonly added?: readonly KeyPackageHeader[];
  /** Whether this device brings those in, or follows somebody who has. */
  readonly addedAs?: 'add' | 'admitted';
}

/** The rules by which ts-mls works for one call; none of them is its default. */
export function clientConfig(judging?: Judging): ClientConfig {
  return {
    keyRetentionConfig: KEPT,
    // Lifetimes are checked by the caller's clock, see checkLifetime.
    lifetimeConfig: { maximumTotalLifetime: BigInt(MAX_LIFETIME_SECONDS), validateLifetimeOnReceive: false },
    keyPackageEqualityConfig: {
      compareKeyPackages: (one, other) => isSameClient(one.leafNode, other.leafNode),
      compareKeyPackageToLeafNode: (keyPackage, leaf) => isSameClient(keyPackage.leafNode, leaf),
    },
    // Contents are padded before they are encrypted.
    paddingConfig: { kind: 'alwaysPad', paddingLength: 0 },
    authService: judging === undefined ? NOBODY : authenticationService(judging),
  };
}

/** Where no leaf comes in, none is believed. */
const NOBODY: AuthenticationService = { validateCredential: () => Promise.resolve(false) };

function authenticationService({ judge, occasion, added = [], addedAs = 'add' }: Judging): AuthenticationService {
  const judged = new Map<string, Promise<boolean>>();
  return {
    validateCredential(credential, signatureKey) {
      const identity = 'identity' in credential ? credential.identity : new Uint8Array();
      const device = readDeviceIdentity(identity);
      if (device === undefined) return Promise.resolve(false);
      const isAdded = added.some(({ leaf }) => isSameBytes(leaf.signatureKey, signatureKey));
      const claim = {
        device,
        signatureKey: new Uint8Array(signatureKey),
        occasion: isAdded ? addedAs : occasion,
      } as const;
      // The signer of a Welcome is asked for twice.
      const key = `${String(identity)} ${String(signatureKey)}`;
      const answer = judged.get(key) ?? judgement(judge, claim);
      judged.set(key, answer);
      return answer;
    },
  };
}

async function judgement(judge: Judge, claim: DeviceClaim): Promise<boolean> {
  try {
    return await judge(claim);
  } catch (error) {
    throw new NotJudgedError(error);
  }
}

interface Client {
  readonly credential: object;
  readonly signaturePublicKey: Uint8Array;
}

/** One client is in a group once, by name as well as by key (RFC 9420 §12.2). */
function isSameClient(one: Client, other: Client): boolean {
  return (
    isSameBytes(one.signaturePublicKey, other.signaturePublicKey) ||
    ('identity' in one.credential &&
      'identity' in other.credential &&
      String(one.credential.identity) === String(other.credential.identity))
  );
}

/** Whether a leaf is of that device and key. */
export function isLeafOf(leaf: LeafHeader, other: LeafHeader): boolean {
  return isSameDevice(leaf.identity, other.identity) && isSameBytes(leaf.signatureKey, other.signatureKey);
}

export function isSameDevice(one: DeviceIdentity, other: DeviceIdentity): boolean {
  return one.accountId === other.accountId && one.deviceId === other.deviceId;
}

const MAX_LIFETIME_SECONDS = DURATIONS.keyPackageSeconds + DURATIONS.keyPackageSlackSeconds;

type Validity = Pick<KeyPackageHeader, 'notBefore' | 'notAfter'>;

/** @throws {MlsError} `lifetime` */
export function checkTotalLifetime({ notBefore, notAfter }: Validity): void {
  if (notAfter - notBefore > BigInt(MAX_LIFETIME_SECONDS))
    throw new MlsError('lifetime', 'A key package would be valid for too long.');
}

/** @throws {MlsError} `lifetime` */
export function checkLifetime({ notBefore, notAfter }: Validity, nowSeconds: number): void {
  const now = BigInt(Math.floor(nowSeconds));
  checkTotalLifetime({ notBefore, notAfter });
  if (notAfter < now || notBefore > now + BigInt(DURATIONS.keyPackageSlackSeconds))
    throw new MlsError('lifetime', 'A key package has expired, or is not valid yet.');
}
