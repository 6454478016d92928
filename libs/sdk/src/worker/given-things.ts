import { type Crossing, pack } from './packing.js';

/** Functions and signals that one call was given. They stay on the page, and the worker names them by their place. */
export class GivenThings implements Crossing {
  private readonly callbacks: ((...given: unknown[]) => unknown)[] = [];
  private readonly released = new AbortController();
  private signals = 0;

  constructor(private readonly onAbort: (place: number, reason: unknown) => void) {}

  packCallback(callback: (...given: unknown[]) => unknown): number {
    return this.callbacks.push(callback) - 1;
  }

  packSignal(signal: AbortSignal): { place: number; isAborted: boolean; reason: unknown } {
    const place = this.signals++;
    const aborted = (): void => this.onAbort(place, packedReason(signal));
    signal.addEventListener('abort', aborted, { once: true, signal: this.released.signal });
    return { place, isAborted: signal.aborted, reason: packedReason(signal) };
  }

  /** @returns undefined for one that there is not. */
  callBack(place: number, given: unknown): unknown {
    return Array.isArray(given) ? this.callbacks[place]?.(...(given as unknown[])) : undefined;
  }

  /** The call is answered: the worker has no business with them any more. */
  release(): void {
    this.released.abort();
  }
}

/** Of a reason that cannot cross, nothing but that there is one. */
function packedReason({ reason }: AbortSignal): unknown {
  try {
    return pack(reason);
  } catch {
    return undefined;
  }
}
