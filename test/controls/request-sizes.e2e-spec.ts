import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { HttpAdapterHost } from '@nestjs/core';
import { CLIENT_EVENTS, LIMITS } from '#protocol';
import {
  call,
  ContractDocument,
  draftOf,
  pair,
  recordEvidence,
  type Reply,
  scaled,
  TestRelay,
  type TestUser,
} from '#testing';
import { v7 } from 'uuid';
import { administering } from '../e2e/admins.js';
import { eventBodies, outsiderScene, type OutsiderScene, requestBodies } from '../e2e/outsider-scene.js';
import { filled, largestBody } from '../operations.js';
import { connection, exchange, replyOn, request } from './raw-http.js';

const relay = TestRelay.duringTests();
let scene: OutsiderScene;
beforeAll(async () => {
  scene = await outsiderScene(relay);
  await administering(relay, scene.eve);
});

const MiB = 1024 * 1024;
/** What may be on its way when the relay hangs up: read, at most, and thrown away. */
const UNDERWAY = 8 * MiB;
/** The next connection that the relay accepts, for seeing how much it reads of it. */
async function accepted(): Promise<Socket> {
  const server = relay.part(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
  const [socket] = (await once(server, 'connection')) as [Socket];
  return socket;
}

const authorization = (user: TestUser): Record<string, string> => ({ authorization: `Bearer ${user.token}` });

describe('a body', () => {
  it('of as much as is allowed is read, and of one byte more it is not, on every route that takes one (C-24)', async () => {
    const bodies = requestBodies(scene);
    const values = { username: scene.grace.username, id: v7(), conversationId: v7(), messageId: v7() };
    for (const { operationId, method, path } of scene.operations.filter(({ hasBody }) => hasBody)) {
      // Refused as malformed once it is read: the route itself has nothing to do.
      const text = JSON.stringify({ ...bodies[operationId], odd: 1 });
      const answers = await Promise.all(
        [0, 1].map((more) => {
          const body = text.padEnd(largestBody(operationId) + more, ' ');
          return call(relay, method, filled(path, values), { body, token: scene.eve.token });
        }),
      );
      expect([operationId, answers.map(({ status }) => status)]).toEqual([operationId, [400, 413]]);
    }
  });

  it.each([LIMITS.bodyBytes + 1, 2 ** 30, 2 ** 40])(
    'announced with %d bytes is refused before any of it came (C-24)',
    async (length) => {
      const headers = {
        ...authorization(scene.eve),
        'content-type': 'application/json',
        'content-length': String(length),
      };
      const { status, text } = await exchange(relay, request({ method: 'POST', target: '/v1/sync', headers }));
      expect([status, JSON.parse(text)]).toMatchObject([413, { code: 'payload_too_large' }]);
    },
  );

  it('of unknown length is refused once it is longer, not when it ends (C-24)', async () => {
    const reply = await exchange(relay, chunked() + chunkOf(LIMITS.bodyBytes + 1));
    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([413, { code: 'payload_too_large' }]);
  });

  it('as large as a commit is read only when it is a few long texts, since by then nobody was asked who they are (C-24)', async () => {
    const half = LIMITS.commitBodyBytes / 2;
    const bodies = [JSON.stringify({ groupInfo: 'A'.repeat(2 * half - 100) }), '['.repeat(half) + ']'.repeat(half)];
    const target = `/v1/conversations/${v7()}/commits`;
    const answers = await Promise.all(bodies.map((body) => call(relay, 'POST', target, { body })));
    expect(answers.map(({ body }) => body.code as unknown)).toEqual(['invalid_token', 'invalid_request']);
  });

  it('that goes on and on is cut soon after its limit, and the rest is not even read (C-24)', async () => {
    const bytes = scaled({ ci: 64 * MiB, gate: 1024 * MiB });
    const serving = accepted();
    const client = await connection(relay);
    const served = await serving;
    const reply = replyOn(client);
    client.write(chunked());
    const sent = await stream(client, bytes);
    // Who keeps writing may miss the answer, for the connection is gone.
    expect([0, 413]).toContain((await reply).status);
    expect(sent).toBeLessThan(bytes);
    expect(served.bytesRead).toBeLessThan(LIMITS.bodyBytes + UNDERWAY);
    recordEvidence('C-24', { bytes, sent, bytesRead: served.bytesRead });
  });
});

/** The beginning of a request whose body comes in chunks. */
const chunked = (): string =>
  request({
    method: 'POST',
    target: '/v1/sync',
    headers: { ...authorization(scene.eve), 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
  });

const chunkOf = (bytes: number): string => `${bytes.toString(16)}\r\n${'['.repeat(bytes)}\r\n`;

/** Writes chunks until so many bytes went out, or the other side hung up. */
async function stream(client: Socket, bytes: number): Promise<number> {
  const chunk = chunkOf(65_536);
  let sent = 0;
  while (sent < bytes && !client.destroyed) {
    sent += 65_536;
    const isWritable = client.write(chunk);
    // An error closes it, and the loop ends.
    if (!isWritable) await Promise.race([once(client, 'drain'), once(client, 'close')]).catch(() => undefined);
  }
  return sent;
}

describe('a ciphertext', () => {
  const bytes = (count: number): { ciphertext: string } => ({
    ciphertext: Buffer.alloc(count, 7).toString('base64url'),
  });

  it('of 64 KiB is stored, and one byte more is refused, over HTTP and over a socket (C-24)', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const socket = await ada.socket();
    const send = async (count: number): Promise<number[]> => {
      const own = { ...draftOf(''), ...bytes(count) };
      const direct = { ...draftOf(''), ...bytes(count), to: bob.username };
      const event = await socket.emit('message:send', { conversationId, ...draftOf(''), ...bytes(count) });
      const replies: Reply[] = [
        await ada.request('POST', `/conversations/${conversationId}/messages`, own),
        await ada.request('POST', '/messages', direct),
      ];
      return [...replies.map(({ status }) => status), event.ok ? 201 : Number(event.error!.status)];
    };
    expect(await send(LIMITS.ciphertextBytes)).toEqual([201, 201, 201]);
    expect(await send(LIMITS.ciphertextBytes + 1)).toEqual([400, 400, 400]);
    socket.close();
  });
});

/** A JSON Schema, as far as it says how deep a value may be. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

/** Objects in objects, so many deep. */
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
const lists = (depth: number): unknown => (depth === 0 ? 1 : [lists(depth - 1)]);

describe('what is nested', () => {
  const DEEPEST = 32;
  const contract = ContractDocument.committed();

  /** How deep the value of a schema may be. */
  function depthOf(schema: Schema): number {
    const { properties = {}, items, oneOf = [], additionalProperties } = contract.resolve<Schema>(schema);
    const within = [...Object.values(properties), items, additionalProperties];
    const depths = within.map((one) => (typeof one === 'object' ? 1 + depthOf(one) : 1));
    return Math.max(0, ...depths, ...oneOf.map(depthOf));
  }

  it('deeper than 32 stands in no request that is documented (C-24)', async () => {
    const { body: document } = await call(relay, 'GET', '/openapi.json');
    const depths = scene.operations
      .filter(({ hasBody }) => hasBody)
      .map(({ path, method }) => {
        const { requestBody } = document.paths[path][method.toLowerCase()];
        return depthOf(requestBody.content['application/json'].schema);
      });
    expect(Math.min(...depths)).toBeGreaterThan(0);
    expect(Math.max(...depths)).toBeLessThanOrEqual(DEEPEST);
  });

  it('deeper than 32 is refused in every field of every route and event (C-24)', async () => {
    const { operations, eve, grace } = scene;
    const values = { username: grace.username, id: v7(), conversationId: v7(), messageId: v7() };
    const deep = [nested(DEEPEST), lists(DEEPEST)];
    const bodies = requestBodies(scene);
    for (const { operationId, method, path } of operations.filter(({ hasBody }) => hasBody)) {
      const body = bodies[operationId]!;
      const odd = [...Object.keys(body), 'odd'].flatMap((field) => deep.map((value) => ({ ...body, [field]: value })));
      const answers = await Promise.all(
        odd.map((one) => call(relay, method, filled(path, values), { body: one, token: eve.token })),
      );
      expect([operationId, answers.map(({ status }) => status)]).toEqual([operationId, odd.map(() => 400)]);
    }
    const socket = await eve.socket();
    for (const event of CLIENT_EVENTS)
      for (const field of [...Object.keys(eventBodies(scene)[event]!), 'odd'])
        for (const value of deep) {
          const { error } = await socket.emit(event, { ...eventBodies(scene)[event], [field]: value });
          expect([event, field, error?.code]).toEqual([event, field, 'invalid_request']);
        }
    socket.close();
  });
});
