import { createHmac } from 'node:crypto';
import { type Franked, frankedBytes } from '#protocol';
import {
  commitmentTo,
  frankedFrame,
  isCommitment,
  MAX_FRANKED_BYTES,
  newFrankingKey,
  readFrankedFrame,
} from './franking.js';
import { pad } from './padding.js';

const franked: Franked = {
  conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  messageId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12',
  senderAccountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d13',
  senderDeviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d14',
  content: new TextEncoder().encode('{"v":1,"kind":"text","text":"hi"}'),
};

describe('a commitment', () => {
  it('is the HMAC of RFC 2104 that another implementation makes', () => {
    const key = newFrankingKey();
    const expected = createHmac('sha256', key).update(frankedBytes(franked)).digest();
    expect(Buffer.from(commitmentTo(franked, key))).toEqual(expected);
  });

  it('is opened by its key, and by what was committed to', () => {
    const key = newFrankingKey();
    expect(isCommitment(commitmentTo(franked, key), franked, key)).toBe(true);
  });

  it.each([
    ['conversationId', { conversationId: franked.messageId }],
    ['messageId', { messageId: franked.conversationId }],
    ['senderAccountId', { senderAccountId: franked.senderDeviceId }],
    ['senderDeviceId', { senderDeviceId: franked.senderAccountId }],
    ['content', { content: new TextEncoder().encode('{"v":1,"kind":"text","text":"ho"}') }],
  ])('is not opened by another %s', (_field, change) => {
    const key = newFrankingKey();
    expect(isCommitment(commitmentTo(franked, key), { ...franked, ...change }, key)).toBe(false);
  });

  it('is not opened by another key, nor is another one by this', () => {
    const key = newFrankingKey();
    const commitment = commitmentTo(franked, key);
    expect(isCommitment(commitment, franked, newFrankingKey())).toBe(false);
    for (let n = 0; n < commitment.length; n++)
      expect(isCommitment(commitment.with(n, commitment[n]! ^ 1), franked, key)).toBe(false);
    for (const cut of [new Uint8Array(), commitment.subarray(1), Uint8Array.of(...commitment, 0)])
      expect(isCommitment(cut, franked, key)).toBe(false);
  });

  it('takes keys of one length only: shorter ones would be alike to those that end in zeros', () => {
    for (const key of [new Uint8Array(31), new Uint8Array(33), new Uint8Array()])
      expect(() => commitmentTo(franked, key)).toThrow(RangeError);
  });
});

describe('a frame', () => {
  it('is the key, then the content', () => {
    const key = newFrankingKey();
    expect(readFrankedFrame(frankedFrame({ key, content: franked.content }))).toEqual({
      key,
      content: franked.content,
    });
    expect(readFrankedFrame(frankedFrame({ key, content: new Uint8Array() }))).toEqual({
      key,
      content: new Uint8Array(),
    });
  });

  it('is none when it is shorter than a key', () => {
    expect(readFrankedFrame(new Uint8Array(31))).toBeUndefined();
  });

  it('has room for the longest content', () => {
    const frame = (bytes: number) => pad(frankedFrame({ key: newFrankingKey(), content: new Uint8Array(bytes) }));
    expect(frame(MAX_FRANKED_BYTES).length).toBe(64_512);
    expect(() => frame(MAX_FRANKED_BYTES + 1)).toThrow(expect.objectContaining({ code: 'too_long' }));
  });
});
