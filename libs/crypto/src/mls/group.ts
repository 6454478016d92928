import {
  type DeviceIdentity,
  type GroupName,
  type LeafHeader,
  type MlsSuite,
  readDeviceIdentity,
  readGroupId,
} from '#protocol';
import type { Bytes } from '../sealing.js';
import { decodeParts, encodeParts, type PartsChange, partsChange } from './group-parts.js';
import type { GroupState } from './group-state.js';
import { MlsError } from './mls.errors.js';
import { suiteNamed } from './suites.js';

/** A device in a group. */
export interface GroupMember extends LeafHeader {
  /** Its place in the tree: as commits name it. */
  readonly leafIndex: number;
}

/**
 * What a device knows of a group at one moment. It never changes: each step makes the next one, and the caller keeps whichever
 * it has stored. It holds secrets; nothing of it is to be shown or logged.
 */
export class MlsGroup {
  private constructor(
    /** @internal For the engine alone. */
    readonly state: GroupState,
    readonly suite: MlsSuite,
    readonly name: GroupName,
  ) {}

  /** @internal For the engine alone. @throws {MlsError} `malformed` when it is no group of this protocol. */
  static of(state: GroupState): MlsGroup {
    const suite = suiteNamed(state.groupContext.cipherSuite);
    const name = readGroupId(state.groupContext.groupId);
    if (suite === undefined) throw new MlsError('wrong_suite', 'The group has a suite that is not used here.');
    if (name === undefined) throw new MlsError('malformed', 'The group belongs to no conversation.');
    return new MlsGroup(state, suite, name);
  }

  /**
   * A group as it was stored.
   * @throws {MlsError} `bad_state` when parts are missing or have been changed.
   */
  static fromParts(parts: ReadonlyMap<string, Uint8Array>): MlsGroup {
    try {
      return MlsGroup.of(decodeParts(parts));
    } catch (cause) {
      throw new MlsError('bad_state', 'What was stored of a group cannot be read.', { cause });
    }
  }

  /** All that must be stored of it, by the name of the part. */
  parts(): Map<string, Bytes> {
    return encodeParts(this.state);
  }

  /**
   * What must be written, in one transaction, where an earlier moment of this group is stored: after a message less than 10 KB,
   * and mostly some hundred bytes.
   */
  partsSince(stored: MlsGroup): PartsChange {
    return partsChange(stored.state, this.state);
  }

  get epoch(): number {
    return Number(this.state.groupContext.epoch);
  }

  get ownLeafIndex(): number {
    return this.state.privatePath.leafIndex;
  }

  /** Equal for all members of an epoch, and for nobody else: whoever compares it finds out a forked group (RFC 9420 §8.7). */
  get epochAuthenticator(): Bytes {
    return new Uint8Array(this.state.keySchedule.epochAuthenticator);
  }

  /** By ascending leaf index. */
  members(): GroupMember[] {
    return membersOf(this.state.ratchetTree);
  }
}

/** @throws {MlsError} `malformed` */
export function membersOf(tree: GroupState['ratchetTree']): GroupMember[] {
  return tree.flatMap((node, index) => {
    if (node?.nodeType !== 'leaf') return [];
    const identity = deviceOf(node.leaf.credential);
    return [{ leafIndex: index / 2, identity, signatureKey: new Uint8Array(node.leaf.signaturePublicKey) }];
  });
}

function deviceOf(credential: object): DeviceIdentity {
  const bytes = 'identity' in credential ? credential.identity : undefined;
  const device = bytes instanceof Uint8Array ? readDeviceIdentity(bytes) : undefined;
  if (device === undefined) throw new MlsError('malformed', 'A leaf names no device.');
  return device;
}
