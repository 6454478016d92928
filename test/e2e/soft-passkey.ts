import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface Counted {
  /** What the authenticator says of how often it has signed. */
  readonly count?: number;
  readonly verifiesUser?: boolean;
  readonly origin?: string;
  readonly rpId?: string;
}

/** Flags of authenticator data (WebAuthn Level 3 §6.1). */
const [PRESENT, VERIFIED, WITH_CREDENTIAL] = [0x01, 0x04, 0x40];

/** An authenticator in software, with one ES256 credential: it signs what it is told to, also what is wrong. */
export class SoftPasskey {
  readonly credentialId = randomBytes(16);
  private readonly privateKey: KeyObject;
  private readonly cosePublicKey: Buffer;
  private signed = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId: string,
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x, y } = publicKey.export({ format: 'jwk' });
    this.privateKey = privateKey;
    // COSE_Key (RFC 9052 §7): EC2, ES256, P-256.
    this.cosePublicKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x!, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y!, 'base64url'),
    ]);
  }

  /** What `navigator.credentials.create` would give, as the relay takes it. */
  create(challenge: string, options: Counted = {}): Record<string, string> {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.credentialId, this.cosePublicKey]);
    const authData = Buffer.concat([this.dataFor(options, WITH_CREDENTIAL), credential]);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(authData.length);
    // CBOR (RFC 8949): { fmt: 'none', attStmt: {}, authData }
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
      size,
      authData,
    ]);
    return {
      challenge,
      credentialId: this.credentialId.toString('base64url'),
      clientDataJSON: this.clientData('webauthn.create', challenge, options).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
    };
  }

  /** What `navigator.credentials.get` would give, as the relay takes it. */
  get(challenge: string, options: Counted = {}): Record<string, string> {
    const authenticatorData = this.dataFor({ ...options, count: options.count ?? ++this.signed }, 0);
    const clientDataJSON = this.clientData('webauthn.get', challenge, options);
    const bytes = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()]);
    return {
      credentialId: this.credentialId.toString('base64url'),
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', bytes, this.privateKey).toString('base64url'),
    };
  }

  private dataFor({ count = 0, verifiesUser = true, rpId = this.rpId }: Counted, flags: number): Buffer {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags | PRESENT | (verifiesUser ? VERIFIED : 0));
    rest.writeUInt32BE(count, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), rest]);
  }

  private clientData(type: string, challenge: string, { origin = this.origin }: Counted): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
