import {
  bytesToBase64,
  type CiphersuiteImpl,
  type ClientState,
  decodeMlsMessage,
  joinGroup,
  makePskIndex,
  processPrivateMessage,
  processPublicMessage,
} from 'ts-mls';
import { decodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { clientConfig } from '../judging.js';
import { bytes, read, same, type Vector } from './suite.fixture.js';

/** Clients of other makers are no devices of ours: whoever they are is right. */
const config = {
  ...clientConfig(),
  keyRetentionConfig: { retainKeysForEpochs: 4, retainKeysForGenerations: 10, maximumForwardRatchetSteps: 200 },
  authService: { validateCredential: () => Promise.resolve(true) },
};

/** Joins by a Welcome and follows whatever the others do, without ever doing anything. */
export async function passiveClient(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const [wire, made] = [
    read('welcome', decodeMlsMessage, v.welcome),
    read('key package', decodeMlsMessage, v.key_package),
  ];
  if (wire.wireformat !== 'mls_welcome' || made.wireformat !== 'mls_key_package')
    throw new Error('it is something else');
  const keys = {
    initPrivateKey: bytes(v.init_priv),
    hpkePrivateKey: bytes(v.encryption_priv),
    signaturePrivateKey: bytes(v.signature_priv),
  };
  const psks = Object.fromEntries(
    v.external_psks.map((psk: Vector) => [bytesToBase64(bytes(psk.psk_id)), bytes(psk.psk)]),
  );
  const tree = v.ratchet_tree === null ? undefined : read('tree', decodeRatchetTree, v.ratchet_tree);
  const known = makePskIndex(undefined, psks);
  let state = await joinGroup(wire.welcome, made.keyPackage, keys, known, cs, tree, undefined, config);
  same('first authenticator', state.keySchedule.epochAuthenticator, bytes(v.initial_epoch_authenticator));
  for (const [epoch, its] of v.epochs.entries()) {
    for (const message of [...its.proposals, its.commit]) state = await after(state, message, psks, cs);
    same(`authenticator ${epoch}`, state.keySchedule.epochAuthenticator, bytes(its.epoch_authenticator));
  }
}

async function after(state: ClientState, message: string, psks: Record<string, Uint8Array>, cs: CiphersuiteImpl) {
  const wire = read('message', decodeMlsMessage, message);
  const known = makePskIndex(state, psks);
  if (wire.wireformat === 'mls_public_message')
    return (await processPublicMessage(state, wire.publicMessage, known, cs)).newState;
  if (wire.wireformat !== 'mls_private_message') throw new Error('it is neither kind of message');
  return (await processPrivateMessage(state, wire.privateMessage, known, cs)).newState;
}
