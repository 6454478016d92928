import type { Sealpost } from '#sdk';
import type { Options } from './arguments.js';
import type { Home } from './home.js';
import type { Terminal } from './terminal.js';

/** What a command works with. The account is open. */
export interface Operation {
  readonly sealpost: Sealpost;
  readonly terminal: Terminal;
  readonly home: Home;
  readonly options: Options;
  readonly args: readonly string[];
  /** The account's. */
  readonly password: string;
  /** Resolves when a device that was linked has all that was written before. */
  readonly historyIsHere: Promise<void>;
  /** Rejected once this device is not signed in any more. */
  readonly sessionEnded: Promise<never>;
}

export type Command = (operation: Operation) => Promise<void>;
