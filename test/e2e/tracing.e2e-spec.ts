import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { call, draftOf, pair, TestRelay } from '#testing';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { NoTracing, Tracing } from '../../apps/relay/src/platform/tracing/tracing.js';
import { type Span, TraceCollector } from './trace-collector.js';

const SEND = 'POST /v1/conversations/:conversationId/messages';
/** Of a client's own tracing (W3C Trace Context). */
const FOREIGN = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Has two people write to each other, over HTTP and over a socket, and stops the relay. */
async function storyOf(relay: TestRelay): Promise<void> {
  const { ada, bob, conversationId } = await pair(relay);
  const traceparent = `00-${FOREIGN}-00f067aa0ba902b7-01`;
  const path = `/v1/conversations/${conversationId}/messages`;
  await call(relay, 'POST', path, { body: draftOf('one'), token: ada.token, headers: { traceparent } });
  const socket = await bob.socket();
  await socket.emit('message:send', { conversationId, ...draftOf('two') });
  await socket.emit('a name of their own', {});
  socket.close();
  await ada.request('GET', `/nowhere/${ada.username}`);
  await relay.stop();
}

describe('a relay that is told of a collector', () => {
  let collector: TraceCollector;
  let spans: Span[];

  beforeAll(async () => {
    collector = await TraceCollector.start();
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=of%20ours',
      OTEL_SERVICE_NAME: 'relay-one',
    };
    await storyOf(await TestRelay.start({ environment }));
    ({ spans } = collector);
  });
  afterAll(() => collector.stop());

  const named = (name: string): Span[] => spans.filter((span) => span.name === name);
  const childrenOf = ({ spanId, traceId }: Span): Span[] =>
    spans.filter((span) => span.parentSpanId === spanId && span.traceId === traceId);
  const isRoot = ({ parentSpanId = '' }: Span): boolean => parentSpanId === '';

  it('follows a message over HTTP through its hops: the route, the append, the database', () => {
    const [sent, ...others] = named(SEND);
    expect(others).toEqual([]);
    expect(sent).toMatchObject({
      kind: 2,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/conversations/:conversationId/messages',
        'http.response.status_code': 201,
      },
    });
    expect(isRoot(sent!)).toBe(true);
    expect(childrenOf(sent!).map(({ name }) => name)).toContain('append entry');
    const reads = childrenOf(sent!).filter(({ attributes }) => attributes['db.system.name'] === 'postgresql');
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.map(({ kind }) => kind)).toEqual(reads.map(() => 3));
    for (const { startTimeUnixNano, endTimeUnixNano } of childrenOf(sent!)) {
      expect(BigInt(startTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(sent!.startTimeUnixNano));
      // When a span began is known to the millisecond; how long it took, exactly.
      expect(BigInt(endTimeUnixNano)).toBeLessThanOrEqual(BigInt(sent!.endTimeUnixNano) + 1_000_000n);
    }
  });

  it('follows one over a socket likewise', () => {
    const [sent, ...others] = named('event message:send');
    expect(others).toEqual([]);
    expect([isRoot(sent!), sent!.kind, sent!.attributes]).toEqual([true, 2, { 'sealpost.event': 'message:send' }]);
    expect(childrenOf(sent!).map(({ name }) => name)).toContain('append entry');
  });

  it('has what writes the messages of many apart, since it is part of none of them', () => {
    const batches = named('write batch');
    expect(batches.length).toBeGreaterThanOrEqual(2);
    for (const batch of batches) {
      expect([isRoot(batch), batch.attributes]).toEqual([true, { 'sealpost.batch_size': 1 }]);
      expect(childrenOf(batch).map(({ name }) => name)).toContain('database append_entry');
    }
  });

  it('names what went wrong by its class, and calls no refusal a failure', () => {
    expect(named('event unknown').map(({ status, attributes }) => [status.code, attributes['error.type']])).toEqual([
      [0, 'InvalidRequest'],
    ]);
    const missed = spans.filter(({ attributes }) => attributes['http.response.status_code'] === 404);
    expect(missed.length).toBeGreaterThan(0);
    expect(missed.map(({ status }) => status.code)).toEqual(missed.map(() => 0));
  });

  it('heeds no trace that a client says it is part of', () => {
    expect(spans.filter(({ traceId }) => traceId === FOREIGN)).toEqual([]);
  });

  it('says of itself its name and its version, and shows the collector what that asks for', () => {
    expect(collector.processes).toEqual([{ 'service.name': 'relay-one', 'service.version': '0.1.0' }]);
    expect(collector.headers.map((headers) => headers['x-tenant'])).toEqual(collector.headers.map(() => 'of ours'));
  });
});

describe('traces', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  /** A relay with a collector that does not do what it is for. */
  async function relayBefore(answer: RequestListener): Promise<TestRelay> {
    const server = createServer(answer);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as { port: number };
    return TestRelay.start({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String(port)}` } });
  }

  it('are of as many requests as the operator wants', async () => {
    const collector = await TraceCollector.start();
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: '0' };
    await storyOf(await TestRelay.start({ environment }));
    expect(collector.bodies).toEqual([]);
    await collector.stop();
  });

  it('that are not taken are counted in the log', async () => {
    const relay = await relayBefore((_request, response) => void response.writeHead(400).end());
    const log = relay.part(Log);
    await storyOf(relay);
    log.tellRefusals();
    expect(relay.logLines.filter((line) => line.includes('"code":"traces_not_taken"'))).toHaveLength(1);
  });

  it('that a collector never answers hold up neither who sends nor the end of the relay', async () => {
    const relay = await relayBefore(() => undefined);
    const startedAt = performance.now();
    await storyOf(relay);
    // The exporter would wait for ten.
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });

  it('are made by nobody unless somebody wants them', async () => {
    const relay = await TestRelay.start();
    expect(relay.part(Tracing)).toBeInstanceOf(NoTracing);
    await relay.stop();
  });
});
