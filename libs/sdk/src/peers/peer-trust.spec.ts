import { device, newStore, Person, refusal, scene, ScriptedRelay } from './people.fixture.js';
import { PeerDirectory } from './peer-directory.js';
import { readVerificationCode } from './verification-code.js';

/** Ada, whom I have verified, and who has another key since. */
async function changed() {
  const at = await scene();
  const { fingerprint } = await at.directory.refresh(at.ada);
  await at.directory.markVerified(at.ada.accountId, fingerprint);
  await at.ada.resets();
  await at.ada.lists(device(66));
  const peer = await at.directory.refresh(at.ada);
  return { ...at, verified: fingerprint, peer };
}

describe('a verified contact whose key changes (C-50)', () => {
  it('keeps everything from being sent until the user decides, and keeps the devices of the key before (M-03)', async () => {
    const { directory, ada, peer } = await changed();
    expect([peer.state, peer.devices]).toEqual(['changed', [device(21), device(22)]]);
    expect(peer.notes).toMatchObject([{ kind: 'identity_changed', isSigned: false, state: 'changed' }]);
    expect(await refusal(directory.assertSendable(ada.accountId))).toBe('identity_changed');
    await directory.refresh(ada);
    expect(await refusal(directory.assertSendable(ada.accountId))).toBe('identity_changed');
  });

  it('is unverified with the new key once that is accepted', async () => {
    const { directory, ada, peer } = await changed();
    const accepted = await directory.accept(ada.accountId, peer.fingerprint);
    expect([accepted.state, accepted.devices]).toEqual(['unverified', [device(66)]]);
    expect(await refusal(directory.assertSendable(ada.accountId))).toBe('none');
  });

  it('is verified again once the new key is compared', async () => {
    const { directory, ada, peer } = await changed();
    const { fingerprint } = await directory.safetyNumberWith(ada.accountId);
    expect(fingerprint).toBe(peer.fingerprint);
    expect((await directory.markVerified(ada.accountId, fingerprint)).state).toBe('verified');
    expect(await refusal(directory.assertSendable(ada.accountId))).toBe('none');
  });

  it('is not accepted with a key that the user was not shown', async () => {
    const { directory, ada, verified } = await changed();
    expect(await refusal(directory.accept(ada.accountId, verified))).toBe('key_mismatch');
    expect(await refusal(directory.markVerified(ada.accountId, verified))).toBe('key_mismatch');
    expect((await directory.find(ada.accountId))?.state).toBe('changed');
  });

  it('has to be decided about also when the key before has signed the new one', async () => {
    const { directory, ada } = await scene();
    await directory.markVerified(ada.accountId, (await directory.refresh(ada)).fingerprint);
    await ada.rotates();
    const { state, notes } = await directory.refresh(ada);
    expect([state, notes]).toMatchObject(['changed', [{ isSigned: true }]]);
  });
});

describe('nobody is sent to', () => {
  it('who was never seen', async () => {
    const { directory, ada } = await scene();
    expect(await refusal(directory.assertSendable(ada.accountId))).toBe('unknown_peer');
    expect(await refusal(directory.accept(ada.accountId, 'f'))).toBe('unknown_peer');
    expect(await refusal(directory.safetyNumberWith(ada.accountId))).toBe('unknown_peer');
  });
});

describe('the own account', () => {
  it('is held against the own key, whatever the relay says', async () => {
    const { directory, me } = await scene();
    const own = { accountId: me.accountId, username: me.username };
    expect((await directory.refresh(own)).state).toBe('verified');
    await me.resets();
    await me.lists(device(66));
    expect(await refusal(directory.refresh(own))).toBe('identity_changed');
    expect((await directory.find(me.accountId))?.devices).toEqual([device(1)]);
  });
});

describe('the own key, which another own device has replaced', () => {
  it('is the one that the own vault has, and only then', async () => {
    const { me, relay, store } = await scene();
    const own = { accountId: me.accountId, username: me.username, identityKey: me.identityKey };
    const follow = jest.fn(() => Promise.resolve());
    const directory = new PeerDirectory({ store, relay, own: { ...own, follow } });
    await directory.refresh(own);
    expect(follow).not.toHaveBeenCalled();
    await me.rotates();
    await me.lists(device(1), device(2));
    expect(await refusal(directory.refresh(own))).toBe('identity_changed');
    const following = { ...own, follow: () => Promise.resolve(void (following.identityKey = me.identityKey)) };
    const peer = await new PeerDirectory({ store, relay, own: following }).refresh(own);
    expect([peer.state, peer.devices]).toEqual(['verified', [device(1), device(2)]]);
  });
});

describe('what has waited for the user to decide', () => {
  it('is told to go on once they have, here or on another own device', async () => {
    const released = jest.fn();
    const at = await scene({ onReleased: released });
    const { accountId } = at.ada;
    for (const decides of [at.directory.accept, at.directory.markVerified]) {
      await at.directory.markVerified(accountId, (await at.directory.refresh(at.ada)).fingerprint);
      await at.ada.rotates();
      const { fingerprint } = await at.directory.refresh(at.ada);
      expect(released).not.toHaveBeenCalled();
      await decides.call(at.directory, accountId, fingerprint);
      expect(released.mock.calls).toEqual([[accountId]]);
      released.mockClear();
    }
    await at.ada.rotates();
    const { username, fingerprint } = await at.directory.refresh(at.ada);
    const decidedAtMs = Date.now() + 60_000;
    await at.directory.import([{ accountId, username, fingerprint, isVerified: false, decidedAtMs }]);
    expect(released.mock.calls).toEqual([[accountId]]);
  });
});

describe('comparing keys', () => {
  it('shows the same digits on both sides', async () => {
    const { directory, me, ada, relay } = await scene();
    await directory.refresh(ada);
    const adas = new PeerDirectory({ store: await newStore(), relay, own: ada });
    await adas.refresh(me);
    const { digits } = await directory.safetyNumberWith(ada.accountId);
    expect((await adas.safetyNumberWith(me.accountId)).digits).toBe(digits);
    expect(digits).toMatch(/^(?:\d{5} ){11}\d{5}$/);
  });

  it('verifies by a scanned code, also of a key that is new', async () => {
    const { directory, ada, relay } = await scene();
    await directory.refresh(ada);
    await ada.rotates();
    const code = await new PeerDirectory({ store: await newStore(), relay, own: ada }).ownVerificationCode();
    expect((await directory.verifyScanned(code)).state).toBe('verified');
  });

  it('says so when the relay gives out another key than the one that is scanned', async () => {
    const { directory, ada } = await scene();
    await directory.refresh(ada);
    const { identityKey } = await Person.of(9);
    const own = { accountId: ada.accountId, username: ada.username, identityKey };
    const code = await new PeerDirectory({
      store: await newStore(),
      relay: new ScriptedRelay(),
      own,
    }).ownVerificationCode();
    expect(readVerificationCode(code).accountId).toBe(ada.accountId);
    expect(await refusal(directory.verifyScanned(code))).toBe('key_mismatch');
    expect((await directory.find(ada.accountId))?.state).toBe('unverified');
  });

  it('verifies nobody by the code of somebody else than was meant', async () => {
    const { directory, ada, relay } = await scene();
    await directory.refresh(ada);
    const code = await new PeerDirectory({ store: await newStore(), relay, own: ada }).ownVerificationCode();
    const { accountId } = await Person.of(9);
    expect(await refusal(directory.verifyScanned(code, accountId))).toBe('other_account');
    expect((await directory.find(ada.accountId))?.state).toBe('unverified');
    expect((await directory.verifyScanned(code, ada.accountId)).state).toBe('verified');
  });

  it.each(['', 'sealpost-verify:2.AAAA', `sealpost-verify:1.${'A'.repeat(63)}`, `sealpost-verify:1.${'A'.repeat(65)}`])(
    'takes %p for no code',
    async (code) => {
      expect(await refusal((await scene()).directory.verifyScanned(code))).toBe('not_a_code');
    },
  );
});

describe('what was verified on another own device', () => {
  it('counts for exactly that key', async () => {
    const { directory, ada, relay, me } = await scene();
    await directory.markVerified(ada.accountId, (await directory.refresh(ada)).fingerprint);
    const exported = await directory.export();
    const other = new PeerDirectory({ store: await newStore(), relay, own: me });
    await other.import(exported);
    expect(await other.find(ada.accountId)).toBeUndefined();
    expect((await other.refresh(ada)).state).toBe('verified');
    const late = new PeerDirectory({ store: await newStore(), relay, own: me });
    await ada.resets();
    await late.refresh(ada);
    await late.import(exported);
    expect((await late.find(ada.accountId))?.state).toBe('changed');
  });

  it('does not undo what the user has decided since', async () => {
    const { directory, ada, peer } = await changed();
    const exported = await directory.export();
    await directory.accept(ada.accountId, peer.fingerprint);
    await directory.import(exported);
    expect((await directory.find(ada.accountId))?.state).toBe('unverified');
  });

  it('finds out a relay that gives a new device another history', async () => {
    const { directory, ada, me } = await scene();
    await directory.markVerified(ada.accountId, (await directory.refresh(ada)).fingerprint);
    const forged = await Person.of(2, device(66));
    const other = new PeerDirectory({ store: await newStore(), relay: new ScriptedRelay(forged), own: me });
    await other.import(await directory.export());
    expect(await refusal(other.refresh(ada))).toBe('history_forked');
  });
});
