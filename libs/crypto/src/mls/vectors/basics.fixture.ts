import { type CiphersuiteImpl, mlsExporter } from 'ts-mls';
import { decodeAuthenticatedContent } from 'ts-mls/authenticatedContent.js';
import { determineLength } from 'ts-mls/codec/variableLength.js';
import { refhash } from 'ts-mls/crypto/hash.js';
import { decryptWithLabel, encryptWithLabel } from 'ts-mls/crypto/hpke.js';
import { deriveSecret, deriveTreeSecret, expandWithLabel } from 'ts-mls/crypto/kdf.js';
import { signWithLabel, verifyWithLabel } from 'ts-mls/crypto/signature.js';
import { encodeGroupContext, type GroupContext } from 'ts-mls/groupContext.js';
import { initializeEpoch } from 'ts-mls/keySchedule.js';
import { accumulatePskSecret } from 'ts-mls/pskIndex.js';
import { createSecretTree, ratchetToGeneration } from 'ts-mls/secretTree.js';
import { expandSenderDataKey, expandSenderDataNonce } from 'ts-mls/sender.js';
import { createConfirmedHash, createInterimHash } from 'ts-mls/transcriptHash.js';
import { left, nodeWidth, parent, right, root, sibling, toNodeIndex } from 'ts-mls/treemath.js';
import { bytes, holds, read, same, type Vector } from './suite.fixture.js';

export async function cryptoBasics(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const { ref_hash: ref, expand_with_label: expand, derive_secret: derive, derive_tree_secret: tree } = v;
  same('ref hash', await refhash(ref.label, bytes(ref.value), cs.hash), bytes(ref.out));
  const expanded = await expandWithLabel(
    bytes(expand.secret),
    expand.label,
    bytes(expand.context),
    expand.length,
    cs.kdf,
  );
  same('expand', expanded, bytes(expand.out));
  same('derive', await deriveSecret(bytes(derive.secret), derive.label, cs.kdf), bytes(derive.out));
  const ofTree = await deriveTreeSecret(bytes(tree.secret), tree.label, tree.generation, tree.length, cs.kdf);
  same('derive of a tree', ofTree, bytes(tree.out));
  await signing(v.sign_with_label, cs);
  await encrypting(v.encrypt_with_label, cs);
}

async function signing({ priv, pub, content, label, signature }: Vector, cs: CiphersuiteImpl): Promise<void> {
  const verify = (made: Uint8Array) => verifyWithLabel(bytes(pub), label, bytes(content), made, cs.signature);
  holds('the signature', await verify(bytes(signature)));
  holds('a new signature', await verify(await signWithLabel(bytes(priv), label, bytes(content), cs.signature)));
}

async function encrypting(
  { priv, pub, label, context, plaintext, kem_output: kem, ciphertext }: Vector,
  { hpke }: CiphersuiteImpl,
) {
  const key = await hpke.importPrivateKey(bytes(priv));
  const decrypt = (enc: Uint8Array, ct: Uint8Array) => decryptWithLabel(key, label, bytes(context), enc, ct, hpke);
  same('decrypted', await decrypt(bytes(kem), bytes(ciphertext)), bytes(plaintext));
  const publicKey = await hpke.importPublicKey(bytes(pub));
  const made = await encryptWithLabel(publicKey, label, bytes(context), bytes(plaintext), hpke);
  same('decrypted again', await decrypt(made.enc, made.ct), bytes(plaintext));
}

export function deserialization(v: Vector): void {
  same('length', determineLength(bytes(v.vlbytes_header)).length, v.length);
}

export function treeMath(v: Vector): void {
  const width = v.n_leaves;
  same('nodes', nodeWidth(width), v.n_nodes);
  same('root', root(width), v.root);
  const orNull = (find: () => number) => {
    try {
      return find();
    } catch {
      return null;
    }
  };
  const nodes = Array.from({ length: v.n_nodes }, (_none, index) => toNodeIndex(index));
  same(
    'left',
    nodes.map((index) => orNull(() => left(index))),
    v.left,
  );
  same(
    'right',
    nodes.map((index) => orNull(() => right(index))),
    v.right,
  );
  same(
    'parent',
    nodes.map((index) => orNull(() => parent(index, width))),
    v.parent,
  );
  same(
    'sibling',
    nodes.map((index) => orNull(() => sibling(index, width))),
    v.sibling,
  );
}

export async function keySchedule(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  let initSecret = bytes(v.initial_init_secret);
  for (const [epoch, its] of v.epochs.entries()) {
    const context: GroupContext = {
      version: 'mls10',
      cipherSuite: cs.name,
      groupId: bytes(v.group_id),
      epoch: BigInt(epoch),
      treeHash: bytes(its.tree_hash),
      confirmedTranscriptHash: bytes(its.confirmed_transcript_hash),
      extensions: [],
    };
    same('group context', encodeGroupContext(context), bytes(its.group_context));
    const made = await initializeEpoch(initSecret, bytes(its.commit_secret), context, bytes(its.psk_secret), cs.kdf);
    for (const name of ['joiner', 'welcome', 'encryption'] as const)
      same(`${name} secret`, made[`${name}Secret`], bytes(its[`${name}_secret`]));
    await checkSchedule(made.keySchedule, its, cs);
    initSecret = new Uint8Array(made.keySchedule.initSecret);
  }
}

const SECRETS = {
  init_secret: 'initSecret',
  sender_data_secret: 'senderDataSecret',
  exporter_secret: 'exporterSecret',
  external_secret: 'externalSecret',
  confirmation_key: 'confirmationKey',
  membership_key: 'membershipKey',
  resumption_psk: 'resumptionPsk',
  epoch_authenticator: 'epochAuthenticator',
} as const;

async function checkSchedule(
  made: Awaited<ReturnType<typeof initializeEpoch>>['keySchedule'],
  its: Vector,
  cs: CiphersuiteImpl,
): Promise<void> {
  for (const [theirs, ours] of Object.entries(SECRETS)) same(theirs, made[ours], bytes(its[theirs]));
  const external = await cs.hpke.deriveKeyPair(made.externalSecret);
  same('external_pub', await cs.hpke.exportPublicKey(external.publicKey), bytes(its.external_pub));
  const { label, context, length, secret } = its.exporter;
  same('exporter', await mlsExporter(made.exporterSecret, label, bytes(context), length, cs), bytes(secret));
}

export async function pskSecret(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const ids = v.psks.map((psk: Vector) => ({
    psktype: 'external',
    pskId: bytes(psk.psk_id),
    pskNonce: bytes(psk.psk_nonce),
  }));
  const findPsk = (wanted: unknown) => bytes(v.psks[ids.indexOf(wanted)].psk);
  const [secret] = await accumulatePskSecret(ids, { findPsk }, cs, new Uint8Array(cs.kdf.size));
  same('secret', secret, bytes(v.psk_secret));
}

/** Generations lie further apart than ts-mls allows unless it is told to. */
const FAR = { retainKeysForGenerations: 10, retainKeysForEpochs: 4, maximumForwardRatchetSteps: 10_000_000 };

export async function secretTree(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const { sender_data_secret: secret, ciphertext, key, nonce } = v.sender_data;
  same('key of sender data', await expandSenderDataKey(cs, bytes(secret), bytes(ciphertext)), bytes(key));
  same('nonce of sender data', await expandSenderDataNonce(cs, bytes(secret), bytes(ciphertext)), bytes(nonce));
  const tree = await createSecretTree(v.leaves.length, bytes(v.encryption_secret), cs.kdf);
  const reuseGuard = new Uint8Array(4) as Uint8Array & { length: 4 };
  for (const [leafIndex, generations] of v.leaves.entries())
    for (const its of generations)
      for (const [type, kind] of [
        ['application', 'application'],
        ['proposal', 'handshake'],
      ] as const) {
        const found = await ratchetToGeneration(
          tree,
          { leafIndex, generation: its.generation, reuseGuard },
          type,
          FAR,
          cs,
        );
        same(`${kind} key`, found.key, bytes(its[`${kind}_key`]));
        same(`${kind} nonce`, found.nonce, bytes(its[`${kind}_nonce`]));
      }
}

export async function transcriptHashes(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const { wireformat, content, auth } = read('content', decodeAuthenticatedContent, v.authenticated_content);
  if (content.contentType !== 'commit' || auth.contentType !== 'commit') throw new Error('it is no commit');
  const before = bytes(v.interim_transcript_hash_before);
  const confirmed = await createConfirmedHash(before, { wireformat, content, signature: auth.signature }, cs.hash);
  same('confirmed hash', confirmed, bytes(v.confirmed_transcript_hash_after));
  const interim = await createInterimHash(confirmed, auth.confirmationTag, cs.hash);
  same('interim hash', interim, bytes(v.interim_transcript_hash_after));
  holds('the tag', await cs.hash.verifyMac(bytes(v.confirmation_key), auth.confirmationTag, confirmed));
}
