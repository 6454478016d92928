import type { components } from '#api-client';
import { MFA_RECOVERY_CODE_PATTERN, type MfaChallenge, TOTP_PATTERN } from '#protocol';
import type { AskToKeep } from '../account/keeping.js';
import { isRefusal, RelayRefusal } from '../relay/relay.errors.js';
import type { Waiting } from '../waiting.js';

/** What `navigator.credentials.get` gives, as its `toJSON` has it (WebAuthn Level 3). */
export interface PasskeyAssertion {
  readonly id: string;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle?: string | undefined;
  };
}

/** What `navigator.credentials.create` gives, as its `toJSON` has it (WebAuthn Level 3). */
export interface PasskeyAttestation {
  readonly id: string;
  readonly response: { readonly clientDataJSON: string; readonly attestationObject: string };
}

/** A code of an authenticator app, a recovery code as it was shown, or what a passkey has signed. */
export type SecondFactor =
  | { readonly kind: 'totp' | 'recovery_code'; readonly code: string }
  | { readonly kind: 'passkey'; readonly assertion: PasskeyAssertion };

/** A second factor that is asked for. */
export interface SecondFactorRequest extends MfaChallenge {
  /** Whether the one before was not right. */
  readonly wasWrong: boolean;
}

/** A second factor, and whether this device wants not to be asked again for 30 days. */
export type SecondFactorAnswer = SecondFactor & { readonly trustDevice?: boolean };

/** Asks whoever signs in. What it throws ends the sign-in. */
export type AskSecondFactor = (asked: SecondFactorRequest) => Promise<SecondFactorAnswer>;

/**
 * How long a sign-in waits, and whom it asks: for a second factor, else it is refused with `mfa_required`; and whether to keep an
 * account that is to be deleted, else it is refused with `account_deletion_pending`.
 */
export interface SignInOptions extends Waiting {
  readonly secondFactor?: AskSecondFactor | undefined;
  readonly keepAccount?: AskToKeep | undefined;
}

/** What answers a challenge, as the relay takes it. */
export type MfaAnswer = components['schemas']['MfaAnswerDto'];

/**
 * Does what may take a second factor: asks for one if so, until it is right.
 *
 * @param second the same with the answer. @throws what either throws, and what `ask` does.
 */
export async function withSecondFactor<T>(
  first: () => Promise<T>,
  second: (answer: MfaAnswer, trustDevice: boolean) => Promise<T>,
  ask: AskSecondFactor | undefined,
): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (ask === undefined || !isRefusal(error, 'mfa_required') || error.mfa === undefined) throw error;
    return answered(error.mfa, second, ask);
  }
}

async function answered<T>(
  asked: MfaChallenge,
  second: (answer: MfaAnswer, trustDevice: boolean) => Promise<T>,
  ask: AskSecondFactor,
): Promise<T> {
  for (let wasWrong = false; ; wasWrong = true) {
    const { trustDevice = false, ...given } = await ask({ ...asked, wasWrong });
    try {
      return await second(answerOf(asked, given), trustDevice);
    } catch (error) {
      if (!isRefusal(error, 'invalid_mfa_code')) throw error;
    }
  }
}

/** @throws {RelayRefusal} `invalid_mfa_code` for what is no code: the relay need not be asked. */
export function answerOf({ challenge }: Pick<MfaChallenge, 'challenge'>, given: SecondFactor): MfaAnswer {
  return { challenge, proof: proofOf(given) };
}

/** As the relay takes it. */
export function assertionOf({ id, response }: PasskeyAssertion): components['schemas']['PasskeyAssertionDto'] {
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  const own = { credentialId: id, clientDataJSON, authenticatorData, signature };
  // Authenticators that keep no handle say nothing, or say it with an empty text.
  return userHandle ? { ...own, userHandle } : own;
}

function proofOf(given: SecondFactor): MfaAnswer['proof'] {
  if (given.kind === 'passkey') return { kind: given.kind, ...assertionOf(given.assertion) };
  const { kind, code } = given;
  const text = kind === 'totp' ? code.replace(/\s/g, '') : spelledOut(code);
  const pattern = kind === 'totp' ? TOTP_PATTERN : MFA_RECOVERY_CODE_PATTERN;
  if (!new RegExp(pattern).test(text)) throw new RelayRefusal({ code: 'invalid_mfa_code', status: 401 });
  return { kind, code: text };
}

/** However it was typed: with its hyphens, in capitals. */
function spelledOut(code: string): string {
  const letters = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return [letters.slice(0, 2), ...(letters.slice(2).match(/.{1,4}/g) ?? [])].join('-');
}
