import type { DeviceClaim } from '#crypto';
import { device, refusal, scene } from './people.fixture.js';
import type { PeerDevice } from './peer-record.js';

type Scene = Awaited<ReturnType<typeof scene>>;

const OCCASIONS = ['join', 'add', 'update'] as const;

function claim(
  { accountId }: { readonly accountId: string },
  { deviceId, mlsSigningKey }: PeerDevice,
  occasion: DeviceClaim['occasion'],
): DeviceClaim {
  return { device: { accountId, deviceId }, signatureKey: mlsSigningKey, occasion };
}

/** How a device is judged at each occasion: join, add, update. */
async function judged({ directory, ada }: Scene, claimed: PeerDevice, of = ada): Promise<boolean[]> {
  const judge = directory.judge((accountId) => (accountId === ada.accountId ? ada.username : undefined));
  const verdicts: boolean[] = [];
  for (const occasion of OCCASIONS) verdicts.push(await judge(claim(of, claimed, occasion)));
  return verdicts;
}

describe('a device is judged (C-50)', () => {
  it('by the newest list, with exactly its key', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    expect(await judged(at, device(21))).toEqual([true, true, true]);
    expect(await judged(at, { ...device(21), mlsSigningKey: device(66).mlsSigningKey })).toEqual([false, false, false]);
    expect(await judged(at, device(66))).toEqual([false, false, false]);
  });

  it('without asking the relay if it is believed, and else after asking once', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    const judge = at.directory.judge();
    expect(await judge(claim(at.ada, device(21), 'add'))).toBe(true);
    expect(at.relay.asked).toBe(1);
    await at.ada.lists(device(21), device(23));
    expect(await judge(claim(at.ada, device(23), 'add'))).toBe(true);
    expect(await judge(claim(at.ada, device(66), 'add'))).toBe(false);
    expect(at.relay.asked).toBe(3);
  });

  it('once it has left the list, as one that was in the group, and not as one that comes in', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    await at.ada.lists(device(21));
    await at.directory.refresh(at.ada);
    expect(await judged(at, device(22))).toEqual([true, false, true]);
  });

  it('that came and went between two looks, or before the first, as one whom somebody else has let in meanwhile', async () => {
    const at = await scene();
    await at.ada.lists(device(21), device(23));
    await at.ada.lists(device(21));
    expect(await judged(at, device(23))).toEqual([true, false, true]);
    await at.ada.lists(device(21), device(24));
    await at.ada.lists(device(21));
    const judge = at.directory.judge();
    expect(await judge(claim(at.ada, device(24), 'add'))).toBe(false);
    expect(await judge(claim(at.ada, device(24), 'admitted'))).toBe(true);
    expect(await judge(claim(at.ada, device(66), 'admitted'))).toBe(false);
  });

  it('that somebody else takes out, by what the relay has now: they may know a newer list', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    const judge = at.directory.judge();
    expect(await judge(claim(at.ada, device(22), 'remove'))).toBe(true);
    await at.ada.lists(device(21));
    expect(await judge(claim(at.ada, device(22), 'remove'))).toBe(false);
    expect(await judge(claim(at.ada, device(21), 'remove'))).toBe(true);
  });

  it('of a key that was reset, only as one that was let in before', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    await at.ada.resets();
    await at.ada.lists(device(23));
    await at.directory.refresh(at.ada);
    expect(await judged(at, device(21))).toEqual([false, false, true]);
    expect(await judged(at, device(23))).toEqual([true, true, true]);
  });

  it('of a verified contact with another key since: none is added, and none of the new key is believed (M-03)', async () => {
    const at = await scene();
    await at.directory.markVerified(at.ada.accountId, (await at.directory.refresh(at.ada)).fingerprint);
    await at.ada.resets();
    await at.ada.lists(device(66));
    await at.directory.refresh(at.ada);
    expect(await judged(at, device(66))).toEqual([false, false, false]);
    expect(await judged(at, device(21))).toEqual([true, false, true]);
  });

  it('of a verified contact whose key has signed the next one: by the list of that, before the user decides', async () => {
    const at = await scene();
    await at.directory.markVerified(at.ada.accountId, (await at.directory.refresh(at.ada)).fingerprint);
    await at.ada.rotates();
    await at.ada.lists(device(21), device(23));
    expect((await at.directory.refresh(at.ada)).state).toBe('changed');
    expect(await judged(at, device(23))).toEqual([true, true, true]);
    expect(await judged(at, device(22))).toEqual([true, false, true]);
    await at.ada.resets();
    await at.ada.lists(device(66));
    await at.directory.refresh(at.ada);
    expect(await judged(at, device(66))).toEqual([false, false, false]);
    expect(await judged(at, device(23))).toEqual([true, false, true]);
  });

  it('of somebody nobody names, never, and of somebody who is named at first sight', async () => {
    const at = await scene();
    expect(await at.directory.judge()(claim(at.ada, device(21), 'add'))).toBe(false);
    expect(at.relay.asked).toBe(0);
    expect(await judged(at, device(22))).toEqual([true, true, true]);
  });

  it('of the own account, by the own list', async () => {
    const at = await scene();
    expect(await judged(at, device(1), at.me)).toEqual([true, true, true]);
    expect(await judged(at, device(66), at.me)).toEqual([false, false, false]);
    await at.me.resets();
    await at.me.lists(device(66));
    expect(await refusal(at.directory.judge()(claim(at.me, device(66), 'add')))).toBe('identity_changed');
  });

  it('not at all when the relay lies: what it is caught at is thrown', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    at.ada.served.list = null;
    expect(await refusal(at.directory.judge()(claim(at.ada, device(66), 'add')))).toBe('list_rolled_back');
  });
});

describe('the leaves of a group', () => {
  const leaf = (leafIndex: number, { accountId }: { readonly accountId: string }, of: PeerDevice) => ({
    leafIndex,
    identity: { accountId, deviceId: of.deviceId },
    signatureKey: of.mlsSigningKey,
  });

  it('are to be those of the lists: no more, no less, and with the same keys', async () => {
    const { directory, ada, me } = await scene();
    await Promise.all([directory.refresh(ada), directory.refresh({ accountId: me.accountId, username: me.username })]);
    const impostor = { ...device(22), mlsSigningKey: device(66).mlsSigningKey };
    const stranger = { accountId: device(99).deviceId };
    const members = [
      leaf(0, me, device(1)),
      leaf(1, ada, impostor),
      leaf(3, ada, device(67)),
      leaf(4, stranger, device(99)),
    ];
    expect(await directory.leafChanges(members, [me.accountId, ada.accountId])).toEqual({
      add: [device(21), device(22)].map(({ deviceId }) => ({ accountId: ada.accountId, deviceId })),
      remove: [1, 3],
    });
    expect(await refusal(directory.leafChanges(members, [stranger.accountId]))).toBe('unknown_peer');
  });

  it('get none of a verified contact whose key has changed', async () => {
    const { directory, ada } = await scene();
    await directory.markVerified(ada.accountId, (await directory.refresh(ada)).fingerprint);
    await ada.resets();
    await ada.lists(device(66));
    await directory.refresh(ada);
    const members = [leaf(0, ada, device(21))];
    expect(await directory.leafChanges(members, [ada.accountId])).toEqual({ add: [], remove: [] });
  });

  it('stay, where a verified contact has another key that the one before signed, and none is added', async () => {
    const { directory, ada } = await scene();
    await directory.markVerified(ada.accountId, (await directory.refresh(ada)).fingerprint);
    await ada.rotates();
    await ada.lists(device(21), device(23), device(24));
    await directory.refresh(ada);
    const members = [leaf(0, ada, device(21)), leaf(1, ada, device(22)), leaf(2, ada, device(23))];
    expect(await directory.leafChanges(members, [ada.accountId])).toEqual({ add: [], remove: [1] });
  });
});
