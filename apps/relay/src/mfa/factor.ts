import type { AccountId, FactorId } from '#protocol';

/** What a person adds: an authenticator app or a passkey. Recovery codes come with the first of them. */
export const LASTING_KINDS = ['totp', 'passkey'] as const;

/** A second factor as its owner sees it. */
export interface Factor {
  readonly id: FactorId;
  readonly kind: (typeof LASTING_KINDS)[number];
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedDay: string | null;
}

/** What the codes of an authenticator app are checked by. */
export interface TotpFactor {
  readonly id: FactorId;
  readonly secretSealed: Buffer;
  readonly lastStep: number | null;
}

/** What the assertions of a passkey are checked by. */
export interface Passkey {
  readonly id: FactorId;
  readonly accountId: AccountId;
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly signCount: number;
}

/** What an authenticator has signed, as the browser hands it on (WebAuthn Level 3 §5.2.2). */
export interface Assertion {
  readonly credentialId: Buffer;
  readonly clientDataJSON: Buffer;
  readonly authenticatorData: Buffer;
  readonly signature: Buffer;
  readonly userHandle: Buffer | undefined;
}

/** What an authenticator has made (WebAuthn Level 3 §5.2.1). */
export interface Attestation {
  readonly credentialId: Buffer;
  readonly clientDataJSON: Buffer;
  readonly attestationObject: Buffer;
}

/** What somebody shows as their second factor. */
export type Proof =
  | { readonly kind: 'totp' | 'recovery_code'; readonly code: string }
  | { readonly kind: 'passkey'; readonly assertion: Assertion };

/** What somebody shows, and what it answers. */
export interface Answer {
  readonly challenge: string;
  readonly proof: Proof;
}

/** The day of a use, UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
