import { call, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { Metrics } from '../../apps/relay/src/platform/metrics/metrics.js';
import { type SpanFields, Tracing } from '../../apps/relay/src/platform/tracing/tracing.js';
import { Attacher, ciphertext } from '../e2e/attaching.js';
import { TraceCollector } from '../e2e/trace-collector.js';
import { scrape, SCRAPE_TOKEN, seriesIn } from '../scraping.js';
import { type Canary, found, hatch } from './canary.js';

/**
 * That neither metrics nor traces tell one person, device, address or conversation from another: after all kinds of traffic, what
 * is unlike in them is searched for everything that belongs to somebody, and for what clients make up.
 */

/** All labels there are, and what each may say. One that is new has to be put here. */
const LABELS: Readonly<Record<string, RegExp>> = {
  method: /^[A-Z]+$/,
  // A pattern: parameters have names in it, and no values.
  route: /^(none|\/(\*|[\w.:*/-]*))$/,
  status: /^[1-5]\d\d$/,
  event: /^(message:send|receipt:update|typing|sync|auth:renew|unknown)$/,
  outcome: /^[a-z_]+$/,
  code: /^[a-z_]+$/,
  state: /^(idle|used)$/,
  version: /^(\d+\.\d+\.\d+|v\d+\.\d+\.\d+)$/,
  le: /^([\d.]+|\+Inf)$/,
  // Of prom-client: garbage, kinds of handles and requests of Node, its version.
  kind: /^(major|minor|incremental|weakcb)$/,
  space: /^[a-z_]+$/,
  type: /^\w+$/,
  major: /^\d+$/,
  minor: /^\d+$/,
  patch: /^\d+$/,
};

/** What belongs to somebody, as it is written wherever it is. */
interface Belonging {
  readonly what: string;
  readonly text: string;
}

let collector: TraceCollector;
let metrics: string;
let traces: string;
const belongings: Belonging[] = [];
const canaries: Canary[] = [];
const planted = { inMetrics: hatch(), inTraces: hatch(), inFields: hatch() };

const canary = (): string => {
  const one = hatch();
  canaries.push(one);
  return one.text;
};

function belong(what: string, ...texts: readonly string[]): void {
  for (const text of texts) belongings.push({ what, text });
}

/** Somebody whose every name is a canary. */
async function somebody(relay: TestRelay): Promise<TestUser> {
  const user = await TestUser.register(relay, {
    username: `u${canary().slice(0, 24)}`,
    displayName: canary(),
  });
  await user.request('PATCH', `/devices/${user.deviceId}`, { name: canary() });
  belong('name', user.username);
  belong('id', user.accountId, user.deviceId, user.signedIn.sessionId);
  belong('token', user.token, user.signedIn.refreshToken, user.authKey);
  return user;
}

/** Everything there is to be done with a conversation, and everything that clients should not do. */
async function traffic(relay: TestRelay): Promise<void> {
  const [ada, grace] = [await somebody(relay), await somebody(relay)];
  const conversationId = await ada.directWith(grace);
  const [byHttp, bySocket] = [v7(), v7()];
  belong('conversation', conversationId);
  belong('message', byHttp, bySocket);
  const ciphertextOf = (text: string): string => Buffer.from(text).toString('base64url');
  await ada.request('POST', `/conversations/${conversationId}/messages`, {
    id: byHttp,
    ciphertext: ciphertextOf(canary()),
  });
  const socket = await grace.socket();
  await socket.emit('message:send', { conversationId, id: bySocket, ciphertext: ciphertextOf(canary()) });
  await socket.emit('sync', { revision: 0, cursors: { [conversationId]: 0 } });
  await socket.emit(`${canary()}:event`, { [canary()]: canary() });
  const attacher = new Attacher(relay, ada);
  const attachment = await attacher.upload(conversationId, ciphertext(100));
  await attacher.download(attachment);
  belong('attachment', attachment);
  for (const path of [
    `/v1/users/${grace.username}`,
    `/v1/users/${canary()}`,
    `/v1/${canary()}`,
    `/${canary()}?q=${canary()}`,
  ])
    await call(relay, 'GET', path, {
      token: ada.token,
      headers: { 'user-agent': canary(), 'x-forwarded-for': canary() },
    });
  await call(relay, 'GET', '/v1/auth/me', { token: canary() });
  await fetch(`${relay.url}/${canary()}`, { method: 'PROPFIND', headers: { traceparent: canary() } });
  socket.close();
}

beforeAll(async () => {
  collector = await TraceCollector.start();
  const environment = { METRICS_TOKEN: SCRAPE_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const relay = await TestRelay.start({ environment });
  await traffic(relay);
  relay
    .part(Metrics)
    .counters({ name: 'sealpost_careless_total', help: 'Planted.', labels: ['who'] })
    .of(planted.inMetrics.text)
    .add();
  const careless = { 'user.name': planted.inFields.text } as SpanFields;
  await relay.part(Tracing).whole(`careless ${planted.inTraces.text}`, careless, () => Promise.resolve());
  metrics = (await scrape(relay)).body as string;
  await relay.stop();
  traces = collector.bodies.join('\n');
});
afterAll(() => collector.stop());

describe('what operators see of the traffic', () => {
  it('was there to be seen', () => {
    for (const trace of [
      'event message:send',
      'append entry',
      'database append_entry',
      'PATCH /v1/attachments/:attachmentId',
    ])
      expect(collector.spans.map(({ name }) => name)).toContain(trace);
    expect(
      seriesIn(metrics).filter(({ name }) => name === 'sealpost_http_request_duration_seconds_count').length,
    ).toBeGreaterThan(8);
    expect([belongings.length, canaries.length]).toEqual([18, 26]);
  });

  it('has in metrics nothing that belongs to anybody, and nothing that clients have made up (C-70)', () => {
    expect(belongings.filter(({ text }) => metrics.includes(text))).toEqual([]);
    expect(found(canaries, metrics)).toEqual([]);
    expect(metrics).not.toMatch(/127\.0\.0\.1|::1|localhost/);
  });

  it('has none of it in traces either (C-70)', () => {
    expect(belongings.filter(({ text }) => traces.includes(text))).toEqual([]);
    expect(found(canaries, traces)).toEqual([]);
    expect(traces).not.toMatch(/127\.0\.0\.1|::1|localhost|SELECT|INSERT|UPDATE/);
  });

  it('has no label but those that were thought about, and no value of another form', () => {
    const odd = seriesIn(metrics)
      .filter(({ name }) => name !== 'sealpost_careless_total')
      .flatMap(({ name, labels }) => Object.entries(labels).map(([label, value]) => ({ name, label, value })))
      .filter(({ label, value }) => LABELS[label]?.test(value) !== true);
    expect(odd).toEqual([]);
  });

  it('would show what somebody carelessly put there: in a label, or in the name of a span (C-70)', () => {
    expect(found([planted.inMetrics], metrics)).toHaveLength(1);
    expect(found([planted.inTraces], traces)).toHaveLength(1);
  });

  it('cannot show what is no field of spans, whoever passes it', () => {
    expect(found([planted.inFields], traces)).toEqual([]);
  });
});
