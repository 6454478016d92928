import { REGISTRATION_MODES, type RegistrationMode } from '#protocol';
import type { Config } from '../platform/config/config.js';

/** What administrators change while the relay runs. Until they do, it is what the environment says. */
export interface ServerSettings {
  readonly registration: RegistrationMode;
}

/** What is stored of them; null where nobody has changed anything. */
export interface StoredSettings {
  readonly registration: string | null;
}

export function settingsInForce(stored: StoredSettings | undefined, config: Config): ServerSettings {
  // Another mode than ours was set by a newer relay: what is not known lets nobody in.
  const registration = REGISTRATION_MODES.find((mode) => mode === stored?.registration) ?? 'closed';
  return { registration: typeof stored?.registration === 'string' ? registration : config.REGISTRATION };
}
