import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { DURATIONS, type PasskeyRequest } from '#protocol';
import { CONFIG, type Config } from '../platform/config/config.js';
import { allowedOrigins } from '../platform/http/origins.js';
import type { Caller } from '../platform/http/caller.js';
import type { Assertion, Attestation, Passkey } from './factor.js';
import { InvalidMfaCode } from './mfa.errors.js';

/** Ed25519, ECDSA with P-256, RSA: what authenticators have, in the order of preference (IANA COSE algorithms). */
const ALGORITHMS = [-8, -7, -257];
const TIMEOUT_MS = DURATIONS.mfaChallengeSeconds * 1000;
/** Base64url of a challenge's bytes is what both sides say, so it goes as text. */
const bytesOfChallenge = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'));

/** A passkey that was made and found whole. */
export interface MadePasskey {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly signCount: number;
}

/** WebAuthn, with the relay as the relying party. Passkeys are bound to the host that clients reach it under. */
@Injectable()
export class PasskeysService {
  /** Host that passkeys are for: where the web app is. */
  readonly rpId: string;
  private readonly origins: string[];

  constructor(@Inject(CONFIG) config: Config) {
    this.rpId = config.PUBLIC_URL === undefined ? 'localhost' : new URL(config.PUBLIC_URL).hostname;
    this.origins = [...allowedOrigins(config)];
  }

  /** What a browser is to ask its authenticators. @param passkeys whose; any that the browser has, if there are none. */
  async request(
    challenge: string,
    passkeys: readonly Pick<Passkey, 'credentialId'>[],
    userVerification: 'required' | 'preferred',
  ): Promise<PasskeyRequest> {
    const allowed = passkeys.map(({ credentialId }) => ({ id: credentialId.toString('base64url') }));
    const options = await generateAuthenticationOptions({
      rpID: this.rpId,
      challenge: bytesOfChallenge(challenge),
      timeout: TIMEOUT_MS,
      userVerification,
      allowCredentials: allowed,
    });
    const allowCredentials = allowed.map(({ id }) => ({ type: 'public-key', id }));
    return { challenge: options.challenge, rpId: this.rpId, timeout: TIMEOUT_MS, userVerification, allowCredentials };
  }

  /** What a browser is to have an authenticator make. The account stands in it by its id, and by name for people to see. */
  creation(
    challenge: string,
    { accountId, username }: Caller,
    existing: readonly Pick<Passkey, 'credentialId'>[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: 'Sealpost',
      rpID: this.rpId,
      userName: username,
      userDisplayName: username,
      userID: new Uint8Array(userHandleOf(accountId)),
      challenge: bytesOfChallenge(challenge),
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      excludeCredentials: existing.map(({ credentialId }) => ({ id: credentialId.toString('base64url') })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  /** @throws {InvalidMfaCode} for anything that is not what the challenge asked for. */
  async made({ credentialId, ...attestation }: Attestation, challenge: string): Promise<MadePasskey> {
    const id = credentialId.toString('base64url');
    const { verified, registrationInfo } = await orInvalid(() =>
      verifyRegistrationResponse({
        response: {
          ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
          response: {
            clientDataJSON: attestation.clientDataJSON.toString('base64url'),
            attestationObject: attestation.attestationObject.toString('base64url'),
          },
        },
        ...this.expected(challenge),
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
      }),
    );
    if (!verified) throw new InvalidMfaCode();
    const { credential } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      signCount: credential.counter,
    };
  }

  /**
   * The count of a signature that answers a challenge.
   * @throws {InvalidMfaCode} for any other, and for a count that does not rise: somebody may have a copy of the passkey.
   */
  async signed(
    passkey: Passkey,
    assertion: Assertion,
    { challenge, verifiesUser }: { challenge: string; verifiesUser: boolean },
  ): Promise<number> {
    const { userHandle } = assertion;
    if (userHandle !== undefined && !userHandle.equals(userHandleOf(passkey.accountId))) throw new InvalidMfaCode();
    const { verified, authenticationInfo } = await orInvalid(() =>
      verifyAuthenticationResponse({
        response: responseOf(assertion),
        ...this.expected(challenge),
        credential: {
          id: passkey.credentialId.toString('base64url'),
          publicKey: new Uint8Array(passkey.publicKey),
          counter: passkey.signCount,
        },
        requireUserVerification: verifiesUser,
      }),
    );
    if (!verified) throw new InvalidMfaCode();
    return authenticationInfo.newCounter;
  }

  private expected(challenge: string) {
    return { expectedChallenge: challenge, expectedOrigin: this.origins, expectedRPID: this.rpId };
  }
}

/** What authenticators know an account by: its id, which tells nothing about a person (WebAuthn Level 3 §14.6.1). */
function userHandleOf(accountId: string): Buffer {
  return Buffer.from(accountId.replaceAll('-', ''), 'hex');
}

function responseOf({ credentialId, clientDataJSON, authenticatorData, signature, userHandle }: Assertion) {
  const id = credentialId.toString('base64url');
  const response = {
    clientDataJSON: clientDataJSON.toString('base64url'),
    authenticatorData: authenticatorData.toString('base64url'),
    signature: signature.toString('base64url'),
    ...(userHandle === undefined ? {} : { userHandle: userHandle.toString('base64url') }),
  };
  return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response };
}

/** The library throws for each way in which bytes of a stranger can be wrong. */
async function orInvalid<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (cause) {
    throw new InvalidMfaCode({ cause });
  }
}
