import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PROTOCOL_HEADER } from '#protocol';
import type { Config } from '../config/config.js';
import { allowedOrigins } from './origins.js';

/** What web pages may read of every reply. Replies that have more to read name it themselves. */
export const EXPOSED_HEADERS: readonly string[] = [PROTOCOL_HEADER, 'etag', 'retry-after', 'x-request-id'];

type CorsOptions = NonNullable<Parameters<NestFastifyApplication['enableCors']>[0]>;

/** Which web pages may call the API, and what of a reply they may read. */
export class Cors {
  private readonly origins: ReadonlySet<string>;
  private readonly exposedHeaders = [...EXPOSED_HEADERS];

  constructor(config: Config) {
    this.origins = allowedOrigins(config);
  }

  /** For the plugin, which adds its headers to every reply but those to what cannot be routed. */
  get options(): CorsOptions {
    return {
      // Answered as everything else is, with all our headers; the plugin has a form of its own for refusals.
      preflightContinue: true,
      strictPreflight: false,
      origin: [...this.origins],
      credentials: true,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: this.exposedHeaders,
      maxAge: 600,
    };
  }

  /** The plugin's headers, for what is refused before the plugin is asked. */
  headersFor(origin: string | undefined): Record<string, string> {
    return {
      vary: 'Origin',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': this.exposedHeaders.join(', '),
      ...(origin !== undefined && this.origins.has(origin) ? { 'access-control-allow-origin': origin } : {}),
    };
  }
}
