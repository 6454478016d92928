import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { call, draftOf, pair, startTestPostgres, TestRelay, TestUser, until } from '#testing';
import { relayMetrics } from '../../apps/relay/src/contract.js';
import { metric, scrape, SCRAPE_TOKEN, seriesIn } from '../scraping.js';
import { adminOf } from './admins.js';
import { Attacher, ciphertext } from './attaching.js';

const relay = TestRelay.duringTests({ environment: { METRICS_TOKEN: SCRAPE_TOKEN } });
const ROOT = join(import.meta.dirname, '../..');
const committed = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the metrics', () => {
  it('are for who shows the operator’s token, and for nobody else (C-26)', async () => {
    const { user: admin } = await adminOf(relay);
    const bad = [null, '', 'x', SCRAPE_TOKEN.slice(1), `${SCRAPE_TOKEN}x`, admin.token];
    for (const token of bad) expect((await scrape(relay, token)).body).toMatchObject({ code: 'invalid_token' });
    for (const path of [`/metrics?token=${SCRAPE_TOKEN}`, `/metrics?access_token=${SCRAPE_TOKEN}`])
      expect((await call(relay, 'GET', path)).status).toBe(401);
    const headers = { authorization: `Basic ${SCRAPE_TOKEN}` };
    expect((await call(relay, 'GET', '/metrics', { headers })).status).toBe(401);

    const { status, headers: told, body } = await scrape(relay);
    expect([status, told.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(seriesIn(body as string).length).toBeGreaterThan(100);
  });

  it('open nothing else: the token of metrics is nobody’s (C-26)', async () => {
    for (const path of ['/v1/auth/me', '/v1/admin/statistics', '/v1/conversations'])
      expect((await call(relay, 'GET', path, { token: SCRAPE_TOKEN })).status).toBe(401);
  });

  it('count what is sent, over HTTP and over sockets, and what becomes of it', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const counted = async (): Promise<number[]> =>
      Promise.all([
        metric(relay, 'sealpost_entries_total', { outcome: 'accepted' }),
        metric(relay, 'sealpost_entries_total', { outcome: 'duplicate' }),
        metric(relay, 'sealpost_entries_total', { outcome: 'not_a_member' }),
        metric(relay, 'sealpost_entry_append_duration_seconds_count'),
        metric(relay, 'sealpost_entry_batch_size_sum'),
        metric(relay, 'sealpost_socket_events_total', { event: 'message:send', outcome: 'ok' }),
        metric(relay, 'sealpost_socket_events_total', { event: 'message:send', outcome: 'refused' }),
        metric(relay, 'sealpost_socket_events_total', { event: 'unknown', outcome: 'refused' }),
        metric(relay, 'sealpost_http_request_duration_seconds_count', {
          method: 'POST',
          route: '/v1/conversations/:conversationId/messages',
          status: '201',
        }),
        metric(relay, 'sealpost_refusals_total', { code: 'not_found' }),
      ]);
    const before = await counted();
    const draft = draftOf('once');
    await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
    const [socket, stranger] = [await bob.socket(), await (await TestUser.register(relay)).socket()];
    await socket.emit('message:send', { conversationId, ...draftOf('by socket') });
    await stranger.emit('message:send', { conversationId, ...draftOf('by a stranger') });
    await socket.emit('no:event', {});
    socket.close();
    stranger.close();
    const gained = (await counted()).map((value, index) => value - before[index]!);
    expect(gained).toEqual([2, 1, 1, 2, 4, 1, 1, 1, 2, 1]);
  });

  it('tell how many sockets are open', async () => {
    const user = await TestUser.register(relay);
    const before = await metric(relay, 'sealpost_sockets');
    const socket = await user.socket();
    expect(await metric(relay, 'sealpost_sockets')).toBe(before + 1);
    socket.close();
    await until(async () => (await metric(relay, 'sealpost_sockets')) === before, 'the socket counts no more');
  });

  it('count the bytes of attachments, and know the disk that they are on', async () => {
    const { ada, conversationId } = await pair(relay);
    const attacher = new Attacher(relay, ada);
    const bytes = ciphertext(12_345);
    const received = await metric(relay, 'sealpost_attachment_received_bytes_total');
    const sent = await metric(relay, 'sealpost_attachment_sent_bytes_total');
    await attacher.download(await attacher.upload(conversationId, bytes));
    expect(await metric(relay, 'sealpost_attachment_received_bytes_total')).toBe(received + bytes.length);
    expect(await metric(relay, 'sealpost_attachment_sent_bytes_total')).toBe(sent + bytes.length);
    const [free, size] = await Promise.all([
      metric(relay, 'sealpost_attachment_disk_free_bytes'),
      metric(relay, 'sealpost_attachment_disk_size_bytes'),
    ]);
    expect(free).toBeGreaterThan(0);
    expect(size).toBeGreaterThanOrEqual(free);
  });

  it('say when the database is away, also to whoever asks then', async () => {
    const postgres = await startTestPostgres();
    const cut = await TestRelay.start({
      database: { ...postgres, drop: () => Promise.resolve() },
      environment: { METRICS_TOKEN: SCRAPE_TOKEN },
    });
    expect(await metric(cut, 'sealpost_database_up')).toBe(1);
    expect(await metric(cut, 'sealpost_database_connections')).toBeGreaterThan(0);
    const failures = await metric(cut, 'sealpost_database_failures_total');
    await postgres.stop();
    expect(await metric(cut, 'sealpost_database_up')).toBe(0);
    expect(await metric(cut, 'sealpost_database_failures_total')).toBeGreaterThan(failures);
    await cut.stop();
  });
});

describe('what operators are given', () => {
  it('names metrics by the rules of Prometheus', async () => {
    const { body } = await scrape(relay);
    const text = body as string;
    const types = [...text.matchAll(/^# TYPE (sealpost_\w+) (\w+)$/gm)].map(
      ([, name, type]) => [name!, type!] as const,
    );
    expect(types.length).toBeGreaterThan(20);
    for (const [name, type] of types) {
      expect(text).toMatch(new RegExp(`^# HELP ${name} [A-Z].{10,}\\.$`, 'm'));
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      // Base units, never their multiples.
      expect(name).not.toMatch(/_(ms|millis\w*|kb|mb|kilobytes|percent)(_|$)/);
    }
  });

  it('lists them in docs/monitoring.md (`npm run contract` writes them anew)', async () => {
    const [, written] = /<!-- metrics -->\n([\s\S]*?)\n<!-- \/metrics -->/.exec(committed('docs/monitoring.md')) ?? [];
    expect(written).toBe(await relayMetrics());
    const { body } = await scrape(relay);
    for (const [, name] of (body as string).matchAll(/^# TYPE (sealpost_\w+) /gm))
      expect(written).toContain(`\`${name!}\``);
  });

  it.each(['deploy/grafana/sealpost.json', 'deploy/prometheus/alerts.yml'])(
    'asks in %s for nothing that a relay does not tell',
    async (file) => {
      const { body } = await scrape(relay);
      const told = new Set(
        [...(body as string).matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name, type]) =>
          type === 'histogram' || type === 'summary'
            ? ['_bucket', '_sum', '_count'].map((suffix) => name! + suffix)
            : [name!],
        ),
      );
      const asked = new Set(
        [...committed(file).matchAll(/\b(?:sealpost|process|nodejs)_[a-z0-9_]+\b/g)].map(([name]) => name),
      );
      expect(asked.size).toBeGreaterThan(10);
      expect([...asked].filter((name) => !told.has(name))).toEqual([]);
    },
  );

  it('asks by labels that there are', async () => {
    const { body } = await scrape(relay);
    const labels = new Set(seriesIn(body as string).flatMap((series) => Object.keys(series.labels)));
    const queries = [committed('deploy/prometheus/alerts.yml'), committed('deploy/grafana/sealpost.json')].join('\n');
    const asked = [...queries.matchAll(/\{([^{}]*)\}/g)].flatMap(([, inner]) =>
      [...inner!.matchAll(/(\w+)(?:=~?|!~|!=)\\?"/g)].map(([, label]) => label!),
    );
    expect(asked.length).toBeGreaterThan(20);
    // Those of Prometheus itself.
    expect(asked.filter((label) => !labels.has(label) && !['job', 'instance'].includes(label))).toEqual([]);
  });

  it('says of every alert what is the matter, how bad it is, and where one can read on', () => {
    const alerts = committed('deploy/prometheus/alerts.yml')
      .split(/^ {6}- alert: /m)
      .slice(1);
    expect(alerts.length).toBeGreaterThan(10);
    for (const alert of alerts) {
      const [name = ''] = alert.split('\n');
      const [, page = '', anchor] = /^ {10}runbook: (\S+)#(\S+)$/m.exec(alert) ?? [];
      expect([name, /^ {10}summary: '.{20,}'$/m.test(alert)]).toEqual([name, true]);
      expect([name, /^ {10}severity: (critical|warning)$/m.test(alert)]).toEqual([name, true]);
      expect([name, anchor]).toEqual([name, name.toLowerCase()]);
      expect([page, existsSync(join(ROOT, dirname(page)))]).toEqual(['docs/monitoring.md', true]);
      expect(committed(page)).toContain(`\n### ${name}\n`);
    }
  });
});
