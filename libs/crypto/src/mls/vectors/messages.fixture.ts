import { type CiphersuiteImpl, decodeMlsMessage, encodeMlsMessage, type PublicMessage } from 'ts-mls';
import type { Decoder } from 'ts-mls/codec/tlsDecoder.js';
import { encode, type BufferEncoder } from 'ts-mls/codec/tlsEncoder.js';
import { commitEncoder, decodeCommit } from 'ts-mls/commit.js';
import type { GroupContext } from 'ts-mls/groupContext.js';
import { verifyGroupInfoConfirmationTag, verifyGroupInfoSignature } from 'ts-mls/groupInfo.js';
import { decodeGroupSecrets, encodeGroupSecrets } from 'ts-mls/groupSecrets.js';
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import { protectApplicationData, protectProposal, unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import { protectProposalPublic, unprotectPublicMessage } from 'ts-mls/messageProtectionPublic.js';
import {
  addEncoder,
  decodeAdd,
  decodeExternalInit,
  decodeGroupContextExtensions,
  decodeProposal,
  decodePSK,
  decodeReinit,
  decodeRemove,
  decodeUpdate,
  encodeProposal,
  externalInitEncoder,
  groupContextExtensionsEncoder,
  pskEncoder,
  reinitEncoder,
  removeEncoder,
  updateEncoder,
} from 'ts-mls/proposal.js';
import { decodeRatchetTree, encodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { createSecretTree } from 'ts-mls/secretTree.js';
import { decryptGroupInfo, decryptGroupSecrets } from 'ts-mls/welcome.js';
import { clientConfig } from '../judging.js';
import { bytes, holds, read, same, type Vector } from './suite.fixture.js';

function again<T>(v: Vector, name: string, decode: Decoder<T>, write: (value: T) => Uint8Array): void {
  same(name, write(read(name, decode, v[name])), bytes(v[name]));
}

const written = <T>(encoder: BufferEncoder<T>) => encode(encoder);

export function messages(v: Vector): void {
  const whole = ['mls_welcome', 'mls_group_info', 'mls_key_package', 'private_message'];
  const open = ['public_message_application', 'public_message_proposal', 'public_message_commit'];
  for (const name of [...whole, ...open]) again(v, name, decodeMlsMessage, encodeMlsMessage);
  again(v, 'ratchet_tree', decodeRatchetTree, encodeRatchetTree);
  again(v, 'group_secrets', decodeGroupSecrets, encodeGroupSecrets);
  again(v, 'add_proposal', decodeAdd, written(addEncoder));
  again(v, 'update_proposal', decodeUpdate, written(updateEncoder));
  again(v, 'remove_proposal', decodeRemove, written(removeEncoder));
  again(v, 'pre_shared_key_proposal', decodePSK, written(pskEncoder));
  again(v, 're_init_proposal', decodeReinit, written(reinitEncoder));
  again(v, 'external_init_proposal', decodeExternalInit, written(externalInitEncoder));
  again(v, 'group_context_extensions_proposal', decodeGroupContextExtensions, written(groupContextExtensionsEncoder));
  again(v, 'commit', decodeCommit, written(commitEncoder));
}

const SENDER = 1;
const { keyRetentionConfig: KEPT, paddingConfig: PADDING } = clientConfig();

export async function messageProtection(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const context: GroupContext = {
    version: 'mls10',
    cipherSuite: cs.name,
    groupId: bytes(v.group_id),
    epoch: BigInt(v.epoch),
    treeHash: bytes(v.tree_hash),
    confirmedTranscriptHash: bytes(v.confirmed_transcript_hash),
    extensions: [],
  };
  const theirs = { v, context, cs };
  same('application', await contentOf(theirs, v.application_priv), bytes(v.application));
  for (const kind of ['proposal', 'commit'])
    for (const way of ['priv', 'pub'])
      same(`${kind}_${way}`, await contentOf(theirs, v[`${kind}_${way}`]), bytes(v[kind]));
  await protectedHere(theirs);
}

interface Protected {
  readonly v: Vector;
  readonly context: GroupContext;
  readonly cs: CiphersuiteImpl;
}

async function contentOf({ v, context, cs }: Protected, message: string | Uint8Array): Promise<Uint8Array> {
  const wire =
    typeof message === 'string' ? read('message', decodeMlsMessage, message) : decodeMlsMessage(message, 0)?.[0];
  const signatureKey = bytes(v.signature_pub);
  if (wire?.wireformat === 'mls_public_message') {
    const { publicMessage } = wire;
    return inside(await unprotectPublicMessage(bytes(v.membership_key), context, [], publicMessage, cs, signatureKey));
  }
  if (wire?.wireformat !== 'mls_private_message') throw new Error('it is neither kind of message');
  const secrets = await createSecretTree(2, bytes(v.encryption_secret), cs.kdf);
  const secret = bytes(v.sender_data_secret);
  return inside(
    (await unprotectPrivateMessage(secret, wire.privateMessage, secrets, [], context, KEPT, cs, signatureKey)).content,
  );
}

function inside({ content }: Pick<PublicMessage, 'content'>): Uint8Array {
  if (content.contentType === 'application') return content.applicationData;
  return content.contentType === 'proposal' ? encodeProposal(content.proposal) : encode(commitEncoder)(content.commit);
}

async function protectedHere(theirs: Protected): Promise<void> {
  const { v, context, cs } = theirs;
  const [signKey, secret, none] = [bytes(v.signature_priv), bytes(v.sender_data_secret), new Uint8Array()];
  const proposal = read('proposal', decodeProposal, v.proposal);
  const secrets = () => createSecretTree(2, bytes(v.encryption_secret), cs.kdf);
  const wire = { version: 'mls10', wireformat: 'mls_private_message' } as const;
  const application = await protectApplicationData(
    signKey,
    secret,
    bytes(v.application),
    none,
    context,
    await secrets(),
    SENDER,
    PADDING,
    cs,
  );
  same('own application', await contentOf(theirs, encodeMlsMessage({ ...wire, ...application })), bytes(v.application));
  const hidden = await protectProposal(signKey, secret, proposal, none, context, await secrets(), SENDER, PADDING, cs);
  same('own proposal', await contentOf(theirs, encodeMlsMessage({ ...wire, ...hidden })), bytes(v.proposal));
  const { publicMessage } = await protectProposalPublic(
    signKey,
    bytes(v.membership_key),
    context,
    none,
    proposal,
    SENDER,
    cs,
  );
  const open = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_public_message', publicMessage });
  same('own open proposal', await contentOf(theirs, open), bytes(v.proposal));
}

export async function welcome(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const [wire, made] = [
    read('welcome', decodeMlsMessage, v.welcome),
    read('key package', decodeMlsMessage, v.key_package),
  ];
  if (wire.wireformat !== 'mls_welcome' || made.wireformat !== 'mls_key_package')
    throw new Error('it is something else');
  const ref = await makeKeyPackageRef(made.keyPackage, cs.hash);
  const key = cs.hpke.importPrivateKey(bytes(v.init_priv));
  const secrets = await decryptGroupSecrets(await key, ref, wire.welcome, cs.hpke);
  const none = new Uint8Array(cs.kdf.size);
  if (secrets === undefined) throw new Error('the secrets cannot be decoded');
  const info = await decryptGroupInfo(wire.welcome, secrets.joinerSecret, none, cs);
  if (info === undefined) throw new Error('the group info cannot be decrypted');
  holds('the signature', await verifyGroupInfoSignature(info, bytes(v.signer_pub), cs.signature));
  holds('the tag', await verifyGroupInfoConfirmationTag(info, secrets.joinerSecret, none, cs));
}
