import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol';
import type { Config } from '../config/config.js';

const YEAR_SECONDS = 31_536_000;

/** What every reply has in its head, beside the id of its request. */
export function replyHeaders(config: Pick<Config, 'NODE_ENV'>): Readonly<Record<string, string>> {
  return { ...securityHeaders(config), [PROTOCOL_HEADER]: PROTOCOL_VERSION, 'cache-control': 'no-store' };
}

/**
 * The headers with which browsers are told what the API is not for. They are the same for every reply, so helmet is asked
 * once, at the start: as a hook it would set them one by one on every reply, at a tenth of what a request costs.
 */
function securityHeaders(config: Pick<Config, 'NODE_ENV'>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const reply = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  helmetFor(config)({} as IncomingMessage, reply as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw new Error('the security headers cannot be made', { cause: error });
  });
  return headers;
}

function helmetFor(config: Pick<Config, 'NODE_ENV'>): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity:
      config.NODE_ENV === 'production' ? { maxAge: YEAR_SECONDS, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    // The API is called from the origins that CORS allows; same-origin here would undo that.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    frameguard: { action: 'deny' },
    // For browsers long gone, or for pages, of which the API has none; every header costs on every reply.
    dnsPrefetchControl: false,
    ieNoOpen: false,
    originAgentCluster: false,
    permittedCrossDomainPolicies: false,
    xssFilter: false,
  });
}
