import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RelayIoAdapter, serveAsyncApi } from './gateway/index.js';
import { Clock } from './platform/clock/clock.js';
import type { Config } from './platform/config/config.js';
import { Database } from './platform/database/database.js';
import { createHttpApp } from './platform/http/http-app.js';
import { serveOpenApi } from './platform/http/openapi.js';
import { serveWebApp } from './platform/http/web-app.js';
import { Log } from './platform/logging/log.js';
import { tracingFor } from './platform/tracing/tracing-for.js';
import { RelayModule } from './relay.module.js';

export interface RelayParts {
  readonly config: Config;
  readonly clock?: Clock;
  readonly log?: Log;
}

/** Builds the whole relay, ready to listen: what `main` starts and the tests start. */
export async function createRelay({
  config,
  clock = new Clock(),
  log = new Log(config),
}: RelayParts): Promise<NestFastifyApplication> {
  const tracing = await tracingFor(config, log);
  const relay = await createHttpApp(RelayModule.with({ config, clock, log, tracing }), config, log);
  relay.useWebSocketAdapter(new RelayIoAdapter(relay, config));
  const withPages = config.API_DOCS === undefined ? config.NODE_ENV !== 'production' : config.API_DOCS === 'on';
  serveOpenApi(relay, withPages);
  serveAsyncApi(relay, withPages);
  await serveWebApp(relay, config);
  return relay;
}

/** Whether the relay can serve: without its database it listens, and answers 503. */
export function hasDatabase(relay: NestFastifyApplication): boolean {
  return relay.get(Database).isReady;
}
