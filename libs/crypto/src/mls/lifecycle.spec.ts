import { MLS_SUITES, readCommit, readGroupInfo, readKeyPackage, readPrivateMessage, readWelcome } from '#protocol';
import { welcomeRefs } from './arriving.js';
import { MlsGroup } from './group.js';
import {
  ARRIVAL,
  committed,
  CONVERSATION,
  followed,
  founded,
  joinedBy,
  keyPackage,
  NAME,
  NOTE,
  person,
  READING,
  refusal,
  trio,
} from './people.fixture.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe.each(Object.entries(MLS_SUITES))('a group of suite %s', (_name, suite) => {
  it('carries messages from everybody to everybody, each once', async () => {
    const { ann, ben, cid, groups } = await trio(suite);
    const sent = await ann.engine.encrypt(groups.ann, Buffer.from('hello'), NOTE);
    const read = await ben.engine.open(groups.ben, sent.message);
    expect(text(read.content)).toBe('hello');
    expect(read.sender).toMatchObject({ leafIndex: 0, identity: { deviceId: ann.deviceId } });
    expect(Buffer.from(read.authenticatedData)).toEqual(NOTE);
    expect(await refusal(ben.engine.open(read.group, sent.message))).toBe('replayed');
    const answer = await ben.engine.encrypt(read.group, Buffer.from('hi'), NOTE);
    expect(text((await ann.engine.open(sent.group, answer.message)).content)).toBe('hi');
    const late = await cid.engine.open(groups.cid, answer.message);
    expect(text((await cid.engine.open(late.group, sent.message)).content)).toBe('hello');
  });

  it('is what the relay reads without a key', async () => {
    const { ann, ben, cid, groups, added, packages } = await trio(suite);
    expect(readKeyPackage(packages[0].keyPackage)).toMatchObject({
      suite,
      leaf: { identity: { accountId: ben.accountId, deviceId: ben.deviceId } },
    });
    expect(readCommit(added.commit)).toMatchObject({ ...NAME, epoch: 0, senderLeaf: 0, removed: [] });
    expect(Buffer.from(readCommit(added.commit).authenticatedData)).toEqual(NOTE);
    expect(readCommit(added.commit).added).toHaveLength(2);
    expect(readWelcome(added.welcome!)).toEqual({ suite, newMembers: 2 });
    expect(await welcomeRefs(added.welcome!)).toEqual(packages.map(({ welcomeRef }) => welcomeRef));
    expect(readGroupInfo(added.groupInfo)).toEqual({ ...NAME, epoch: 1 });
    const { message } = await cid.engine.encrypt(groups.cid, Buffer.from('…'), NOTE);
    expect(readPrivateMessage(message)).toMatchObject({ ...NAME, epoch: 1 });
    const outside = await ann.engine.rejoin(added.groupInfo, { ...ARRIVAL, authenticatedData: NOTE });
    expect(readCommit(outside.commit)).toMatchObject({ senderLeaf: undefined, removed: [0], added: [] });
  });

  it('goes on from what was stored', async () => {
    const { ann, ben, groups } = await trio(suite);
    const restored = MlsGroup.fromParts(groups.ben.parts());
    expect(restored.parts()).toEqual(groups.ben.parts());
    expect(restored.members()).toEqual(groups.ben.members());
    const sent = await ann.engine.encrypt(groups.ann, Buffer.from('still there?'), NOTE);
    const read = await ben.engine.open(restored, sent.message);
    expect(text(read.content)).toBe('still there?');
    const update = await committed(ben, MlsGroup.fromParts(read.group.parts()));
    const next = await followed(ann, sent.group, update);
    expect(next.epochAuthenticator).toEqual(update.group.epochAuthenticator);
  });

  it('is closed to whoever was removed, before and after they hear of it', async () => {
    const { ann, ben, cid, groups } = await trio(suite);
    const removal = await committed(ann, groups.ann, { remove: [2] });
    const heard = await cid.engine.follow(groups.cid, removal.commit, READING);
    expect(heard).toMatchObject({ group: undefined, added: [], sender: { leafIndex: 0 }, isFromOutside: false });
    expect(heard.removed).toMatchObject([{ leafIndex: 2, identity: { deviceId: cid.deviceId } }]);
    const staying = await followed(ben, groups.ben, removal);
    const secret = await ben.engine.encrypt(staying, Buffer.from('just us'), NOTE);
    expect(text((await ann.engine.open(removal.group, secret.message)).content)).toBe('just us');
    expect(await refusal(cid.engine.open(groups.cid, secret.message))).toBe('epoch_ahead');
    expect(await refusal(cid.engine.rejoin(removal.groupInfo, { ...ARRIVAL, authenticatedData: NOTE }))).toBe(
      'not_a_member',
    );
  });

  it('takes late messages of two epochs, but none from before a removal', async () => {
    const { ann, ben, groups } = await trio(suite);
    const late = await ben.engine.encrypt(groups.ben, Buffer.from('late'), NOTE);
    const first = await committed(ann, groups.ann);
    const second = await committed(ann, first.group);
    const third = await committed(ann, second.group);
    expect(text((await ann.engine.open(second.group, late.message)).content)).toBe('late');
    expect(await refusal(ann.engine.open(third.group, late.message))).toBe('epoch_passed');
    const removal = await committed(ann, first.group, { remove: [2] });
    expect(await refusal(ann.engine.open(removal.group, late.message))).toBe('epoch_passed');
    const ofBen = await followed(ben, late.group, first);
    const following = await ben.engine.follow(ofBen, removal.commit, READING);
    const latest = await ann.engine.encrypt(first.group, Buffer.from('from before'), NOTE);
    expect(text((await ben.engine.open(ofBen, latest.message)).content)).toBe('from before');
    expect(await refusal(ben.engine.open(following.group!, latest.message))).toBe('epoch_passed');
  });

  it('takes a device back that comes from outside, in the place of its leaf', async () => {
    const { ann, ben, cid, groups } = await trio(suite);
    const update = await committed(ben, groups.ben);
    const back = await cid.engine.rejoin(update.groupInfo, { ...ARRIVAL, authenticatedData: NOTE });
    const ofAnn = await ann.engine.follow(await followed(ann, groups.ann, update), back.commit, READING);
    expect(ofAnn).toMatchObject({ isFromOutside: true, removed: [], added: [], sender: { leafIndex: 2 } });
    const ofBen = await followed(ben, update.group, back);
    const groupsNow = [ofAnn.group!, ofBen, back.group];
    expect(new Set(groupsNow.map(({ epochAuthenticator }) => text(epochAuthenticator))).size).toBe(1);
    const sent = await cid.engine.encrypt(back.group, Buffer.from('back'), NOTE);
    expect(text((await ann.engine.open(ofAnn.group!, sent.message)).content)).toBe('back');
    expect(await refusal(cid.engine.follow(await followed(cid, groups.cid, update), back.commit, READING))).toBe(
      'own_commit',
    );
  });

  it('lets devices in whose parents are not merged yet (fails in ts-mls as published)', async () => {
    const people = await Promise.all([0, 1, 2, 3, 4, 5].map(person));
    const groups = [await founded(people[0]!, suite)];
    const steps = [[0, 1], [0, 2], [0], [0, 3], [0, 4], [4], [0, 5]] as const;
    for (const [by, newcomer] of steps) {
      const made = newcomer === undefined ? [] : [await keyPackage(people[newcomer]!, suite)];
      const commit = await committed(people[by]!, groups[by]!, { add: made });
      for (const [n, group] of groups.entries())
        groups[n] = n === by ? commit.group : await followed(people[n]!, group, commit);
      if (newcomer !== undefined) groups[newcomer] = await joinedBy(people[newcomer]!, commit, made[0]!);
    }
    expect(groups).toHaveLength(6);
    expect(new Set(groups.map(({ epochAuthenticator }) => text(epochAuthenticator))).size).toBe(1);
  });

  it('is of one conversation and generation', async () => {
    const { ann, ben, cid, added, packages, groups } = await trio(suite);
    const elsewhere = { ...ARRIVAL, conversationId: CONVERSATION.replace('01', '02') };
    expect(await refusal(ben.engine.join(added.welcome!, packages[0].secrets, elsewhere))).toBe('wrong_group');
    const rejoining = { ...elsewhere, authenticatedData: NOTE };
    expect(await refusal(ben.engine.rejoin(added.groupInfo, rejoining))).toBe('wrong_group');
    const repaired = await ann.engine.createGroup({ ...NAME, generation: 2 }, { notBefore: 0, notAfter: 1, suite });
    const sent = await ann.engine.encrypt(repaired, Buffer.from('elsewhere'), NOTE);
    expect(await refusal(cid.engine.open(groups.cid, sent.message))).toBe('wrong_group');
    const commit = await committed(ann, repaired);
    expect(await refusal(cid.engine.follow(groups.cid, commit.commit, READING))).toBe('wrong_group');
  });
});
