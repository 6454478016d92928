import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';

/** What the relay says of the log on a day, before it signs. */
export interface CheckpointDraft {
  /** 1, 2, 3 … */
  readonly number: number;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  /** The newest record, and its hash, which all records before it went into. */
  readonly seq: number;
  readonly hash: Buffer;
  readonly at: Date;
}

/** A signed statement of what the log was. Whoever keeps it can tell whether that has been rewritten since. */
export interface Checkpoint extends CheckpointDraft {
  readonly publicKey: Buffer;
  readonly signature: Buffer;
}

export interface CheckpointKey {
  readonly privateKey: KeyObject;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Buffer;
}

const KEY_LABEL = 'sealpost audit checkpoint key 1';
/** What comes before the 32 bytes of an Ed25519 key in DER: PKCS #8 and SPKI, RFC 8410. */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The key that signs checkpoints, derived from the server's secret: every relay of a server has the same one. */
export function checkpointKeyFrom(serverSecret: Buffer): CheckpointKey {
  const seed = Buffer.from(hkdfSync('sha256', serverSecret, '', KEY_LABEL, 32));
  const der = Buffer.concat([PRIVATE_PREFIX, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: spki.subarray(PUBLIC_PREFIX.length) };
}

export function signCheckpoint(draft: CheckpointDraft, { privateKey, publicKey }: CheckpointKey): Checkpoint {
  return { ...draft, publicKey, signature: sign(null, signedText(draft), privateKey) };
}

/** Whether the checkpoint is signed by the key that it names. Whether to trust that key is for the reader to say. */
export function isSigned(checkpoint: Checkpoint): boolean {
  const { publicKey, signature } = checkpoint;
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, publicKey]), format: 'der', type: 'spki' });
    return verify(null, signedText(checkpoint), key, signature);
  } catch {
    return false; // 32 bytes that are no key.
  }
}

function signedText({ number, day, seq, hash, at }: CheckpointDraft): Buffer {
  const lines = [`number:${number}`, `day:${day}`, `seq:${seq}`, `hash:${hash.toString('hex')}`, `at:${at.getTime()}`];
  return Buffer.from(['sealpost audit checkpoint 1', ...lines].join('\n'));
}
