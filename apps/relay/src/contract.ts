import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type AsyncApiDocument, asyncApiDocument } from './gateway/index.js';
import { readConfig } from './platform/config/config.js';
import { openApiDocument } from './platform/http/openapi.js';
import { type Described, Metrics } from './platform/metrics/metrics.js';
import { createRelay } from './relay.js';

/** The OpenAPI document of this build. */
export function relayOpenApi(): Promise<OpenAPIObject> {
  return ofThisBuild(openApiDocument);
}

/** The AsyncAPI document of this build. */
export function relayAsyncApi(): Promise<AsyncApiDocument> {
  return ofThisBuild(asyncApiDocument);
}

/** The metrics of this build as a Markdown table for docs/monitoring.md. */
export function relayMetrics(): Promise<string> {
  return ofThisBuild((relay) => {
    const rows = relay.get(Metrics).described().map(rowOf);
    return ['| metric | type | what it tells |', '| --- | --- | --- |', ...rows].join('\n');
  });
}

function rowOf({ name, type, help, labels }: Described): string {
  const by = labels.length === 0 ? '' : ` By ${labels.map((label) => `\`${label}\``).join(', ')}.`;
  return `| \`${name}\` | ${type} | ${help}${by} |`;
}

/** Makes a document without a database and without listening. */
async function ofThisBuild<Document>(documentOf: (relay: NestFastifyApplication) => Document): Promise<Document> {
  // Any secrets do: nothing is signed.
  const secret = Buffer.alloc(32).toString('base64url');
  const config = readConfig({ LOG_LEVEL: 'silent', JWT_KEYS: `contract:${secret}`, SERVER_SECRET: secret });
  const relay = await createRelay({ config });
  try {
    return documentOf(relay);
  } finally {
    await relay.close();
  }
}
