import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreation, PasskeyRequest } from '#sdk';
import { FactorRefusedError } from './factor-asks.js';

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Has the browser ask for a passkey. @throws {FactorRefusedError} when whoever sits there has closed its window. */
export function getPasskey(request: PasskeyRequest): Promise<PasskeyAssertion> {
  // The same in the words of the standard, of which the relay promises less.
  return orRefused(() => startAuthentication({ optionsJSON: request as unknown as RequestOptions }));
}

/** Has the browser make a passkey. @throws as {@link getPasskey}. */
export function createPasskey(options: PasskeyCreation): Promise<PasskeyAttestation> {
  return orRefused(() => startRegistration({ optionsJSON: options as unknown as CreationOptions }));
}

async function orRefused<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') throw new FactorRefusedError('No passkey was shown.');
    throw error;
  }
}
