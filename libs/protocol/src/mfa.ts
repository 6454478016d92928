/** What stands beside the password: a code of an authenticator app, a passkey, or a code kept for when both are lost. */
export const FACTOR_KINDS = ['totp', 'passkey', 'recovery_code'] as const;

/** One of {@link FACTOR_KINDS}. */
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** What `navigator.credentials.get` takes, in the JSON of WebAuthn Level 3 §5.1.8. */
export interface PasskeyRequest {
  /** base64url */
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout: number;
  readonly userVerification: string;
  /** Empty where any passkey of the browser will do. */
  readonly allowCredentials: readonly { readonly type: string; readonly id: string }[];
}

/** A second factor that is asked for. */
export interface MfaChallenge {
  /** base64url of 256 random bits: names what is being asked for, and is good for one answer. */
  readonly challenge: string;
  readonly kinds: readonly FactorKind[];
  readonly expiresIn: number;
  /** Where a passkey is among the kinds. */
  readonly passkey?: PasskeyRequest;
}

/** Six digits. */
export const TOTP_PATTERN = '^[0-9]{6}$';
/** Its place among the codes of an account, and 80 bits in the letters of RFC 4648 base32. */
export const MFA_RECOVERY_CODE_PATTERN = '^[0-9]{2}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$';
