import { randomBytes } from 'node:crypto';
import { canonicalBytes } from './canonical.js';
import { FRANKING_BYTES, frankedBytes, frankedContextBytes, readMessageContext } from './franking.js';
import { messageContextBytes } from './message-content.js';

const place = {
  conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  senderDeviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12',
  messageId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d13',
};
const commitment = new Uint8Array(FRANKING_BYTES).fill(7);
const { conversationId, senderDeviceId, messageId } = place;
const fields = [conversationId, senderDeviceId, messageId];

describe('the context of a message', () => {
  it('is read as it was written, with its commitment', () => {
    expect(readMessageContext(frankedContextBytes({ ...place, commitment }))).toEqual({ ...place, commitment });
  });

  it('is read without one, if it is from before there were any', () => {
    expect(readMessageContext(messageContextBytes(place))).toEqual(place);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['no commitment', canonicalBytes('sealpost message 2', fields)],
    ['an empty one', canonicalBytes('sealpost message 2', [...fields, new Uint8Array()])],
    ['a short one', canonicalBytes('sealpost message 2', [...fields, commitment.subarray(1)])],
    ['a long one', canonicalBytes('sealpost message 2', [...fields, new Uint8Array(33)])],
    ['two', canonicalBytes('sealpost message 2', [...fields, commitment, commitment])],
    ['one in the form of before', canonicalBytes('sealpost message 1', [...fields, commitment])],
    ['a field too few', canonicalBytes('sealpost message 1', fields.slice(1))],
    ['an id that is none', canonicalBytes('sealpost message 2', [conversationId, senderDeviceId, 'm', commitment])],
    [
      'an id in capitals',
      canonicalBytes('sealpost message 1', [conversationId.toUpperCase(), senderDeviceId, messageId]),
    ],
    ['another label', canonicalBytes('sealpost message 3', [...fields, commitment])],
    ['something behind it', Uint8Array.of(...frankedContextBytes({ ...place, commitment }), 0)],
    ['something missing', frankedContextBytes({ ...place, commitment }).subarray(0, -1)],
  ])('is none with %s', (_what, bytes) => {
    expect(readMessageContext(bytes)).toBeUndefined();
  });

  it('is none of random bytes, and no fault', () => {
    const whole = frankedContextBytes({ ...place, commitment });
    for (let run = 0; run < 2_000; run++) {
      const bytes = run % 2 === 0 ? randomBytes(run % 300) : changed(whole);
      const read = readMessageContext(bytes);
      if (read !== undefined) expect(Buffer.from(written(read))).toEqual(Buffer.from(bytes));
    }
  });
});

/** One byte of it another one. */
function changed(whole: Uint8Array): Uint8Array {
  const [at = 0, by = 0] = randomBytes(2);
  return whole.with(at % whole.length, by);
}

function written(read: NonNullable<ReturnType<typeof readMessageContext>>): Uint8Array {
  return read.commitment === undefined
    ? messageContextBytes(read)
    : frankedContextBytes({ ...read, commitment: read.commitment });
}

describe('what is committed to', () => {
  it('differs with every field', () => {
    const franked = { ...place, senderAccountId: messageId, content: new Uint8Array([1]) };
    const changes = [
      {},
      { conversationId: messageId },
      { messageId: conversationId },
      { senderAccountId: conversationId },
      { senderDeviceId: messageId },
      { content: new Uint8Array([2]) },
      { content: new Uint8Array() },
    ];
    const all = changes.map((change) => Buffer.from(frankedBytes({ ...franked, ...change })).toString('hex'));
    expect(new Set(all).size).toBe(changes.length);
  });
});
