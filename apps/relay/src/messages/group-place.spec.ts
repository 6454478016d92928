import { randomBytes } from 'node:crypto';
import { frankedContextBytes, FRANKING_BYTES, type MessageContext, messageContextBytes } from '#protocol';
import { commitBytes, privateMessageBytes } from '#testing';
import { groupPlaceOf } from './group-place.js';

const context: MessageContext = {
  conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  senderDeviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12',
  messageId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d13',
};
const another = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d14';

function frame(claimed: MessageContext = context, conversationId = claimed.conversationId): Buffer {
  return framed(frankedContextBytes({ ...claimed, commitment: randomBytes(FRANKING_BYTES) }), conversationId);
}

function framed(authenticatedData: Uint8Array, conversationId = context.conversationId): Buffer {
  const group = { conversationId, generation: 3 };
  return privateMessageBytes({ group, epoch: 41, authenticatedData, ciphertext: randomBytes(64) });
}

describe('the place of a message in an MLS group', () => {
  it('is the generation and epoch of its frame', () => {
    expect(groupPlaceOf(frame(), context)).toEqual({ generation: 3, epoch: 41 });
  });

  it.each(['conversationId', 'senderDeviceId', 'messageId'] as const)(
    'is none when the frame was made for another %s',
    (field) => {
      expect(groupPlaceOf(frame({ ...context, [field]: another }), context)).toBeUndefined();
    },
  );

  it('is none when the group is of another conversation than its authenticated data says', () => {
    expect(groupPlaceOf(frame(context, another), context)).toBeUndefined();
  });

  it('is none when its sender has committed to nothing, or to what no key opens', () => {
    expect(groupPlaceOf(framed(messageContextBytes(context)), context)).toBeUndefined();
    for (const bytes of [0, FRANKING_BYTES - 1, FRANKING_BYTES + 1]) {
      const authenticatedData = frankedContextBytes({ ...context, commitment: randomBytes(bytes) });
      expect(groupPlaceOf(framed(authenticatedData), context)).toBeUndefined();
    }
  });

  it('is none of what is no MLS message, and no fault either', () => {
    const identity = { accountId: another, deviceId: another };
    const group = { conversationId: context.conversationId, generation: 3 };
    const commit = commitBytes({ group, epoch: 41, senderLeaf: 0, leaf: { identity, signatureKey: randomBytes(32) } });
    const whole = frame();
    for (const body of [
      Buffer.alloc(0),
      Buffer.from('hello'),
      commit,
      whole.subarray(0, 4),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.from([0])]),
    ])
      expect(groupPlaceOf(body, context)).toBeUndefined();
  });
});
