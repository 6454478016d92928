import { LIMITS } from '#protocol';
import { call, type Reply, TestRelay } from '#testing';
import { v7 } from 'uuid';
import { filled, largestBody } from '../operations.js';
import { administering } from './admins.js';
import { eventBodies, outsiderScene, type OutsiderScene, requestBodies } from './outsider-scene.js';

const relay = TestRelay.duringTests();
let scene: OutsiderScene;
beforeAll(async () => {
  scene = await outsiderScene(relay);
  // So that what only admins may is not refused before it is read.
  for (const person of [scene.ada, scene.eve]) await administering(relay, person);
});

/** JSON that no `JSON.stringify` would write. */
const withPrototype = (body: object): string =>
  JSON.stringify(body).replace('{', '{"__proto__":{"admin":true},').replace(',}', '}');

/** What stands where a text should: each of these has fooled some relay. */
const DISGUISES = [['x'], { $ne: null }, { $gt: '' }, 7, true, null, '', '\u0000', 'x'.repeat(300_000)];

/** Keys that reach for what all objects have in common. */
const REACHING = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty'];

/** The text of a body with one such key more, once for each object in it, however deep. */
function poisoned(body: unknown, key: string): string[] {
  const spots: object[] = [];
  JSON.stringify(body, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) spots.push(value);
    return value;
  });
  return spots.map((spot) => {
    const text = JSON.stringify(body, (_key, value: unknown) =>
      value === spot ? { 'a key': { admin: true }, ...spot } : value,
    );
    return text.replace('"a key"', JSON.stringify(key));
  });
}

interface Asking {
  readonly name: string;
  readonly body: Record<string, unknown>;
  readonly ask: (body: unknown) => Promise<Reply>;
}

function askings(): Asking[] {
  const { operations, eve, grace } = scene;
  const ids = { id: v7(), conversationId: v7(), messageId: v7(), username: grace.username };
  const examples = requestBodies(scene);
  return operations
    .filter(({ hasBody }) => hasBody)
    .map(({ operationId, method, path, isAnonymous }) => ({
      name: operationId,
      body: examples[operationId]!,
      ask: (body) => call(relay, method, filled(path, ids), { body, ...(isAnonymous ? {} : { token: eve.token }) }),
    }));
}

describe('a list', () => {
  it('refuses every limit that is not a number from 1 to 200', async () => {
    const { operations, ada, conversationId } = scene;
    const lists = operations.filter(({ queries }) => queries.includes('limit'));
    expect(lists.length).toBeGreaterThan(6);
    const values = { conversationId, id: conversationId, username: ada.username };
    for (const { path } of lists) {
      const url = filled(path, values).replace('/v1', '');
      const answers = await Promise.all(
        ['1e9', '1000000000', '201', '0', '-1', '1.5', 'all', 'NaN', 'Infinity', '', '5&limit=5', '[5]'].map((limit) =>
          ada.request('GET', `${url}?limit=${limit}`),
        ),
      );
      expect([url, answers.map(({ status }) => status)]).toEqual([url, answers.map(() => 400)]);
      expect(answers.map(({ body }) => body.errors[0].path)).toEqual(answers.map(() => '/limit'));
      expect((await ada.request('GET', `${url}?limit=200`)).status).not.toBe(400);
    }
  });

  it('refuses a cursor that is none, and a query that it does not have', async () => {
    const { operations, ada } = scene;
    for (const { path } of operations.filter(({ queries }) => queries.includes('cursor'))) {
      const url = filled(path, { username: ada.username }).replace('/v1', '');
      for (const query of ['cursor=AAAA', 'cursor=%27--', 'cursor[]=AAAA', 'offset=0', 'limit[$gt]=1', '__proto__=1'])
        expect([url, query, (await ada.request('GET', `${url}?${query}`)).status]).toEqual([url, query, 400]);
    }
  });
});

describe('a query', () => {
  it.each([
    '[]=x',
    '[$ne]=x',
    '[0]=x',
    '=ada&username=bob',
    '=',
    '=%00',
    '[__proto__]=x',
    '=ada&__proto__=x',
    '=ada&constructor=x',
  ])('that is no text where one belongs is refused: username%s (C-23)', async (query) => {
    expect((await call(relay, 'GET', `/v1/auth/kdf?username${query}`)).status).toBe(400);
  });

  it.each(['[]=1', '[$gt]=0', '=1&after=2', '=[1]', '=1e3', '=-1', '=9007199254740992', '=0x10', '=1&__proto__=1'])(
    'that is no number where one belongs is refused: after%s (C-23)',
    async (query) => {
      const { ada, conversationId } = scene;
      expect((await ada.request('GET', `/conversations/${conversationId}/messages?after${query}`)).status).toBe(400);
    },
  );
});

describe('a body', () => {
  it('has an example here for every operation that takes one', () => {
    const { operations } = scene;
    const taking = operations.filter(({ hasBody }) => hasBody).map(({ operationId }) => operationId);
    expect(Object.keys(requestBodies(scene)).sort()).toEqual(taking.sort());
  });

  it('with a field that is not documented is refused, on every route (C-23)', async () => {
    const { ada } = scene;
    for (const { name, body, ask } of askings()) {
      const odd = [
        { ...body, isAdmin: true },
        { ...body, accountId: ada.accountId },
        { ...body, constructor: { prototype: { admin: true } } },
        { ...body, toString: 'x' },
      ];
      const answers = [...(await Promise.all(odd.map(ask))), await ask(withPrototype(body))];
      expect([name, answers.map(({ status }) => status)]).toEqual([name, answers.map(() => 400)]);
    }
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it('with a key that reaches for a prototype is refused at every depth, on every route and event (C-23)', async () => {
    for (const key of REACHING) {
      for (const { name, body, ask } of askings()) {
        const answers = await Promise.all(poisoned(body, key).map((text) => ask(text)));
        expect([name, key, answers.map(({ status }) => status)]).toEqual([name, key, answers.map(() => 400)]);
      }
      const socket = await scene.eve.socket();
      for (const [event, body] of Object.entries(eventBodies(scene)))
        for (const text of poisoned(body, key)) {
          const { error } = await socket.emit(event, JSON.parse(text));
          expect([event, key, error?.code]).toEqual([event, key, 'invalid_request']);
        }
      socket.close();
    }
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"text"'],
    ['a number', '7'],
    ['nothing', ''],
    ['half an object', '{'],
    ['an object with a comma too many', '{"a":1,}'],
    ['40,000 open brackets', '['.repeat(40_000)],
    ['5,000 objects in each other', '{"a":'.repeat(5_000)],
  ])('that is no object but %s is refused on every route', async (_what, raw) => {
    for (const { name, ask } of askings()) {
      const { status } = await ask(raw);
      // Those whose fields are all optional take an empty one.
      const allowed =
        ['refresh', 'changeMe', 'updateReceipts', 'claimKeyPackages'].includes(name) && ['', 'null'].includes(raw);
      expect([name, allowed || (status >= 400 && status < 500)]).toEqual([name, true]);
    }
  });

  it('with anything but a text where a text belongs is refused, on every route (C-23)', async () => {
    for (const { name, body, ask } of askings()) {
      const texts = Object.keys(body).filter((field) => typeof body[field] === 'string');
      for (const field of texts) {
        const answers = await Promise.all(DISGUISES.map((value) => ask({ ...body, [field]: value })));
        const statuses = answers.map(({ status }) => status);
        const last = largestBody(name) > LIMITS.bodyBytes ? 400 : 413;
        expect([name, field, statuses]).toEqual([name, field, [...DISGUISES.slice(1).map(() => 400), last]]);
      }
    }
  });

  it('with a list where a list belongs is refused when what it lists is no name', async () => {
    const lists: unknown[] = [
      'grace',
      { 0: 'grace', length: 1 },
      [['grace']],
      [null],
      [{ $ne: 1 }],
      ['a b'],
      Array(101).fill('x'),
    ];
    for (const { name, body, ask } of askings().filter(({ body }) => 'members' in body)) {
      const answers = await Promise.all(lists.map((members) => ask({ ...body, members })));
      expect([name, answers.map(({ status }) => status)]).toEqual([name, lists.map(() => 400)]);
    }
  });

  it('of an event is refused likewise (C-23)', async () => {
    const { eve } = scene;
    for (const [event, body] of Object.entries(eventBodies(scene))) {
      const socket = await eve.socket();
      const odd = [{ ...body, isAdmin: true }, { ...body, constructor: {} }, [body], null, 'text', 7, Buffer.from('x')];
      const disguised = Object.keys(body)
        .filter((field) => typeof body[field] === 'string')
        .flatMap((field) => DISGUISES.slice(0, -1).map((value) => ({ ...body, [field]: value })))
        // Any text may be a token; that one is refused as such.
        .filter((one) => !('token' in one && one.token === '\u0000'));
      for (const one of [...odd, ...disguised]) {
        const { ok, error } = await socket.emit(event, one);
        expect([event, one, ok, error?.code]).toEqual([event, one, false, 'invalid_request']);
      }
      expect((await socket.emit(event)).error?.code).toBe('invalid_request');
      expect((await socket.emit(event, body, body)).error?.code).toBe('invalid_request');
      socket.close();
    }
  });

  it('as it should be is not refused as malformed, so what was refused above was the malformation', async () => {
    // What was signed or encoded elsewhere is none, and the salt of a registration not the one shown: refused in the same words.
    const opaque = ['register', 'uploadIdentityKey', 'putDeviceList', 'uploadKeyPackages'];
    for (const { name, body, ask } of askings().filter((one) => !opaque.includes(one.name)))
      expect([name, (await ask(body)).status]).not.toEqual([name, 400]);
  });
});
