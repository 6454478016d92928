import { type MlsGroup, MlsEngine, importSigningKey, newDeviceKeys, pad } from '#crypto';
import {
  commitContextBytes,
  encodeContent,
  groupIdBytes,
  messageContextBytes,
  MLS_SUITES,
  type MlsSuite,
  readCanonicalBytes,
} from '#protocol';
import { hexOf, uuid } from './material.js';

/** When it takes place, in seconds since the epoch. */
const NOW_SECONDS = 2_000_000_000;
const LIFETIME = { notBefore: NOW_SECONDS - 3_600, notAfter: NOW_SECONDS + 30 * 86_400 };
const CONVERSATION = uuid('c', 1);
/** Of a PKCS #8 of Ed25519 the key itself is what follows (RFC 8410 §7). */
const PKCS8_HEAD_BYTES = 16;

const judge = () => Promise.resolve(true);

async function person(n: number) {
  const keys = await newDeviceKeys();
  const identity = { accountId: uuid('a', n), deviceId: uuid('d', n) };
  const signingKey = await importSigningKey(keys.privateKey);
  return { ...keys, ...identity, engine: new MlsEngine({ ...identity, ...keys, signingKey }) };
}

type Person = Awaited<ReturnType<typeof person>>;

function contextOf(n: number, delta: { added?: string[]; removed?: string[] } = {}): Uint8Array {
  const { added = [], removed = [] } = delta;
  const its = { conversationId: CONVERSATION, commitId: uuid('e', n), delta: { added, removed, roles: [] } };
  return commitContextBytes(its);
}

/** The first message of a sender in the present epoch. */
async function said(by: Person, group: MlsGroup, n: number) {
  const content = encodeContent({ kind: 'text', text: `message ${n}` });
  const context = messageContextBytes({
    conversationId: CONVERSATION,
    senderDeviceId: by.deviceId,
    messageId: uuid('f', n),
  });
  const sealed = await by.engine.encrypt(group, pad(content), context);
  const vector = { message: hexOf(sealed.message), authenticated_data: hexOf(context), content: hexOf(content) };
  return { group: sealed.group, vector };
}

/**
 * A group as one of its members lives through it, in the form of the MLS working group's vectors for passive clients, and a
 * message of each epoch besides: Ben is added by Ann, who then adds Cid, commits new keys, removes Cid, and comes back from
 * outside. It is random, and so recorded once.
 */
export async function recordGroup(suite: MlsSuite) {
  const [ann, ben, cid] = [await person(1), await person(2), await person(3)];
  const [ofBen, ofCid] = await Promise.all(
    [ben, cid].map(({ engine }) => engine.createKeyPackage({ ...LIFETIME, suite })),
  );
  const commit = (
    group: MlsGroup,
    authenticatedData: Uint8Array,
    change: { add?: Uint8Array[]; remove?: number[] } = {},
  ) => ann.engine.commit(group, { ...change, authenticatedData, judge, nowSeconds: NOW_SECONDS });
  const first = await ann.engine.createGroup({ conversationId: CONVERSATION, generation: 1 }, { ...LIFETIME, suite });
  const added = await commit(first, contextOf(1, { added: [ben.accountId] }), { add: [ofBen!.keyPackage] });
  const begun = await said(ann, added.group, 0);
  const epochs = [];
  let { group } = begun;
  for (const [n, delta, change] of [
    [2, { added: [cid.accountId] }, { add: [ofCid!.keyPackage] }],
    [3, {}, {}],
    [4, { removed: [cid.accountId] }, { remove: [2] }],
  ] as const) {
    const made = await commit(group, contextOf(n, delta as object), change as object);
    const spoken = await said(ann, made.group, n);
    epochs.push({
      proposals: [],
      commit: hexOf(made.commit),
      epoch_authenticator: hexOf(made.group.epochAuthenticator),
      messages: [spoken.vector],
    });
    group = spoken.group;
    if (n === 4) epochs.push(await backFromOutside(ann, made.groupInfo));
  }
  const [keyPackage, init, encryption] = readCanonicalBytes('sealpost mls key package 1', ofBen!.secrets) ?? [];
  return {
    cipher_suite: suite,
    external_psks: [],
    key_package: wrapped(keyPackage!),
    signature_priv: hexOf(ben.privateKey.subarray(PKCS8_HEAD_BYTES)),
    encryption_priv: hexOf(encryption!),
    init_priv: hexOf(init!),
    welcome: hexOf(added.welcome!),
    ratchet_tree: null,
    initial_epoch_authenticator: hexOf(added.group.epochAuthenticator),
    messages: [begun.vector],
    epochs,
    now_seconds: NOW_SECONDS,
    group_id: hexOf(groupIdBytes({ conversationId: CONVERSATION, generation: 1 })),
    key_package_ref: ofBen!.welcomeRef,
  };
}

async function backFromOutside(by: Person, groupInfo: Uint8Array) {
  const authenticatedData = contextOf(5);
  const back = await by.engine.rejoin(groupInfo, { conversationId: CONVERSATION, judge, authenticatedData });
  const { vector } = await said(by, back.group, 5);
  return {
    proposals: [],
    commit: hexOf(back.commit),
    epoch_authenticator: hexOf(back.group.epochAuthenticator),
    messages: [vector],
  };
}

/** As an `MLSMessage`: version 1 and `mls_key_package` before it (RFC 9420 §6). */
function wrapped(keyPackage: Uint8Array): string {
  return `00010005${hexOf(keyPackage)}`;
}

export async function recordGroups() {
  return [await recordGroup(MLS_SUITES.xWing), await recordGroup(MLS_SUITES.x25519)];
}

export type GoldenGroup = Awaited<ReturnType<typeof recordGroup>>;
