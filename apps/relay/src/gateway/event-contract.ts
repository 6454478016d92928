import type { AuthMode } from '../platform/http/caller.js';

/** What the contract says of any event, whoever sends it. */
export interface EventContract {
  /** A socket that proved nothing is not connected, so there is no other mode. */
  readonly auth: Extract<AuthMode, 'authenticated'>;
  readonly summary: string;
  readonly description: string;
}

export interface Example<Carried extends object = object> {
  /** What the example shows, for people. */
  readonly about: string;
  readonly shows: Carried;
}

/** A class of fields whose instances look like `Carried`. */
export type ShapeOf<Carried extends object> = abstract new () => Carried;
