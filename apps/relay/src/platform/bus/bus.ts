/** What frames are about: a room of sockets, or {@link EVERYBODY}. */
export type Topic = string;

/** Followed by every relay. */
export const EVERYBODY: Topic = 'all';

/** Something that other relays should hear: `body` is JSON. */
export interface Frame {
  readonly topics: readonly Topic[];
  readonly body: string;
}

/**
 * Carries frames between the relays of an installation: each hears what is about the topics that it follows, in the order in
 * which one relay published it, and nothing of its own. It is at most once: what it loses, `losses` counts, and nothing is sent
 * again.
 */
export interface Bus {
  /** Whether frames may carry content, and be of any size; otherwise they are ids, and a few hundred bytes. */
  readonly carriesContent: boolean;
  /** Whether what is published now arrives, as far as is known. */
  readonly isUp: boolean;
  /** How often frames may have been lost, of this relay or for it. */
  readonly losses: number;
  start(hear: (frame: Frame) => void): void;
  /** Sends what was published, then hangs up. */
  stop(): Promise<void>;
  publish(frame: Frame): void;
  follow(topic: Topic): void;
  unfollow(topic: Topic): void;
  /** Ends when what is followed by now is heard of, or cannot be; `undefined` if there is nothing to wait for. */
  followed(): Promise<void> | undefined;
}

/** How often a bus is tried. */
export const TRY_EVERY_MS = 250;
/** A bus from which nothing came back for so long is taken to be down. */
export const SILENCE_MS = 1_000;
