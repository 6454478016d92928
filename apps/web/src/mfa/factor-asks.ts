import type { MfaChallenge, SecondFactor, SecondFactorAnswer, SecondFactorRequest } from '#sdk';
import { errorCode } from '../client/error-code.js';
import { Observable } from '../state/observable.js';

/** A second factor that is being asked for, and where the answer goes. */
export interface FactorAsk {
  readonly asked: SecondFactorRequest;
  /** Whether this browser may say that it need not be asked again. */
  readonly mayTrust: boolean;
  readonly answer: (given: SecondFactorAnswer) => void;
  readonly cancel: () => void;
}

/** Whoever was asked has closed the window. That is no failure: nothing is told of it. */
export class FactorRefusedError extends Error {
  readonly code = 'cancelled';
}

interface Showing {
  readonly mfa: { readonly stepUp: (asked: MfaChallenge, given: SecondFactor) => Promise<void> };
}

/** Asks for second factors: whatever wants one waits, and a window over the page shows what for. */
export class FactorAsks {
  readonly pending = new Observable<FactorAsk | undefined>(undefined);

  /** Where its window can be: over the page, and in each window over it, whose focus nothing outside of it can have. */
  readonly places = new Observable<readonly symbol[]>([]);

  /** @returns what takes the place away. */
  readonly addPlace = (place: symbol): (() => void) => {
    this.places.set([...this.places.get(), place]);
    return () => this.places.set(this.places.get().filter((one) => one !== place));
  };

  /** At sign-in. */
  readonly atSignIn = (asked: SecondFactorRequest): Promise<SecondFactorAnswer> => this.ask(asked, true);

  /** Does what may take a second factor: asks for one if so, until it is right, and does it again. */
  async around<T>(client: Showing, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const asked = challengeOf(error);
      if (asked === undefined) throw error;
      await this.show(client, asked);
      return work();
    }
  }

  private async show({ mfa }: Showing, asked: MfaChallenge): Promise<void> {
    for (let wasWrong = false; ; wasWrong = true)
      try {
        await mfa.stepUp(asked, await this.ask({ ...asked, wasWrong }, false));
        return;
      } catch (error) {
        if (errorCode(error) !== 'invalid_mfa_code') throw error;
      }
  }

  private ask(asked: SecondFactorRequest, mayTrust: boolean): Promise<SecondFactorAnswer> {
    return new Promise((resolve, reject) => {
      const done = (): void => this.pending.set(undefined);
      this.pending.set({
        asked,
        mayTrust,
        answer: (given) => {
          done();
          resolve(given);
        },
        cancel: () => {
          done();
          reject(new FactorRefusedError('No second factor was shown.'));
        },
      });
    });
  }
}

function challengeOf(error: unknown): MfaChallenge | undefined {
  if (errorCode(error) !== 'mfa_required' || !(error instanceof Error) || !('mfa' in error)) return undefined;
  return error.mfa as MfaChallenge | undefined;
}
