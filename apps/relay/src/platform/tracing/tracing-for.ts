import type { Config } from '../config/config.js';
import type { Log } from '../logging/log.js';
import { NoTracing, type Tracing } from './tracing.js';

/** As the operator wants it. Unless they do, what makes and sends spans is not even loaded. */
export async function tracingFor(config: Config, log: Log): Promise<Tracing> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return new NoTracing();
  const { OtlpTracing } = await import('./otlp-tracing.js');
  return OtlpTracing.to(endpoint, config, log);
}
