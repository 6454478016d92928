import type { webcrypto } from 'node:crypto';
import { TestRelay, type TestSocket, TestUser } from '#testing';
import { v7 } from 'uuid';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { type Canary, dumpOf, formsOf, found, hatch } from './canary.js';
import { Wire } from './wire.js';

const MESSAGES = 20;
const CANARIES_EACH = 5;

const relay = TestRelay.duringTests({ environment: { LOG_LEVEL: 'debug' } });
let wire: Wire;
let ada: TestUser;
let grace: TestUser;
let listening: TestSocket;
let conversationId: string;

beforeAll(async () => {
  wire = new Wire();
  [ada, grace] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
  const group = await ada.request('POST', '/conversations', { kind: 'group', members: [grace.username] });
  conversationId = group.body.id;
  listening = await grace.socket();
  wire.tap(listening);
});

afterAll(() => {
  listening.close();
  wire.close();
});

interface Sealing {
  readonly key: webcrypto.CryptoKey;
  /** Of the key itself, which is a canary, too. */
  readonly secret: Canary;
}

async function newSealing(): Promise<Sealing> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const bytes = Buffer.from(await crypto.subtle.exportKey('raw', key));
  return { key, secret: { bytes, text: bytes.toString('hex') } };
}

/** As a client does it: a fresh nonce, then the ciphertext. */
async function seal({ key }: Sealing, plaintext: Uint8Array<ArrayBuffer>): Promise<Buffer> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return Buffer.concat([iv, Buffer.from(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plaintext))]);
}

async function open({ key }: Sealing, sealed: Buffer): Promise<string> {
  const [iv, body] = [Uint8Array.from(sealed.subarray(0, 12)), Uint8Array.from(sealed.subarray(12))];
  return Buffer.from(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body)).toString();
}

/** A message as words, with canaries as text, file name and bytes. */
function letterWith(canaries: readonly Canary[]): Buffer<ArrayBuffer> {
  const [text, ...others] = canaries.map((canary) => canary.text);
  return Buffer.from(
    JSON.stringify({ text, files: others, bytes: canaries.map(({ bytes }) => bytes.toString('base64')) }),
  );
}

async function send(ciphertext: Buffer): Promise<string> {
  const draft = { id: v7(), ciphertext: ciphertext.toString('base64url') };
  const { status } = await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
  expect(status).toBe(201);
  return draft.id;
}

/** Has everything that was stored come back over every way there is. */
async function readEverything(messages: number): Promise<void> {
  await listening.hear('entry', messages);
  await grace.syncAll();
  await listening.emit('sync', { revision: 0, cursors: {} });
  for (const path of ['/messages/inbox', '/conversations', `/conversations/${conversationId}/messages?limit=200`])
    await grace.request('GET', path);
  for (const path of ['/messages/sent', `/conversations/${conversationId}`]) await ada.request('GET', path);
}

async function sinks(): Promise<Record<'tables' | 'log' | 'wire', string>> {
  // Lines as they are written, and the words that they mean: the log escapes more than JSON asks for.
  const meant = relay.logLines.flatMap((line) => Object.values(JSON.parse(line) as object).map(String));
  return { tables: await dumpOf(relay), log: [...relay.logLines, ...meant].join('\n'), wire: wire.text };
}

const DISGUISES: readonly (readonly [string, (canary: Canary) => Buffer])[] = [
  ['words', ({ text }) => Buffer.from(text)],
  ['words in upper case', ({ text }) => Buffer.from(text.toUpperCase())],
  ['UTF-16', ({ text }) => Buffer.from(text, 'utf16le')],
  ['hex', ({ text }) => Buffer.from(Buffer.from(text).toString('hex'))],
  ...[0, 1, 2].flatMap((offset) =>
    (['base64', 'base64url'] as const).map(
      (encoding) =>
        [`${encoding}, shifted by ${String(offset)}`, (canary: Canary) => shifted(canary, offset, encoding)] as const,
    ),
  ),
  ['bytes between others', ({ bytes }) => Buffer.concat([Buffer.from('x'), bytes, Buffer.from('yz')])],
];

function shifted({ bytes }: Canary, offset: number, encoding: BufferEncoding): Buffer {
  return Buffer.from(Buffer.concat([Buffer.alloc(offset, 'x'), bytes, Buffer.from('rest')]).toString(encoding));
}

describe('what clients encrypt (C-70)', () => {
  it('is in no table, no log line and no answer', async () => {
    const sealing = await newSealing();
    const letters = Array.from({ length: MESSAGES }, () => Array.from({ length: CANARIES_EACH }, hatch));
    const titles = [hatch(), hatch()];
    for (const letter of letters) await send(await seal(sealing, letterWith(letter)));
    const metadata = (await seal(sealing, letterWith(titles))).toString('base64url');
    await ada.request('PUT', `/conversations/${conversationId}/metadata`, { id: v7(), metadata });
    await readEverything(MESSAGES + 1);

    const canaries = [...letters.flat(), ...titles, sealing.secret];
    const { tables, log, wire: answers } = await sinks();
    expect(found(canaries, tables)).toEqual([]);
    expect(found(canaries, log)).toEqual([]);
    expect(found(canaries, answers)).toEqual([]);
    // And yet it arrived.
    const pushed = listening.payloads<{ ciphertext: string }>('entry').slice(0, MESSAGES);
    const opened = pushed.map(({ ciphertext }) => open(sealing, Buffer.from(ciphertext, 'base64url')));
    expect(await Promise.all(opened)).toEqual(letters.map((letter) => letterWith(letter).toString()));
  });

  it.each(DISGUISES)(
    'would be noticed in every sink: a careless client’s plaintext as %s is',
    async (_as, disguised) => {
      const canary = hatch();
      await send(disguised(canary));
      relay.part(Log).info(`careless: ${disguised(canary).toString('latin1')}`);
      await grace.request('GET', '/messages/inbox?limit=1');
      const { tables, log, wire: answers } = await sinks();
      expect([tables, log, answers].map((sink) => found([canary], sink).length)).toEqual([1, 1, 1]);
    },
  );

  it('is looked for in forms that ciphertext does not have by chance', () => {
    const shortest = Math.min(...formsOf(hatch()).map(({ length }) => length));
    expect(shortest).toBeGreaterThanOrEqual(16);
  });
});
