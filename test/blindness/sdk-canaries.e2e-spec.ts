import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inReleaseGate, recordEvidence, scaled, until } from '#testing';
import pg from 'pg';
import { v7 } from 'uuid';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { BuiltRelay } from '../chaos/built-relay.js';
import { type Canary, dumpOf, hatch } from './canary.js';
import { CanarySearch } from './canary-search.js';
import { letter, Secretive } from './correspondence.js';
import { filesIn, heapSnapshotOf, memoryOf } from './relay-sinks.js';
import { TappedRelay } from './tapped-relay.js';

/** In CI some in each field, in the gate one alone, and twice as many. */
const { each: EACH, atLeast: AT_LEAST } = scaled({
  ci: { each: 12, atLeast: 1_000 },
  gate: { each: 1, atLeast: 2_000 },
});

jest.setTimeout(scaled({ ci: 240_000, gate: 900_000 }));

/** How a careless client, or a careless line of the relay's, might have written it. The first ones are text. */
const DISGUISES: Readonly<Record<string, (canary: Canary) => Buffer>> = {
  words: ({ text }) => Buffer.from(`so ${text} it is`),
  hex: ({ bytes }) => Buffer.from(bytes.toString('hex').toUpperCase()),
  'base64, shifted by 1': ({ bytes }) => Buffer.from(Buffer.concat([Buffer.from('x'), bytes]).toString('base64')),
  'base64url, shifted by 2': ({ bytes }) =>
    Buffer.from(Buffer.concat([Buffer.from('xy'), bytes]).toString('base64url')),
  'a URL': ({ bytes }) => Buffer.from(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
  bytes: ({ bytes }) => Buffer.concat([Buffer.from('x'), bytes, Buffer.from('y')]),
  'UTF-16': ({ text }) => Buffer.from(text, 'utf16le'),
  gzip: ({ text }) => gzipSync(Buffer.from(`so ${text} it is`)),
};
const IN_TEXT = ['words', 'hex', 'base64, shifted by 1', 'base64url, shifted by 2'];

type Plants = ReadonlyMap<string, Canary>;
const plants = (): Plants => new Map(Object.keys(DISGUISES).map((disguise) => [disguise, hatch()]));
const disguised = (disguise: string, canary: Canary): Buffer => DISGUISES[disguise]!(canary);

/** Of the client that is careless, and of the relay's process. */
const [careless, inProcess] = [plants(), plants()];
let directory: string;
let postgres: EmbeddedPostgres;
let relay: BuiltRelay;
let tapped: TappedRelay;
const people: Secretive[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-canaries-'));
  postgres = await startEmbeddedPostgres({ directory: join(directory, 'database'), log: () => undefined });
  const environment = {
    DATABASE_URL: postgres.applicationUrl,
    MIGRATION_DATABASE_URL: postgres.ownerUrl,
    JWT_KEYS: `test:${hatch().text}${hatch().text}`,
    SERVER_SECRET: `${hatch().text}${hatch().text}`,
    LOG_LEVEL: 'debug',
  };
  const flags = ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${directory}`, '--import', await plantedModule()];
  relay = await BuiltRelay.prepare(environment, flags);
  await relay.start();
  tapped = await TappedRelay.before(relay.url);
});

afterAll(async () => {
  for (const { session } of people) await session.stop();
  tapped.close();
  await relay.remove();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Makes the relay's process careless: it prints canaries, and has them in its memory. */
async function plantedModule(): Promise<string> {
  const path = join(directory, 'planted.mjs');
  const kept = [...inProcess].map(([disguise, canary]) => disguised(disguise, canary).toString('base64'));
  const printed = IN_TEXT.map((disguise) => disguised(disguise, inProcess.get(disguise)!).toString());
  await writeFile(
    path,
    `globalThis.planted = ${JSON.stringify(kept)}.map((text) => Buffer.from(text, 'base64'));
     globalThis.printed = ${JSON.stringify(printed)};
     for (const line of printed) console.log(line);`,
  );
  return path;
}

/** What a client sends that encrypts nothing. */
async function beCareless({ account }: Secretive): Promise<void> {
  const { id: conversationId } = await account.relay.call((api) =>
    api.POST('/v1/conversations', { body: { kind: 'group', members: [] } }),
  );
  for (const [disguise, canary] of careless) {
    const written = disguised(disguise, canary);
    const body = { id: v7(), ciphertext: written.toString('base64url') };
    await account.relay.call((api) =>
      api.POST('/v1/conversations/{conversationId}/messages', { params: { path: { conversationId } }, body }),
    );
    await fetch(`${tapped.url}/v1/auth/login`, { method: 'POST', body: Uint8Array.from(written) });
  }
}

/** @returns the canaries in what was sent, and arrived. */
async function correspond(from: Secretive, to: Secretive): Promise<Canary[]> {
  const { id } = await from.session.conversations.group([to.account.username]);
  const letters = [];
  for (let canaries = 0; canaries < AT_LEAST; canaries += letters.at(-1)!.canaries.length) {
    letters.push(letter(EACH, v7()));
    for (const content of letters.at(-1)!.contents) await from.session.messages.post(id, content);
  }
  await from.session.settled();
  const sent = letters.flatMap(({ contents }) => contents);
  await until(async () => (await to.contents(id)).length === sent.length, 'everything has arrived', 60_000);
  expect(await to.contents(id)).toEqual(sent);
  return letters.flatMap(({ canaries }) => canaries);
}

/** Has what was stored come back over every way there is. */
async function askForEverything({ account }: Secretive): Promise<void> {
  const token = await account.relay.accessToken();
  const paths = [
    'conversations',
    'messages/inbox',
    'messages/sent',
    'devices',
    'keys/me',
    'auth/me',
    'vault',
    'welcomes',
  ];
  for (const path of [...paths.map((name) => `v1/${name}`), 'metrics', 'health/ready', 'openapi.json'])
    await fetch(`${tapped.url}/${path}`, { headers: { authorization: `Bearer ${token}` } });
}

/** Tables as rows of text, which is what a dump of the database would have, and what their binary columns hold. */
async function tables(): Promise<Buffer[]> {
  const pool = new pg.Pool({ connectionString: postgres.ownerUrl, max: 2 });
  const query = async <Row extends object>(sql: string): Promise<Row[]> => (await pool.query<Row>(sql)).rows;
  const text = await dumpOf({ query });
  await pool.end();
  const binary = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
  return [Buffer.from(text), ...binary];
}

/** The relay's process and traffic while it runs, then what it leaves behind, when all that it has written is in files. */
async function* sinks(): AsyncGenerator<[name: string, parts: Iterable<Buffer> | AsyncIterable<Buffer>]> {
  yield ['memory', memoryOf(relay.pid)];
  // Of what the memory has: it takes a minute where others share the processors.
  if (inReleaseGate) yield ['heap snapshot', [await heapSnapshotOf(relay.pid, directory)]];
  yield ['tables', await tables()];
  for (const { session } of people.splice(0)) await session.stop();
  yield ['traffic', [tapped.captured]];
  await relay.stop();
  yield ['output', [Buffer.from(relay.output.join('\n'))]];
  await postgres.stop();
  yield ['files of the database', filesIn(join(directory, 'database'))];
}

async function foundIn(search: CanarySearch, sink: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Set<Canary>> {
  const found = new Set<Canary>();
  for await (const part of sink) for (const canary of search.in(part)) found.add(canary);
  return found;
}

/** What must be found there, by its disguise. */
function plantedIn(sink: string): Plants {
  if (sink === 'memory') return inProcess;
  const isText = sink === 'heap snapshot' || sink === 'output';
  return isText ? new Map([...inProcess].filter(([disguise]) => IN_TEXT.includes(disguise))) : careless;
}

describe('what the SDK encrypts (C-70, C-09)', () => {
  it('is nowhere at the relay: what a careless client or relay had written would be found everywhere', async () => {
    people.push(await Secretive.withEverything(tapped.url, 'ada'), await Secretive.register(tapped.url, 'grace'));
    const [ada, grace] = people as [Secretive, Secretive];
    const secrets = [...(await correspond(ada, grace)), ...people.flatMap(({ canaries }) => canaries)];
    await beCareless(ada);
    for (const person of people) await askForEverything(person);
    const search = new CanarySearch([...secrets, ...careless.values(), ...inProcess.values()]);
    const found = new Map<string, Set<Canary>>();
    for await (const [sink, parts] of sinks()) found.set(sink, await foundIn(search, parts));

    for (const [sink, canaries] of found) {
      const missing = [...plantedIn(sink)].filter(([, canary]) => !canaries.has(canary));
      expect([sink, missing.map(([disguise]) => disguise)]).toEqual([sink, []]);
      expect([sink, secrets.filter((canary) => canaries.has(canary))]).toEqual([sink, []]);
    }
    expect(secrets.length).toBeGreaterThanOrEqual(AT_LEAST);
    recordEvidence('C-70', { canaries: secrets.length, sinks: found.size, hits: 0 });
  });
});
