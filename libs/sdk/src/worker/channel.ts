import { type BirpcReturn, createBirpc } from 'birpc';
import { pack, unpack } from './packing.js';

/** Either end of what connects a page and its worker: a `Worker`, the global scope of one, or a `MessagePort`. */
export interface Endpoint {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** As the library writes it; `e` is what was thrown. */
interface Frame {
  readonly e?: unknown;
}

/**
 * Calls in both directions. Nothing is timed out: opening an account takes as long as it takes, and whoever calls has signals.
 */
export function connect<Theirs extends object, Ours extends object>(
  endpoint: Endpoint,
  ours: Ours,
): BirpcReturn<Theirs, Ours, false> {
  // Without a prototype, whose methods would be offered, too.
  const offered = Object.assign<object, Ours>(Object.create(null) as object, ours);
  let heard: ((event: { readonly data: unknown }) => void) | undefined;
  return createBirpc<Theirs, Ours, false>(offered, {
    proxify: false,
    timeout: -1,
    bind: 'functions',
    post: (frame) => {
      endpoint.postMessage(frame);
    },
    on: (take: (frame: unknown) => void) => {
      heard = ({ data }) => {
        take(data);
      };
      endpoint.addEventListener('message', heard);
    },
    off: () => {
      if (heard !== undefined) endpoint.removeEventListener('message', heard);
    },
    serialize: (frame: Frame): Frame => ('e' in frame ? { ...frame, e: pack(frame.e) } : frame),
    deserialize: (frame: Frame): Frame => ('e' in frame ? { ...frame, e: unpack(frame.e) } : frame),
  });
}
