import { type AskSecondFactor, isRefusal, type MfaChallenge, type SecondFactor, type SecondFactorRequest } from '#sdk';
import type { Options } from './arguments.js';
import type { Operation } from './operation.js';
import { Refusal } from './refusals.js';
import { askLine, type Terminal, warn } from './terminal.js';

/** No code of an authenticator app has more, and no recovery code as few. */
const MOST_DIGITS = 8;

/** Asks whoever sits there for a code. */
export function asksForFactor(terminal: Terminal, { trust }: Pick<Options, 'trust'>): AskSecondFactor {
  return async (asked) => ({ ...(await askFor(terminal, asked)), trustDevice: trust });
}

/** Does what may take a second factor: asks for one if so, and does it again. */
export async function withFactor<T>(
  { sealpost, terminal }: Pick<Operation, 'sealpost' | 'terminal'>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error, 'mfa_required') || error.mfa === undefined) throw error;
    await show({ sealpost, terminal }, error.mfa);
    return work();
  }
}

/** Until it is right. */
async function show(
  { sealpost, terminal }: Pick<Operation, 'sealpost' | 'terminal'>,
  asked: MfaChallenge,
): Promise<void> {
  for (let wasWrong = false; ; wasWrong = true)
    try {
      await sealpost.mfa.stepUp(asked, await askFor(terminal, { ...asked, wasWrong }));
      return;
    } catch (error) {
      if (!isRefusal(error, 'invalid_mfa_code')) throw error;
    }
}

async function askFor(terminal: Terminal, { kinds, wasWrong }: SecondFactorRequest): Promise<SecondFactor> {
  if (wasWrong) warn(terminal, 'This code is not right, or was used before.');
  const code = await askLine(terminal, kinds.includes('totp') ? 'Code: ' : 'Recovery code: ');
  if (code === '') throw new Refusal('Without a code there is no way in.');
  return { kind: code.replace(/\s/g, '').length > MOST_DIGITS ? 'recovery_code' : 'totp', code };
}
