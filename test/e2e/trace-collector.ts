import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A span as OTLP has it in JSON (opentelemetry-proto, trace.proto), with its attributes as an object. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** 2 is an error. */
  readonly status: { readonly code?: number };
}

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}

interface Traces {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<Span, 'attributes'> & { readonly attributes?: readonly KeyValue[] })[];
    }[];
  }[];
}

/** A collector of OpenTelemetry, as far as a relay knows one: it takes traces by OTLP over HTTP, in JSON. */
export class TraceCollector {
  /** All that came, as it came. */
  readonly bodies: string[] = [];
  readonly headers: IncomingMessage['headers'][] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TraceCollector> {
    const server = createServer();
    const collector = new TraceCollector(server);
    server.on('request', (request, response) => void collector.take(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return collector;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the collector does not listen');
    return `http://127.0.0.1:${String(address.port)}`;
  }

  get spans(): Span[] {
    return this.resources.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) =>
        spans.map(({ attributes = [], ...span }) => ({ ...span, attributes: valuesOf(attributes) })),
      ),
    );
  }

  /** What the spans say of the process that sent them, each once. */
  get processes(): unknown[] {
    const told = this.resources.map(({ resource }) => JSON.stringify(valuesOf(resource.attributes)));
    return [...new Set(told)].map((text): unknown => JSON.parse(text));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get resources(): Traces['resourceSpans'] {
    return this.bodies.flatMap((body) => (JSON.parse(body) as Traces).resourceSpans);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks = (await request.toArray()) as Buffer[];
    const isTraces = request.method === 'POST' && request.url === '/v1/traces';
    if (isTraces) {
      this.headers.push(request.headers);
      this.bodies.push(Buffer.concat(chunks).toString());
    }
    response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  }
}

function valuesOf(attributes: readonly KeyValue[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? Number(intValue)]),
  );
}
