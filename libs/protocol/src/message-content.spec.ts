import { createHash } from 'node:crypto';
import { decodeContent, encodeContent, type MessageContent, messageContextBytes } from './message-content.js';

const ID = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d31';
const KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const attachment = {
  kind: 'attachment',
  attachmentId: '3f1c2d4e-5a6b-4c7d-8e9f-0a1b2c3d4e5f',
  name: 'Ferien in Österreich.jpg',
  mediaType: 'image/jpeg',
  bytes: 3_000_000_000,
  key: KEY,
  sha256: KEY,
} as const;

/** Of that many bytes. */
const thumbnail = (bytes: number): string =>
  Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(bytes - 3, 7)]).toString('base64url');

const CONTENTS: MessageContent[] = [
  { kind: 'text', text: 'Hallo\nWelt 👩‍🚀' },
  { kind: 'text', text: 'yes', replyTo: ID },
  { kind: 'reaction', to: ID, emoji: '👍🏽' },
  { kind: 'reaction', to: ID, emoji: null },
  { kind: 'deletion', of: ID },
  attachment,
  { ...attachment, bytes: 0, caption: 'us' },
  { kind: 'read', upTo: 512 },
  { kind: 'text', text: 'for a day', expiresIn: 86_400 },
  { kind: 'reaction', to: ID, emoji: '👍🏽', expiresIn: 1 },
  { ...attachment, expiresIn: 31_536_000 },
  { ...attachment, thumbnail: thumbnail(3), width: 1, height: 65_536, durationMs: 0 },
  ...[4, 5, 16 * 1024].map((bytes) => ({ ...attachment, thumbnail: thumbnail(bytes) })),
  { kind: 'lifetime', seconds: 3_600 },
  { kind: 'lifetime', seconds: null },
];

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decoded = (value: unknown) => decodeContent(bytesOf(value));

describe('the content of a message', () => {
  it.each(CONTENTS)('of kind $kind comes back as it was', (content) => {
    expect(decodeContent(encodeContent(content))).toEqual(content);
  });

  it('has the bytes it always had', () => {
    expect(new TextDecoder().decode(encodeContent({ kind: 'text', text: 'é', replyTo: ID }))).toBe(
      `{"v":1,"kind":"text","text":"é","replyTo":"${ID}"}`,
    );
  });

  it('keeps nothing that it does not know', () => {
    const content = { kind: 'text', text: 'hi' };
    expect(decoded({ v: 1, ...content, colour: 'red', __proto__: { x: 1 } })).toEqual(content);
    expect(decodeContent(new TextEncoder().encode('{"v":1,"kind":"text","text":"hi","__proto__":{"y":1}}'))).toEqual(
      content,
    );
  });

  it.each([
    { v: 2, kind: 'text', text: 'hi' },
    { v: 2 },
    { v: 1, kind: 'poll', question: '?' },
    { v: 1, kind: 'constructor' },
  ])('is not read when it is of a later version: %j', (value) => {
    expect(decoded(value)).toEqual({ kind: 'unreadable', because: 'newer' });
  });

  const malformed: unknown[] = [
    ...[null, 1, 'text', [], {}, { v: 1 }, { v: 1, kind: 1 }, { kind: 'text', text: 'hi' }],
    ...[0, -1, 1.5, '1', null].map((v) => ({ v, kind: 'text', text: 'hi' })),
    ...['', 1, null, undefined].map((text) => ({ v: 1, kind: 'text', text })),
    ...['', 1, null, 'x', ID.toUpperCase(), `${ID}\n`, ID.replace('-7', '-4')].map((replyTo) => ({
      ...{ v: 1, kind: 'text', text: 'hi' },
      replyTo,
    })),
    ...['', 'x'.repeat(33), 'a\nb', 1, undefined].map((emoji) => ({ v: 1, kind: 'reaction', to: ID, emoji })),
    ...[undefined, 'x', 7].map((of) => ({ v: 1, kind: 'deletion', of })),
    ...[0, -1, 0.5, 2 ** 53, '5', undefined].map((upTo) => ({ v: 1, kind: 'read', upTo })),
    ...[0, -1, 0.5, '60', null, 31_536_001].map((expiresIn) => ({ v: 1, kind: 'text', text: 'hi', expiresIn })),
    ...[0, -1, 0.5, '60', undefined, 31_536_001].map((seconds) => ({ v: 1, kind: 'lifetime', seconds })),
    ...Object.keys(attachment).flatMap((field) =>
      field === 'kind' ? [] : [undefined, null, '', {}].map((value) => ({ v: 1, ...attachment, [field]: value })),
    ),
    ...[
      { name: 'a\u0000b' },
      { name: 'x'.repeat(256) },
      { mediaType: 'image' },
      { mediaType: 'text/html\r\nx: y' },
      { bytes: -1 },
      { bytes: 2 ** 53 },
      { key: KEY.slice(1) },
      { key: `${KEY.slice(1)}B` },
      { sha256: `${KEY}A` },
      { caption: '' },
      ...['', null, 7, 'AAAA', `${thumbnail(4).slice(0, -1)}B`, `${thumbnail(3)}A`, thumbnail(16 * 1024 + 1)].map(
        (picture) => ({ thumbnail: picture }),
      ),
      { width: 0 },
      { height: 0.5 },
      { durationMs: -1 },
    ].map((change) => ({ v: 1, ...attachment, ...change })),
  ];
  it.each(malformed.map((value) => [JSON.stringify(value), value]))(
    'is not read when it is malformed: %s',
    (_text, value) => {
      expect(decoded(value)).toEqual({ kind: 'unreadable', because: 'malformed' });
    },
  );

  it('is not read from bytes that are no JSON in UTF-8', () => {
    const texts = ['', '{', '\ufeff{"v":1,"kind":"text","text":"hi"}', '{"v":1,"kind":"text","text":"hi"} x'];
    const all = [...texts.map((text) => new TextEncoder().encode(text)), Uint8Array.of(0xff, 0xfe)];
    const broken = Uint8Array.from(
      Buffer.from('{"v":1,"kind":"text","text":"\u0001"}').map((byte) => (byte === 1 ? 0xc3 : byte)),
    );
    for (const bytes of [...all, broken, new TextEncoder().encode('['.repeat(60_000))])
      expect(decodeContent(bytes)).toEqual({ kind: 'unreadable', because: 'malformed' });
  });
});

describe('the context of a message', () => {
  const context = { conversationId: 'c', senderDeviceId: 'd', messageId: 'm' };

  it('has the bytes it always had, and others for every difference', () => {
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    expect(hex(messageContextBytes(context))).toBe(
      `00000012${hex(Buffer.from('sealpost message 1'))}000000016300000001640000000` + '16d',
    );
    const others = [
      context,
      { ...context, conversationId: 'cd', senderDeviceId: '' },
      { ...context, senderDeviceId: 'dm', messageId: '' },
      { ...context, messageId: 'n' },
    ];
    const hashes = others.map((one) => createHash('sha256').update(messageContextBytes(one)).digest('hex'));
    expect(new Set(hashes).size).toBe(others.length);
  });
});
