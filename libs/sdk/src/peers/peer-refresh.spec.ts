import { device, Person, refusal, scene } from './people.fixture.js';
import { PeerDirectory } from './peer-directory.js';
import { PEERS } from './peer-record.js';

describe('a peer', () => {
  it('is believed at first sight, unverified, and without notes', async () => {
    const { directory, ada } = await scene();
    const peer = await directory.refresh(ada);
    expect(peer).toMatchObject({ accountId: ada.accountId, username: 'person2', state: 'unverified', keyVersion: 1 });
    expect([peer.devices, peer.notes]).toEqual([[device(21), device(22)], []]);
    expect(await directory.find(ada.accountId)).toEqual({ ...peer, notes: undefined });
  });

  it('may have no list yet', async () => {
    const { relay, store, me } = await scene();
    const ben = await Person.of(3);
    Object.assign(relay, { people: new Map([[ben.username, ben.served]]) });
    const directory = new PeerDirectory({ store, relay, own: me });
    expect((await directory.refresh(ben)).devices).toEqual([]);
    await ben.lists(device(31));
    expect((await directory.refresh(ben)).notes).toEqual([
      { kind: 'device_added', accountId: ben.accountId, deviceId: device(31).deviceId },
    ]);
  });

  it('gets devices and loses them by lists of the same key, with a quiet note of each new one', async () => {
    const { directory, ada } = await scene();
    await directory.refresh(ada);
    await ada.lists(device(21), device(23));
    const { devices, notes, state } = await directory.refresh(ada);
    expect([devices, state]).toEqual([[device(21), device(23)], 'unverified']);
    expect(notes).toEqual([{ kind: 'device_added', accountId: ada.accountId, deviceId: device(23).deviceId }]);
  });

  it('is followed over lists that were missed between', async () => {
    const { directory, ada } = await scene();
    await directory.refresh(ada);
    await ada.lists(device(21));
    await ada.lists(device(21), device(24));
    expect((await directory.refresh(ada)).devices).toEqual([device(21), device(24)]);
  });

  it('is written when something is new, and not otherwise', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    await at.directory.refresh(at.ada);
    expect(await at.store.get(PEERS, at.ada.accountId)).toMatchObject({ version: 1 });
  });

  it('keeps a list that the key before has signed, and goes on with those of the new key', async () => {
    const { directory, ada } = await scene();
    await directory.refresh(ada);
    await ada.rotates();
    const rotated = await directory.refresh(ada);
    expect([rotated.keyVersion, rotated.devices.length]).toEqual([2, 2]);
    expect(rotated.notes).toMatchObject([{ kind: 'identity_changed', isSigned: true, state: 'unverified' }]);
    await ada.lists(device(25));
    expect((await directory.refresh(ada)).devices).toEqual([device(25)]);
  });

  it('has no devices after a reset until the new key has signed a list', async () => {
    const { directory, ada } = await scene();
    await directory.refresh(ada);
    await ada.resets();
    const { devices, notes } = await directory.refresh(ada);
    expect(devices).toEqual([]);
    expect(notes).toMatchObject([{ kind: 'identity_changed', isSigned: false, state: 'unverified' }]);
    await ada.lists(device(21));
    expect((await directory.refresh(ada)).devices).toEqual([device(21)]);
  });

  it('is told of to whoever listens', async () => {
    const heard: string[] = [];
    const onNotes = (notes: readonly { kind: string }[]) => heard.push(...notes.map(({ kind }) => kind));
    const { directory, ada } = await scene({ onNotes });
    await directory.refresh(ada);
    await ada.lists(device(21), device(22), device(23));
    await directory.refresh(ada);
    expect(heard).toEqual(['device_added']);
  });
});

describe('refreshes at once', () => {
  it('come to the same, and note what is new once', async () => {
    const { directory, ada } = await scene();
    await directory.refresh(ada);
    await ada.lists(device(21), device(22), device(23));
    const all = await Promise.all(Array.from({ length: 6 }, () => directory.refresh(ada)));
    expect(new Set(all.map(({ devices }) => devices.length))).toEqual(new Set([3]));
    expect(all.flatMap(({ notes }) => notes).map(({ kind }) => kind)).toEqual(['device_added']);
  });

  it('do not take an answer for rolled back that was given before another was stored', async () => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    const early = at.ada.served.list;
    const ask = at.relay.devices.bind(at.relay);
    at.relay.devices = async () => {
      at.relay.devices = ask;
      await at.ada.lists(device(21), device(27));
      await at.directory.refresh(at.ada);
      return early;
    };
    expect(await refusal(at.directory.refresh(at.ada))).toBe('none');
    expect((await at.directory.find(at.ada.accountId))?.devices).toEqual([device(21), device(27)]);
  });
});
