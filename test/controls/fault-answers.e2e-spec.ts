import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLIENT_EVENTS } from '#protocol';
import { startTestPostgres, TestRelay, type TestSocket } from '#testing';
import { eventBodies, outsiderScene, type OutsiderScene, requestBodies } from '../e2e/outsider-scene.js';
import { filled } from '../operations.js';
import { uploadHeaders } from './callers.js';
import { exchange, request } from './raw-http.js';

/** The parts of a problem document. Nothing else may stand in a refusal. */
const PARTS = ['type', 'title', 'status', 'code', 'detail', 'retryAfterSeconds', 'errors', 'requestId'];

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

/** What would tell how the relay is made: calls, files, SQL, the names of tables and programs, versions. */
const TELLING = [
  /\bat \S+ ?\(|\bat \S+:\d+|node:|\.[cm]?[jt]s\b|node_modules|Error:/,
  /(?:^|[\s"'(=])\/(?:work|home|usr|var|tmp|app|root|opt|etc)\//,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|JOIN|WHERE|relation|column|constraint|syntax error|duplicate key)\b/,
  /postgres|typeorm|fastify|nestjs|socket\.io|\bpg\b|ECONN|_idx\b|_pkey\b/i,
  /\bv?\d+\.\d+\.\d+\b/,
];

function tellings(text: string): string[] {
  // A pointer to a field looks like a path.
  const shown = text.replace(/"path":"[^"]*"/g, '').replaceAll(version, `version ${version}`);
  return TELLING.flatMap((pattern) => pattern.exec(shown)?.[0] ?? []);
}

/** What is wrong with a refusal: that it is none, has another form, or tells too much. */
function mistakesIn(status: number, headers: Readonly<Record<string, string>>, text: string): string[] {
  if (status < 400) return [`${status} is no refusal`];
  const body = JSON.parse(text) as Record<string, unknown>;
  const isUniform = headers['content-type'] === 'application/problem+json; charset=utf-8';
  return [
    ...(isUniform ? [] : [`type ${headers['content-type'] ?? ''}`]),
    ...Object.keys(body).filter((part) => !PARTS.includes(part)),
    ...['server', 'x-powered-by', 'via'].filter((name) => name in headers),
    ...tellings(text),
  ];
}

describe('what tells too much', () => {
  it.each([
    'Error: boom',
    'at Object.<anonymous> (/srv/relay/main.js:1:2)',
    'at main.ts:4:5',
    'relation "accounts" does not exist',
    'duplicate key value violates unique constraint "accounts_username_key"',
    'INSERT INTO entries VALUES ($1)',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'no such file: /usr/lib/x',
    'fastify',
    '12.0.3',
  ])('is recognised: %s', (text) => {
    expect(tellings(text)).not.toEqual([]);
  });
});

interface Walked {
  readonly statuses: ReadonlyMap<string, number>;
  readonly mistakes: readonly unknown[];
}

/** How the relay answers everything while something is wrong with it, and what is wrong with those answers. */
async function walk(relay: TestRelay, scene: OutsiderScene, isWalked: (path: string) => boolean): Promise<Walked> {
  const { eve, grace, conversationId, messageId } = scene;
  const ids = { id: conversationId, conversationId, messageId, attachmentId: randomUUID(), deviceId: randomUUID() };
  const values = { ...ids, username: grace.username };
  const bodies = requestBodies(scene);
  const uploads = uploadHeaders(conversationId, 0);
  const mistakes: unknown[] = [];
  const statuses = new Map<string, number>();
  for (const { operationId, method, path } of scene.operations.filter((one) => isWalked(one.path))) {
    const target = filled(path, values) + (operationId === 'getKdf' ? `?username=${grace.username}` : '');
    const body = operationId in bodies ? { body: JSON.stringify(bodies[operationId]) } : {};
    const headers = { authorization: `Bearer ${eve.token}`, 'if-match': '"1"', ...uploads[operationId] };
    const reply = await exchange(relay, request({ method, target, headers, ...body }));
    // What answers a HEAD has the head of a refusal only.
    const text = method === 'HEAD' && reply.text === '' ? '{}' : reply.text;
    const found = mistakesIn(reply.status, reply.headers, text);
    if (found.length > 0) mistakes.push([operationId, found, reply.text]);
    statuses.set(operationId, reply.status);
  }
  return { statuses, mistakes };
}

const WITHOUT_DATABASE = ['/health/live', '/v1/server', '/metrics'];
/** All but those that ask no database. */
const everything = (path: string): boolean => !WITHOUT_DATABASE.includes(path);
/** Routes whose work is in no table that is asked who the caller is. */
const behindTheGuard = (path: string): boolean => /conversation|message|contact|sync|vault|linking|push/.test(path);
/** Events that have something to ask of the database. */
const EVENTS = CLIENT_EVENTS.filter((event) => event !== 'auth:renew');

async function refusalsOf(socket: TestSocket, scene: OutsiderScene): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const event of EVENTS) {
    const { error } = await socket.emit(event, eventBodies(scene)[event]);
    found.set(event, [error?.code, tellings(JSON.stringify(error))]);
  }
  return found;
}

describe('a fault of ours', () => {
  const relay = TestRelay.duringTests();
  let scene: OutsiderScene;
  let socket: TestSocket;
  beforeAll(async () => {
    scene = await outsiderScene(relay);
    socket = await scene.eve.socket();
  });
  afterAll(() => socket.close());

  const tables = (): Promise<{ name: string }[]> =>
    relay.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);

  /** Makes every statement about these tables an error of PostgreSQL, of the kind that quotes what it was asked. */
  async function without(names: readonly string[], work: () => Promise<void>): Promise<void> {
    for (const name of names) await relay.query(`ALTER TABLE ${name} RENAME TO gone_${name}`);
    try {
      await work();
    } finally {
      for (const name of names) await relay.query(`ALTER TABLE gone_${name} RENAME TO ${name}`);
    }
  }

  it('in every statement is "internal" on every route, and tells nothing of itself (C-25)', async () => {
    const all = (await tables()).map(({ name }) => name);
    await without(all, async () => {
      const { statuses, mistakes } = await walk(relay, scene, everything);
      expect(mistakes).toEqual([]);
      const others = [...statuses].filter(([, status]) => status !== 500);
      expect([statuses.size, others]).toEqual([
        scene.operations.length - WITHOUT_DATABASE.length,
        [['healthReady', 503]],
      ]);
    });
  });

  it('behind the guard is "internal", too, on routes and events (C-25)', async () => {
    const guarding = ['accounts', 'sessions', 'devices', 'migrations', 'refresh_tokens'];
    const others = (await tables()).map(({ name }) => name).filter((name) => !guarding.includes(name));
    await without(others, async () => {
      const { statuses, mistakes } = await walk(relay, scene, behindTheGuard);
      expect(mistakes).toEqual([]);
      expect([statuses.size > 20, [...statuses].filter(([, status]) => status !== 500)]).toEqual([true, []]);
      expect(await refusalsOf(socket, scene)).toEqual(new Map(EVENTS.map((event) => [event, ['internal', []]])));
    });
  });
});

describe('a database that is gone', () => {
  it('is "unavailable" on every route and event, and tells nothing of itself (C-25)', async () => {
    const postgres = await startTestPostgres();
    const relay = await TestRelay.start({ database: { ...postgres, drop: () => Promise.resolve() } });
    const scene = await outsiderScene(relay);
    const socket = await scene.eve.socket();
    await postgres.stop();
    const { statuses, mistakes } = await walk(relay, scene, everything);
    expect(mistakes).toEqual([]);
    expect([...statuses].filter(([, status]) => status !== 503)).toEqual([]);
    expect(await refusalsOf(socket, scene)).toEqual(new Map(EVENTS.map((event) => [event, ['unavailable', []]])));
    socket.close();
    await relay.stop();
  });
});
