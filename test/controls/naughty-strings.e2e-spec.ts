import { randomBytes } from 'node:crypto';
import {
  call,
  connectUntilTestEnds,
  draftOf,
  inReleaseGate,
  naughtyStrings,
  recordEvidence,
  type Reply,
  Seeded,
  TestRelay,
  TestUser,
} from '#testing';
import { v7 } from 'uuid';
import { administering } from '../e2e/admins.js';
import { filled } from '../operations.js';
import { eventBodies, outsiderScene, type OutsiderScene, requestBodies } from '../e2e/outsider-scene.js';
import { textsIn } from './texts-in.js';
import { UNLIMITED } from './unlimited.js';

const STRINGS = naughtyStrings();
/** All of them where people write what they like; elsewhere as many in CI, and all before a release. */
const SAMPLE = 5;
const READ_ONE_IN = inReleaseGate ? 1 : 5;
const WAYS_AT_ONCE = 8;

if (inReleaseGate) jest.setTimeout(900_000);

const relay = TestRelay.duringTests({ environment: UNLIMITED });
const connect = connectUntilTestEnds();
let scene: OutsiderScene;
let ada: TestUser;
beforeAll(async () => {
  scene = await outsiderScene(relay);
  await administering(relay, scene.eve);
  ada = await TestUser.register(relay);
});

/** Half a surrogate pair is no text that could be sent. */
const asSent = (text: string): string => Buffer.from(text).toString();

async function forAll<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: WAYS_AT_ONCE }, lane));
}

function sample(random: Seeded): readonly string[] {
  return inReleaseGate ? STRINGS : Array.from({ length: SAMPLE }, () => random.pick(STRINGS));
}

async function names(device: string): Promise<string[]> {
  const [{ body: me }, { body: devices }] = [
    await ada.request('GET', '/auth/me'),
    await ada.request('GET', '/devices'),
  ];
  const { name } = devices.items.find(({ id }: { id: string }) => id === device);
  return [me.displayName, name];
}

if (STRINGS.length > 0)
  describe('the 515 naughty strings (R-12)', () => {
    it('are all there', () => {
      expect(STRINGS).toHaveLength(515);
    });

    it('come back byte by byte where people give names, or are refused as no name', async () => {
      let kept = 0;
      const device = (await ada.request('POST', '/devices', { name: 'one' })).body.id as string;
      // One after the other: each is read back.
      for (const text of STRINGS.map(asSent)) {
        const replies = await Promise.all([
          ada.request('PATCH', '/auth/me', { displayName: text }),
          ada.request('PATCH', `/devices/${device}`, { name: text }),
        ]);
        // eslint-disable-next-line no-control-regex -- those are what a name has not
        const isName = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]{1,64}$/u.test(text);
        expect([text, replies.map(({ status }) => status)]).toEqual([text, isName ? [200, 200] : [400, 400]]);
        if (!isName) continue;
        const told = replies.map(({ body }) => Buffer.from(body.displayName ?? body.name));
        expect(told).toEqual([Buffer.from(text), Buffer.from(text)]);
        // Read back now and then: that takes as long again.
        if (kept % READ_ONE_IN === 0) expect(await names(device)).toEqual([text, text]);
        kept++;
      }
      expect(kept).toBeGreaterThan(200);
      recordEvidence('R-12', { naughtyNamesKept: kept });
    });

    it('come back byte by byte as messages, encoded as ciphertext is', async () => {
      const { ada: sender, conversationId } = scene;
      const socket = await connect(sender);
      await forAll(
        STRINGS.filter((text) => text !== ''),
        async (text) => {
          const draft = draftOf(text);
          expect(await socket.emit('message:send', { conversationId, ...draft })).toMatchObject({ ok: true });
          const { body } = await sender.request('GET', `/conversations/${conversationId}/messages/${draft.id}`);
          expect(Buffer.from(body.ciphertext, 'base64url').equals(Buffer.from(text))).toBe(true);
        },
      );
    });

    it('in any other text of a body are refused, or taken as what they are', async () => {
      const random = Seeded.announced('naughty strings in bodies');
      const { eve, operations } = scene;
      const ids = { id: v7(), conversationId: v7(), messageId: v7(), username: scene.grace.username };
      for (const { operationId, method, path, isAnonymous } of operations.filter(({ hasBody }) => hasBody))
        for (const { path: field, put } of textsIn(requestBodies(scene)[operationId]!))
          await forAll(sample(random), async (text) => {
            const auth = isAnonymous ? {} : { token: eve.token };
            const reply = await call(relay, method, filled(path, ids), { body: put(text), ...auth });
            expect([operationId, field, text, stable(method, reply)]).toEqual([operationId, field, text, true]);
          });
    });

    it('in paths and queries likewise', async () => {
      const random = Seeded.announced('naughty strings in paths');
      const { ada: asker, operations } = scene;
      const ways = operations.flatMap(({ method, path, queries }) => [
        ...[...path.matchAll(/\{(\w+)\}/g)].map(
          ([, name]) =>
            (text: string) =>
              [method, filled(path, { [name!]: text })] as const,
        ),
        ...[...queries, ''].map(
          (name) => (text: string) => [method, `${filled(path, {})}?${name === '' ? text : name}=${text}`] as const,
        ),
      ]);
      for (const way of ways)
        await forAll(
          sample(random).map((text) => encodeURIComponent(asSent(text))),
          async (text) => {
            const [method, path] = way(text);
            // An empty part of a path, or one that means another path, is another route.
            if (['DELETE', 'POST'].includes(method) && ['', '.', '..'].includes(text)) return;
            const isEnding = /leave|logout/.test(path);
            const reply = await call(relay, method, path, isEnding ? {} : { token: asker.token });
            expect([method, path, stable(method, reply)]).toEqual([method, path, true]);
          },
        );
    });

    it('in events and their texts likewise', async () => {
      const random = Seeded.announced('naughty strings in events');
      const { eve } = scene;
      for (const [event, body] of Object.entries(eventBodies(scene)))
        for (const { path, put } of textsIn(body))
          await forAll([sample(random).slice(0, 90)], async (texts) => {
            // Whoever is refused a hundred times is hung up on.
            const socket = await connect(eve);
            const replies = await Promise.all(texts.map((text) => socket.emit(event, put(text))));
            expect([
              event,
              path,
              replies.filter(({ ok, error }) => !ok && (error === undefined || error.code === 'internal')),
            ]).toEqual([event, path, []]);
            socket.close();
          });
      for (const text of sample(random)) {
        const socket = await connect(eve);
        const name = ['', 'connect', 'disconnect'].includes(text) ? 'x' : text;
        expect(await socket.emit(name, {})).toMatchObject({ ok: false, error: { code: 'invalid_request' } });
        socket.close();
      }
    });
  });

/** Accepted, or refused by a code that says so; that it is one of the documented has been checked. */
function stable(method: string, { status, body }: Reply): boolean {
  if (status < 300) return true;
  // What answers a HEAD has no body.
  if (method === 'HEAD') return status < 500 && body === undefined;
  return status < 500 && typeof body.code === 'string' && body.code !== 'internal';
}

describe('a text of a person (R-12)', () => {
  it.each(['Ада 👩‍👩‍👧‍👦', 'e\u0301 \u202e\u200b', '${x}\'"`--; DROP TABLE', '<script>alert(1)</script>'])(
    'comes back byte by byte: %s',
    async (text) => {
      expect((await ada.request('PATCH', '/auth/me', { displayName: text })).body.displayName).toBe(text);
      const id = `n${randomBytes(5).toString('hex')}`;
      const person = await TestUser.register(relay, { username: id, displayName: text });
      expect((await ada.request('GET', `/users/${person.username}`)).body.displayName).toBe(text);
    },
  );

  it.each(['a\u0000b', 'a\nb', '\u001b[2J', '\u2028', '', 'x'.repeat(65)])(
    'is refused when it would be none on a screen: %j',
    async (text) => {
      expect((await ada.request('PATCH', '/auth/me', { displayName: text })).body).toMatchObject({
        code: 'invalid_request',
      });
    },
  );
});
