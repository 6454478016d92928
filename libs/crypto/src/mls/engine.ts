import {
  type CiphersuiteImpl,
  createApplicationMessage,
  createCommit,
  createGroup,
  createGroupInfoWithExternalPubAndRatchetTree,
  encodeMlsMessage,
  type MLSMessage,
  type Proposal,
} from 'ts-mls';
import { type GroupName, groupIdBytes, LIMITS, MLS_SUITES, type MlsSuite } from '#protocol';
import type { Bytes } from '../sealing.js';
import { type Arrival, checkSize, joined, openGroupInfo, rejoined } from './arriving.js';
import { checkChange } from './commit-rules.js';
import type { MlsDevice } from './devices.js';
import { MlsGroup } from './group.js';
import { droppedKeys, settled, withConfig, withoutPastEpochs } from './group-state.js';
import { clientConfig, type Judge } from './judging.js';
import {
  exported,
  foreignKeyPackage,
  type Lifetime,
  newKeyPackage,
  type NewKeyPackage,
  ownKeyPackage,
} from './key-packages.js';
import { MlsError, refusing } from './mls.errors.js';
import { followCommit, type FollowedCommit, type OpenedMessage, openMessage } from './receiving.js';
import { cipherSuite, suiteNamed } from './suites.js';

/** A commit that this device has made. */
export interface OwnCommit {
  /** The group after it: to be stored as pending before the commit is sent, and used once the relay has accepted it. */
  readonly group: MlsGroup;
  /** `MLSMessage` with a `PublicMessage`. */
  readonly commit: Bytes;
  /** `MLSMessage` with a `Welcome` and the tree inside, for all added devices; undefined when there are none. */
  readonly welcome: Bytes | undefined;
  /** `MLSMessage` with the `GroupInfo` of the new epoch, for devices that come back from outside. */
  readonly groupInfo: Bytes;
  readonly spent: readonly Uint8Array[];
}

/** A message that this device has encrypted. */
export interface SealedMessage {
  /** To be stored before the message leaves: its key must never be used again. */
  readonly group: MlsGroup;
  /** `MLSMessage` with a `PrivateMessage`. */
  readonly message: Bytes;
  readonly spent: readonly Uint8Array[];
}

/** A change that a commit makes; neither adding nor removing gives the committer new keys alone. */
export interface CommitDraft {
  /** Key packages, as they were claimed. */
  readonly add?: readonly Uint8Array[];
  /** Leaf indexes of members. */
  readonly remove?: readonly number[];
  /** `commitContextBytes` of the commit. */
  readonly authenticatedData: Uint8Array;
  /** Judges the devices that are added. */
  readonly judge: Judge;
  /** Seconds since the epoch, by a clock that is right. */
  readonly nowSeconds: number;
}

/** What a device brings along when it reads something. */
export interface Reading {
  /** Judges whoever is added, and the committer's leaf. */
  readonly judge: Judge;
  /** When the relay has accepted it, in seconds since the epoch: key packages are to have been valid then. */
  readonly nowSeconds: number;
}

/**
 * MLS (RFC 9420) for one device: groups go in, and out come the next ones. It keeps nothing, and asks neither clock nor network
 * but through the judge. Each method that is given bytes of others refuses them with an {@link MlsError}, within a second.
 *
 * Whatever a step spends may be overwritten by {@link forget} once the group after it has been stored; no later group has it.
 */
export class MlsEngine {
  private readonly suites = new Map<MlsSuite, Promise<CiphersuiteImpl>>();

  constructor(private readonly device: MlsDevice) {}

  /**
   * @param options.suite the default is X-Wing.
   * @param options.lastResort whether it may be handed out again when all others are gone.
   */
  async createKeyPackage(options: Lifetime & { suite?: MlsSuite; lastResort?: boolean }): Promise<NewKeyPackage> {
    const suite = await this.suite(options.suite ?? MLS_SUITES.xWing);
    return exported(suite, await newKeyPackage(suite, this.device, options));
  }

  /** A group with this device alone, at epoch 0. The lifetime is that of its leaf, until its first commit. */
  async createGroup(name: GroupName, options: Lifetime & { suite?: MlsSuite }): Promise<MlsGroup> {
    const suite = await this.suite(options.suite ?? MLS_SUITES.xWing);
    const { publicPackage, privatePackage } = await newKeyPackage(suite, this.device, options);
    const state = await createGroup(groupIdBytes(name), publicPackage, privatePackage, [], suite, clientConfig());
    return MlsGroup.of(settled(state));
  }

  /**
   * Joins by a Welcome, whose tree stands inside it.
   *
   * @param secrets of the key package that it lets in, see {@link welcomeRefs}. They are to be deleted with the same write that
   * stores the group, but those of a last resort.
   * @throws {MlsError} `not_for_us`, `not_trusted`, `wrong_suite`, `wrong_group`, `lifetime`, `too_large`, `malformed`,
   * `not_authentic` or `bad_state` (of the secrets), and whatever the judge throws.
   */
  async join(welcome: Uint8Array, secrets: Uint8Array, arrival: Arrival): Promise<MlsGroup> {
    const own = await ownKeyPackage(secrets);
    const suite = await this.suite(own.suite);
    return refusing(async () => {
      const state = await joined(suite, new Uint8Array(welcome), { ...arrival, own });
      return MlsGroup.of(settled(state));
    });
  }

  /**
   * Comes back from outside, when the keys are lost or the group cannot be followed any more: the device's leaf is replaced.
   *
   * @param groupInfo the newest that the relay has; if others have committed since, the relay refuses the commit.
   * @throws {MlsError} `not_a_member` when the device has no leaf in it, and as {@link join} does.
   */
  async rejoin(groupInfo: Uint8Array, arrival: Arrival & { authenticatedData: Uint8Array }): Promise<OwnCommit> {
    return refusing(async () => {
      const info = openGroupInfo(new Uint8Array(groupInfo));
      const suite = await this.suiteNamed(info.groupContext.cipherSuite);
      const { newState, publicMessage } = await rejoined(suite, info, { ...arrival, device: this.device });
      const group = MlsGroup.of(settled(newState));
      const commit = encoded(
        { version: 'mls10', wireformat: 'mls_public_message', publicMessage },
        LIMITS.mlsCommitBytes,
      );
      return { group, commit, welcome: undefined, groupInfo: await this.groupInfo(group), spent: [] };
    });
  }

  /**
   * Makes a commit, always with a path: whoever is removed can follow no further, and the committer has new keys.
   * @throws {MlsError} `not_allowed`, `too_many_devices`, `lifetime`, `wrong_suite`, `not_trusted`, `malformed`, `too_large` or
   * `not_authentic` (a key package), and whatever the judge throws.
   */
  async commit(
    group: MlsGroup,
    { add = [], remove = [], authenticatedData, judge, nowSeconds }: CommitDraft,
  ): Promise<OwnCommit> {
    const packages = await Promise.all(add.map((keyPackage) => foreignKeyPackage(new Uint8Array(keyPackage))));
    const added = packages.map(({ header }) => header);
    if (remove.includes(group.ownLeafIndex)) throw new MlsError('not_allowed', 'Nobody commits their own removal.');
    const { removed } = checkChange(group, { added, removed: remove }, nowSeconds);
    const extraProposals: Proposal[] = [
      ...remove.map((leafIndex) => ({ proposalType: 'remove' as const, remove: { removed: leafIndex } })),
      ...packages.map(({ decoded }) => ({ proposalType: 'add' as const, add: { keyPackage: decoded } })),
    ];
    return refusing(async () => {
      const state = withConfig(group.state, clientConfig({ judge, occasion: 'update', added }));
      const context = { state, cipherSuite: await this.suite(group.suite) };
      const options = { wireAsPublicMessage: true, ratchetTreeExtension: true, extraProposals, authenticatedData };
      const { newState, commit, welcome, consumed } = await createCommit(context, options);
      const next = MlsGroup.of(settled(removed.length === 0 ? newState : withoutPastEpochs(newState)));
      return {
        group: next,
        commit: encoded(commit, LIMITS.mlsCommitBytes),
        welcome: welcome && encoded({ version: 'mls10', wireformat: 'mls_welcome', welcome }, LIMITS.mlsWelcomeBytes),
        groupInfo: await this.groupInfo(next),
        spent: [...consumed, ...droppedKeys(group.state, next.state)],
      };
    });
  }

  /** The `GroupInfo` of a group's epoch, signed by this device: its tree, and the key for commits from outside. */
  async groupInfo(group: MlsGroup): Promise<Bytes> {
    const suite = await this.suite(group.suite);
    const state = withConfig(group.state, clientConfig());
    const groupInfo = await createGroupInfoWithExternalPubAndRatchetTree(state, [], suite);
    return encoded({ version: 'mls10', wireformat: 'mls_group_info', groupInfo }, LIMITS.mlsGroupInfoBytes);
  }

  /**
   * Encrypts a message for everybody in the group.
   * @param content padded, so that its length says little.
   * @param authenticatedData `messageContextBytes`: everybody sees it, and nobody can change it.
   * @throws {MlsError} `too_large` when the message would be larger than the relay takes.
   */
  async encrypt(group: MlsGroup, content: Uint8Array, authenticatedData: Uint8Array): Promise<SealedMessage> {
    const suite = await this.suite(group.suite);
    const state = withConfig(group.state, clientConfig());
    const { newState, privateMessage, consumed } = await createApplicationMessage(
      state,
      content,
      suite,
      authenticatedData,
    );
    const message: MLSMessage = { version: 'mls10', wireformat: 'mls_private_message', privateMessage };
    return {
      group: MlsGroup.of(settled(newState)),
      message: encoded(message, LIMITS.ciphertextBytes),
      spent: consumed,
    };
  }

  /**
   * Opens a message of any of three epochs: that of the group and the two before, but none from before a removal.
   * @throws {MlsError} `replayed`, `too_far_ahead`, `epoch_passed`, `epoch_ahead`, `wrong_group`, `too_large`, `malformed` or
   * `not_authentic`
   */
  async open(group: MlsGroup, message: Uint8Array): Promise<OpenedMessage> {
    const suite = await this.suite(group.suite);
    return refusing(() => openMessage(suite, group, new Uint8Array(message)));
  }

  /**
   * Follows a commit of another device.
   * @throws {MlsError} `own_commit`, `epoch_passed`, `epoch_ahead`, `wrong_group`, `wrong_suite`, `not_allowed`, `not_trusted`,
   * `lifetime`, `too_many_devices`, `too_large`, `malformed` or `not_authentic`, and whatever the judge throws.
   */
  async follow(group: MlsGroup, commit: Uint8Array, reading: Reading): Promise<FollowedCommit> {
    const suite = await this.suite(group.suite);
    return refusing(() => followCommit(suite, group, { ...reading, bytes: new Uint8Array(commit) }));
  }

  private suite(suite: MlsSuite): Promise<CiphersuiteImpl> {
    const made = this.suites.get(suite) ?? cipherSuite(suite, this.device.signingKey);
    this.suites.set(suite, made);
    return made;
  }

  private suiteNamed(name: CiphersuiteImpl['name']): Promise<CiphersuiteImpl> {
    const suite = suiteNamed(name);
    if (suite === undefined) throw new MlsError('wrong_suite', 'A group has a suite that is not used here.');
    return this.suite(suite);
  }
}

/** Overwrites what a step has spent. JavaScript may have made copies; these at least are gone. */
export function forget(spent: readonly Uint8Array[]): void {
  for (const secret of spent) secret.fill(0);
}

function encoded(message: MLSMessage, maxBytes: number): Bytes {
  const bytes = new Uint8Array(encodeMlsMessage(message));
  checkSize(bytes, maxBytes);
  return bytes;
}
