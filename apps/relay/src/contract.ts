import type { OpenAPIObject } from '@nestjs/swagger';
import { readConfig } from './platform/config/config.js';
import { openApiDocument } from './platform/http/openapi.js';
import { createRelay } from './relay.js';

/** The OpenAPI document of this build, made without a database and without listening. */
export async function relayOpenApi(): Promise<OpenAPIObject> {
  // Any secrets do: nothing is signed.
  const secret = Buffer.alloc(32).toString('base64url');
  const config = readConfig({ LOG_LEVEL: 'silent', JWT_KEYS: `contract:${secret}`, SERVER_SECRET: secret });
  const relay = await createRelay({ config });
  try {
    return openApiDocument(relay);
  } finally {
    await relay.close();
  }
}
