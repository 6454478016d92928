import { AsyncLocalStorage } from 'node:async_hooks';
import type { OnApplicationShutdown } from '@nestjs/common';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Config } from '../config/config.js';
import { RELAY_VERSION } from '../version.js';
import { problemOfRefusal } from '../errors/problem.js';
import type { Log } from '../logging/log.js';
import { type OpenSpan, type SpanFields, Tracing } from './tracing.js';

/** What a collector takes longer for is lost: nothing waits for it. */
const EXPORT_MS = 10_000;
/** That the relay ends is not held up for longer by a collector that does not answer. */
const LAST_EXPORT_MS = 2_000;

/**
 * Sends spans to a collector, by OTLP over HTTP in JSON. Nothing of OpenTelemetry is global here: relays that run beside each
 * other in one process do not trace each other.
 */
export class OtlpTracing extends Tracing implements OnApplicationShutdown {
  readonly isOn = true;
  private readonly tracer: Tracer;
  private readonly current = new AsyncLocalStorage<Context>();

  constructor(private readonly provider: TracerProvider) {
    super();
    this.tracer = provider.getTracer('sealpost-relay', RELAY_VERSION);
  }

  /** @param endpoint base address of the collector. */
  static to(endpoint: string, config: Config, log: Log): OtlpTracing {
    const exporter = new OTLPTraceExporter({
      url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
      headers: config.OTEL_EXPORTER_OTLP_HEADERS,
      timeoutMillis: EXPORT_MS,
    });
    const provider = new TracerProvider({
      // Of the process and its machine it says no more than this.
      resource: resourceFromAttributes({ 'service.name': config.OTEL_SERVICE_NAME, 'service.version': RELAY_VERSION }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.OTEL_TRACES_SAMPLER_ARG) }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter: complaining(exporter, log), exportTimeoutMillis: EXPORT_MS }),
      ],
    });
    return new OtlpTracing(provider);
  }

  begin(name: string, fields: SpanFields): OpenSpan {
    return this.open(name, fields, ROOT_CONTEXT);
  }

  whole<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T> {
    return during(this.begin(name, fields), work);
  }

  part<T>(name: string, fields: SpanFields, work: () => Promise<T>): Promise<T> {
    const parent = this.current.getStore();
    return parent === undefined ? work() : during(this.open(name, fields, parent), work);
  }

  /** Sends what is left. */
  async onApplicationShutdown(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const longest = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_EXPORT_MS)));
    // What is not taken is told of by the exporter.
    await Promise.race([this.provider.shutdown().catch(() => undefined), longest]);
    clearTimeout(timer);
  }

  private open(name: string, fields: SpanFields, parent: Context): OpenSpan {
    const span = this.tracer.startSpan(name, { attributes: allowed(fields), kind: kindOf(fields) }, parent);
    const context = trace.setSpan(parent, span);
    return {
      within: (work) => this.current.run(context, work),
      end: (last = {}, failed = false) => {
        end(span, last, failed);
      },
    };
  }
}

/** What somebody asks of us, what we ask of the database, and the rest. */
function kindOf(fields: SpanFields): SpanKind {
  if ('http.request.method' in fields || 'sealpost.event' in fields) return SpanKind.SERVER;
  return 'db.system.name' in fields ? SpanKind.CLIENT : SpanKind.INTERNAL;
}

async function during<T>(open: OpenSpan, work: () => Promise<T>): Promise<T> {
  try {
    const result = await open.within(work);
    open.end();
    return result;
  } catch (error) {
    // Of its message nothing: databases quote values in it. A refusal is an answer, and no failure.
    const { status = 500 } = problemOfRefusal(error) ?? {};
    open.end({ 'error.type': error instanceof Error ? error.name : typeof error }, status >= 500);
    throw error;
  }
}

function end(span: Span, fields: SpanFields, failed: boolean): void {
  span.setAttributes(allowed(fields));
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

const ALLOWED: ReadonlySet<string> = new Set<keyof SpanFields>([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'sealpost.event',
  'sealpost.batch_size',
  'db.system.name',
  'error.type',
]);

function allowed(fields: SpanFields): Record<string, string | number> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => ALLOWED.has(key)));
}

/** OpenTelemetry says of failures nothing to nobody, unless it is given a log: this one counts them with the refusals. */
function complaining(exporter: SpanExporter, log: Log): SpanExporter {
  return {
    export: (spans: ReadableSpan[], done) => {
      exporter.export(spans, (result) => {
        if (result.error !== undefined) log.refused('traces_not_taken');
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
