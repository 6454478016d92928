import type { Config } from '../config/config.js';

/** The web origins that may call the API and open sockets: the relay's own, and those the operator named. */
export function allowedOrigins(config: Config): ReadonlySet<string> {
  const own = config.PUBLIC_URL === undefined ? localOrigins(config) : [new URL(config.PUBLIC_URL).origin];
  return new Set([...own, ...config.CORS_ORIGINS]);
}

function localOrigins({ PORT }: Config): string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${String(PORT)}`);
}
