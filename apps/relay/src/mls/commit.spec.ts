import { randomBytes } from 'node:crypto';
import { commitContextBytes, type ConversationId, type EntryId, groupIdBytes, MLS_SUITES } from '#protocol';
import { commitBytes, groupInfoBytes, type KeyPackageDraft, TlsWriter, welcomeBytes } from '#testing';
import { checkConversation, type Commit, type CommitUpload, placeOfGroupInfo, readUpload } from './commit.js';
import { InvalidCommit } from './mls.errors.js';

const conversationId = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as ConversationId;
const another = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12';
const id = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d13' as EntryId;
const identity = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d14',
  deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d15',
};
const leaf = { identity, signatureKey: randomBytes(32) };
const joining: KeyPackageDraft = { ...leaf, notBefore: 0, notAfter: 1 };
const group = { conversationId, generation: 2 };
const delta = { added: [identity.accountId], removed: [], roles: [] };
const signed = commitContextBytes({ conversationId, commitId: id, delta });

const groupInfoOf = (place: { conversationId: string; generation: number }, epoch: number): Buffer =>
  groupInfoBytes({ group: place, epoch, suite: MLS_SUITES.xWing });

function upload(parts: Partial<CommitUpload> = {}, authenticatedData: Uint8Array = signed): CommitUpload {
  return {
    id,
    commit: commitBytes({ group, epoch: 7, senderLeaf: 0, leaf, added: [joining], removed: [3], authenticatedData }),
    welcome: welcomeBytes({ suite: MLS_SUITES.xWing, newMembers: 1 }),
    groupInfo: groupInfoOf(group, 8),
    ...parts,
  };
}

const read = (parts?: Partial<CommitUpload>, authenticatedData?: Uint8Array): Commit =>
  readUpload(conversationId, upload(parts, authenticatedData));

describe('what is uploaded as a commit', () => {
  it('is read from the frame and what its sender signed in it, not from fields beside it', () => {
    expect(read()).toMatchObject({
      conversationId,
      signedFor: conversationId,
      delta,
      header: { ...group, epoch: 7, senderLeaf: 0, removed: [3], added: [{ leaf: { identity } }] },
    });
  });

  it('has no welcome exactly when it adds nobody', () => {
    const addsNobody = commitBytes({ group, epoch: 7, senderLeaf: 0, leaf, authenticatedData: signed });
    expect(() => read({ commit: addsNobody, welcome: undefined })).not.toThrow();
    expect(() => read({ commit: addsNobody })).toThrow(InvalidCommit);
    expect(() => read({ welcome: undefined })).toThrow(InvalidCommit);
    expect(() => read({ welcome: welcomeBytes({ suite: MLS_SUITES.xWing, newMembers: 2 }) })).toThrow(InvalidCommit);
  });

  it('comes with the group info of the epoch that it begins', () => {
    for (const groupInfo of [
      groupInfoOf(group, 7),
      groupInfoOf(group, 9),
      groupInfoOf({ ...group, generation: 3 }, 8),
      groupInfoOf({ ...group, conversationId: another }, 8),
    ])
      expect(() => read({ groupInfo })).toThrow(InvalidCommit);
  });

  it('is signed under the id that it is sent with', () => {
    expect(() => read({ id: another as EntryId })).toThrow(InvalidCommit);
  });

  it('says in the documented form what it makes of the roster', () => {
    expect(() => read({}, new Uint8Array())).toThrow(InvalidCommit);
    expect(() => read({}, Buffer.concat([signed, Buffer.from([0])]))).toThrow(InvalidCommit);
  });

  it.each<[string, number[]]>([
    ['by reference', [2, 0]],
    ['of an update', [1, 0, 2]],
    ['of a pre-shared key', [1, 0, 4]],
    ['of another suite', [1, 0, 5]],
    ['of other context extensions', [1, 0, 7, 0]],
    ['of a kind that nobody knows', [1, 0xf0, 0]],
  ])('is refused with a proposal %s (C-32)', (_what, proposal) => {
    const commit = new TlsWriter().uint16(1).uint16(1).opaque(groupIdBytes(group)).uint64(7).uint8(1).uint32(0);
    commit.opaque(signed).uint8(3).opaque(Buffer.from(proposal));
    expect(() => read({ commit: commit.bytes() })).toThrow(/^commit: .*a proposal is/u);
  });

  it.each(['commit', 'welcome', 'groupInfo'] as const)('is refused, by name, when its %s is cut short', (part) => {
    const whole = upload()[part] ?? Buffer.alloc(0);
    expect(() => read({ [part]: whole.subarray(0, -1) })).toThrow(InvalidCommit);
    expect(() => read({ [part]: whole.subarray(0, -1) })).toThrow(new RegExp(`^${part}: `, 'u'));
  });
});

describe('where a commit belongs', () => {
  it('is the conversation of its group, which is the one it was signed for', () => {
    expect(() => {
      checkConversation(read());
    }).not.toThrow();
    expect(() => {
      checkConversation(read({}, commitContextBytes({ conversationId: another, commitId: id, delta })));
    }).toThrow(InvalidCommit);
    expect(() => {
      checkConversation({ ...read(), conversationId: another as ConversationId });
    }).toThrow(InvalidCommit);
  });
});

describe('a group info by itself', () => {
  it('says of which epoch it is', () => {
    expect(placeOfGroupInfo(groupInfoOf(group, 8))).toEqual({ ...group, epoch: 8 });
  });

  it('is refused when it is something else', () => {
    expect(() => placeOfGroupInfo(upload().commit)).toThrow(InvalidCommit);
  });
});
