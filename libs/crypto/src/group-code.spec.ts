import { bitsTurned } from '#testing';
import { type ComparedGroup, groupCode } from './group-code.js';

const group: ComparedGroup = {
  name: { conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d01', generation: 1 },
  epoch: 7,
  epochAuthenticator: Uint8Array.from({ length: 64 }, (_none, n) => n),
};

describe('the code of a group', () => {
  it('is the one that another implementation computes', async () => {
    // Computed in Python: devices of different releases compare it.
    expect(await groupCode(group)).toBe('84041 08206 69015 65621 44732 24543 19562 49366 72476 44023 44630 33008');
  });

  it('is another one for any other group, epoch or authenticator', async () => {
    const others: ComparedGroup[] = [
      group,
      { ...group, epoch: 8 },
      { ...group, name: { ...group.name, generation: 2 } },
      { ...group, name: { ...group.name, conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d02' } },
      ...bitsTurned(group.epochAuthenticator).map((epochAuthenticator) => ({ ...group, epochAuthenticator })),
    ];
    const codes = await Promise.all(others.map(groupCode));
    expect(new Set(codes).size).toBe(others.length);
  });
});
