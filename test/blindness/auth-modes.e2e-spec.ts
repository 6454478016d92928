import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { CLIENT_EVENTS } from '#protocol';
import { call, TestRelay, TestSocket, TestUser } from '#testing';
import type { FastifyInstance } from 'fastify';
import { v7 } from 'uuid';
import { WebSocket } from 'ws';
import { AUTH_MODE, type AuthMode } from '../../apps/relay/src/platform/http/caller.js';
import { EventTable } from '../../apps/relay/src/gateway/event-table.js';
import { codeOf, filled, type Operation, operationsOf } from '../operations.js';

/** Everything that answers whoever asks; a route that is to join them has to be put here. */
const OPEN_TO_EVERYONE = [
  'GET /health/live',
  'GET /health/ready',
  'GET /v1/auth/kdf',
  'GET /v1/server',
  'POST /v1/auth/login',
  'POST /v1/auth/mfa/passkey-sign-in',
  'POST /v1/auth/mfa/passkey-sign-in/options',
  'POST /v1/auth/mfa/sign-in',
  'POST /v1/auth/recovery/complete',
  'POST /v1/auth/recovery/open',
  'POST /v1/auth/refresh',
  'POST /v1/auth/register',
  'POST /v1/linking',
  'POST /v1/linking/{slotId}/read',
];

const MODES: readonly string[] = ['admin', 'anonymous', 'authenticated', 'scraper'] satisfies AuthMode[];

const relay = TestRelay.duringTests({ environment: { API_DOCS: 'off' } });
let operations: Operation[];
let ada: TestUser;

beforeAll(async () => {
  operations = await operationsOf(relay);
  ada = await TestUser.register(relay);
});

interface Handler {
  readonly name: string;
  readonly mode: unknown;
}

/** Every method of every controller that answers requests, with what it declares of who may ask. */
function handlers(): Handler[] {
  const controllers = [...relay.part(ModulesContainer).values()].flatMap(({ controllers }) => [
    ...controllers.values(),
  ]);
  return controllers.flatMap(({ metatype }) => {
    if (metatype === null || typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((key) => {
      const method = prototype[key];
      if (typeof method !== 'function' || Reflect.getMetadata(METHOD_METADATA, method) === undefined) return [];
      expect(Reflect.getMetadata(PATH_METADATA, method)).toBeDefined();
      const declared: unknown = Reflect.getMetadata(AUTH_MODE, method) ?? Reflect.getMetadata(AUTH_MODE, metatype);
      return [{ name: `${metatype.name}.${key}`, mode: declared }];
    });
  });
}

/** What Fastify really answers, such as "GET /v1/devices/:_", read off its tree: four columns to the right are one step down. */
function routes(): string[] {
  const fastify = relay.part(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
  const above: string[] = [];
  return fastify
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^(.*)[├└]── (\S+) \(([A-Z, ]+)\)$/.exec(line) ?? [];
      above.splice(indent.length / 4, Infinity, part);
      return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${unnamed(above.join(''))}`);
    });
}

/** Parameters may have other names on the way to other routes. */
function unnamed(path: string): string {
  return path.replace(/:\w+(\|:\w+)*|\{\w+\}/g, ':_');
}

const named = ({ method, path }: Operation): string => `${method} ${path}`;
/** What a path needs, from somebody who exists, so that only the token can be missing. */
const values = (): Record<string, string> => ({
  username: ada.username,
  id: v7(),
  conversationId: v7(),
  messageId: v7(),
});

describe('every route (C-21)', () => {
  it('declares whether it is for everyone', () => {
    const all = handlers();
    expect(all.length).toBe(operations.length);
    expect(all.filter(({ mode }) => !MODES.includes(String(mode)))).toEqual([]);
    expect(all.filter(({ mode }) => mode === 'anonymous')).toHaveLength(OPEN_TO_EVERYONE.length);
  });

  it('that is for everyone is on the list', () => {
    expect(
      operations
        .filter(({ isAnonymous }) => isAnonymous)
        .map(named)
        .sort(),
    ).toEqual(OPEN_TO_EVERYONE);
  });

  it('stands in the contract, so that what follows asks all of them', () => {
    const served = routes().filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    // The last one bids browsers farewell, where there is no web app any more.
    const files = ['GET /asyncapi.json', 'GET /openapi.json', 'GET /sw.js'];
    const contracted = operations.filter(({ method }) => method !== 'HEAD').map((one) => unnamed(named(one)));
    expect(served.sort()).toEqual([...contracted, ...files].sort());
    for (const one of operations) expect(routes()).toContain(unnamed(named(one)));
  });

  it('that is not for everyone answers 401, and the same, to whoever has no token that holds', async () => {
    const { signedIn, token } = ada;
    const [header, claims] = token.split('.');
    const bad = [
      undefined,
      'none',
      signedIn.refreshToken,
      `${header!}.${claims!}.`,
      `${header!}.${claims!}.${'A'.repeat(43)}`,
    ];
    for (const { method, path } of operations.filter(({ isAnonymous }) => !isAnonymous)) {
      const url = filled(path, values());
      for (const one of bad) {
        const reply = await call(relay, method, url, one === undefined ? {} : { token: one });
        const code = codeOf(method, reply, 'invalid_token');
        expect([method, url, reply.status, code]).toEqual([method, url, 401, 'invalid_token']);
        expect(reply.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  it('does not take a token from anywhere but the header that is for it', async () => {
    const { token } = ada;
    const places = [
      call(relay, 'GET', `/v1/auth/me?access_token=${token}&token=${token}`),
      call(relay, 'GET', '/v1/auth/me', { headers: { cookie: `token=${token}; access_token=${token}` } }),
      call(relay, 'GET', '/v1/auth/me', { headers: { authorization: `Basic ${token}` } }),
      call(relay, 'GET', '/v1/auth/me', { headers: { 'x-authorization': `Bearer ${token}` } }),
      call(relay, 'POST', '/v1/sync', { body: { revision: 0, cursors: {}, access_token: token } }),
    ];
    expect((await Promise.all(places)).map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect((await ada.request('GET', '/auth/me')).status).toBe(200);
  });
});

describe('every event', () => {
  it('is in the table, which has no other', () => {
    const table = relay.part(EventTable);
    expect(CLIENT_EVENTS.filter((event) => table.get(event) === undefined)).toEqual([]);
    expect(
      ['join', 'subscribe', 'constructor', '__proto__', 'toString', 'connect'].map((event) => table.get(event)),
    ).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it('is for who proved who they are when they connected', async () => {
    for (const token of ['', 'none', ada.signedIn.refreshToken, ada.token.slice(0, -2)])
      await expect(TestSocket.connect(relay.url, token)).rejects.toMatchObject({ data: { code: 'invalid_token' } });
  });

  it.each(['42["sync",{"revision":0,"cursors":{}}]', '421["sync",{"revision":0,"cursors":{}}]', '40{}', '40/other,{}'])(
    'is out of reach of a connection that proved nothing: %s',
    async (packet) => {
      const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
      const heard: string[] = [];
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('message', (bytes: Buffer) => {
        heard.push(bytes.toString());
        if (heard.length === 1) socket.send(packet);
        else socket.close();
      });
      await closed;
      // The engine’s own greeting, and at most a refusal.
      expect(heard.slice(1).filter((line) => !line.startsWith('44'))).toEqual([]);
    },
  );
});
