import {
  commitBytes,
  type CommitDraft,
  groupInfoBytes,
  type KeyPackageDraft,
  mlsMessages,
  privateMessageBytes,
  TlsWriter,
  welcomeBytes,
} from '#testing';
import { beginningsRead, outcome, readEverything } from './malformed.fixture.js';
import { readCommit, readGroupInfo, readPrivateMessage, readWelcome } from './mls-message.js';
import { groupIdBytes } from './mls-names.js';
import { MalformedMlsError } from './tls-reader.js';

const identity = {
  accountId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
  deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21',
};
const group = { conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d31', generation: 2 };
const place = { group, epoch: 7 };
const short = Buffer.alloc(32, 5);
const leaf = { identity, signatureKey: Buffer.alloc(32, 7), encryptionKey: short };
const joiner: KeyPackageDraft = {
  ...leaf,
  signatureKey: Buffer.alloc(32, 8),
  notBefore: 1,
  notAfter: 2,
  initKey: short,
};
const authenticatedData = Buffer.from('said in the open');
const commit: CommitDraft = { ...place, senderLeaf: 3, authenticatedData, added: [joiner], removed: [1, 4], leaf };
const fromOutside: CommitDraft = { ...place, senderLeaf: undefined, removed: [3], leaf };

const MESSAGES = [
  ['a commit', readCommit, commitBytes(commit)],
  ['a commit from outside', readCommit, commitBytes(fromOutside)],
  ['a private message', readPrivateMessage, privateMessageBytes({ ...place, authenticatedData, ciphertext: short })],
  ['a Welcome', readWelcome, welcomeBytes({ suite: 83, newMembers: 3 })],
  ['a GroupInfo', readGroupInfo, groupInfoBytes({ ...place, suite: 83 })],
] as const;

describe('a commit', () => {
  it('says in the open where it belongs, who commits, and whom it adds and removes', () => {
    const { added, leaf: own, authenticatedData: said, ...header } = readCommit(commitBytes(commit));
    expect(header).toEqual({ ...group, epoch: 7, senderLeaf: 3, removed: [1, 4] });
    expect(Buffer.from(said)).toEqual(authenticatedData);
    expect([own.identity, Buffer.from(own.signatureKey)]).toEqual([identity, leaf.signatureKey]);
    expect(added).toMatchObject([{ suite: 83, notBefore: 1n, notAfter: 2n, leaf: { identity } }]);
    expect(Buffer.from(added[0]!.leaf.signatureKey)).toEqual(joiner.signatureKey);
  });

  it('may come from outside, to replace a leaf', () => {
    expect(readCommit(commitBytes(fromOutside))).toMatchObject({ senderLeaf: undefined, added: [], removed: [3] });
  });

  it('may only update its sender’s leaf', () => {
    expect(readCommit(commitBytes({ ...place, senderLeaf: 0, leaf }))).toMatchObject({ added: [], removed: [] });
  });

  const framed = (): TlsWriter => new TlsWriter().uint16(1).uint16(1).opaque(groupIdBytes(group)).uint64(7);
  const begun = (): TlsWriter => framed().uint8(1).uint32(3).opaque(Buffer.alloc(0));
  const odd: [string, TlsWriter, string][] = [
    ['another content', begun().uint8(1), 'no commit'],
    ['a proposal alone', begun().uint8(2), 'no commit'],
    ['an outside sender', framed().uint8(2).uint32(0), 'neither a member'],
    [
      'a proposal by reference',
      begun()
        .uint8(3)
        .opaque(Buffer.from([2, 0])),
      'not inside its commit',
    ],
    [
      'an update',
      begun()
        .uint8(3)
        .opaque(Buffer.from([1, 0, 2])),
      'not used here',
    ],
    [
      'a pre-shared key',
      begun()
        .uint8(3)
        .opaque(Buffer.from([1, 0, 4])),
      'not used here',
    ],
    [
      'other context extensions',
      begun()
        .uint8(3)
        .opaque(Buffer.from([1, 0, 7, 0])),
      'not used here',
    ],
    ['no path', begun().uint8(3).opaque(Buffer.alloc(0)).uint8(0), 'no path'],
  ];
  it.each(odd)('is refused with %s', (_what, writer, why) => {
    expect(() => readCommit(writer.bytes())).toThrow(why);
  });

  it('has an external init if it comes from outside, and else none', () => {
    const [inside, outside] = [commitBytes({ ...place, senderLeaf: 3, leaf }), commitBytes(fromOutside)];
    const withMember = (bytes: Buffer): Buffer => {
      const sender = framed().bytes().length;
      return Buffer.concat([
        bytes.subarray(0, sender),
        Buffer.from([1, 0, 0, 0, 3]),
        bytes.subarray(sender + 1),
        short,
      ]);
    };
    const withoutMember = Buffer.from(inside);
    withoutMember[framed().bytes().length] = 4;
    for (const bytes of [withMember(outside), withoutMember]) expect(outcome(readCommit, bytes)).toBe('refused');
  });

  it('has no more proposals than all leaves of a group need to be replaced', () => {
    const removing = (count: number): Buffer =>
      commitBytes({ ...commit, added: [], removed: Array.from({ length: count }, () => 1) });
    expect(readCommit(removing(401)).removed).toHaveLength(401);
    expect(() => readCommit(removing(402))).toThrow('too many proposals');
  });

  it('is of an epoch that numbers can hold', () => {
    expect(readCommit(commitBytes({ ...commit, epoch: Number.MAX_SAFE_INTEGER })).epoch).toBe(2 ** 53 - 1);
    const bytes = commitBytes(commit);
    bytes.fill(0xff, framed().bytes().length - 8, framed().bytes().length);
    expect(() => readCommit(bytes)).toThrow('an epoch is out of range');
  });
});

describe('a message', () => {
  it('of an application says where it belongs, and nothing of what is in it', () => {
    const bytes = privateMessageBytes({ ...place, authenticatedData, ciphertext: short });
    const { authenticatedData: said, ...frame } = readPrivateMessage(bytes);
    expect([frame, Buffer.from(said)]).toEqual([{ ...group, epoch: 7 }, authenticatedData]);
  });

  it('of welcome says of what suite it is, and how many it lets in', () => {
    for (const newMembers of [0, 1, 200])
      expect(readWelcome(welcomeBytes({ suite: 83, newMembers }))).toEqual({ suite: 83, newMembers });
  });

  it('about a group says of which and of what epoch', () => {
    expect(readGroupInfo(groupInfoBytes({ ...place, suite: 1 }))).toEqual({ ...group, epoch: 7 });
  });
});

describe.each(MESSAGES)('reading %s', (name, read, bytes) => {
  it('takes it whole only', () => {
    expect(outcome(read, bytes)).toBe('read');
    expect(beginningsRead(read, bytes)).toBe(0);
    expect(outcome(read, Buffer.concat([bytes, Buffer.alloc(1)]))).toBe('refused');
  });

  it('takes none of another kind or version for it', () => {
    for (const [, , other] of MESSAGES.filter(([, reader]) => reader !== read))
      expect(outcome(read, other)).toBe('refused');
    expect(outcome(read, Buffer.concat([Buffer.from([0, 2]), bytes.subarray(2)]))).toBe('refused');
  });

  it('refuses, and throws nothing else, with any bit turned, any part gone, and of random bytes', () => {
    expect(readEverything(`random bytes for ${name}`, read, bytes)).toBeGreaterThan(1_000);
  });
});

describe('the messages of the working group', () => {
  const OURS = ['mls_welcome'];
  const readers = [readCommit, readPrivateMessage, readWelcome, readGroupInfo];

  it('are refused as malformed by whatever reads them, for their groups are none of ours; a Welcome names none', () => {
    for (const messages of mlsMessages())
      for (const [kind, bytes] of Object.entries(messages))
        for (const read of readers) {
          const isRead = outcome(read, bytes) === 'read';
          expect([kind, isRead]).toEqual([kind, OURS.includes(kind) && read === readWelcome]);
        }
  });

  it('are refused at the name of the group, having the form of a message up to there', () => {
    for (const { public_message_commit, private_message, mls_group_info } of mlsMessages()) {
      expect(() => readCommit(public_message_commit!)).toThrow('a group id names no conversation');
      expect(() => readPrivateMessage(private_message!)).toThrow('a group id names no conversation');
      expect(() => readGroupInfo(mls_group_info!)).toThrow(MalformedMlsError);
    }
  });
});
