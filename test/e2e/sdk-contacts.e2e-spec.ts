import './cheap-argon2.js';
import { AccountError } from '#sdk';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { PASSWORD } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const apps = SdkApps.throughout(relay);
/** Ada has two devices. */
let [ada, laptop, grace, alan]: SdkApp[] = [];

beforeAll(async () => {
  [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
  laptop = await apps.signedIn(ada);
  for (const { username } of [grace, alan]) {
    const { id } = await ada.sealpost.conversations.direct(username);
    await laptop.ready(id);
  }
}, 60_000);

async function stateOf({ sealpost }: SdkApp, person: SdkApp): Promise<string | undefined> {
  return (await sealpost.contacts.find(person.sealpost.self.accountId))?.state;
}

async function verify(by: SdkApp, person: SdkApp): Promise<void> {
  await by.sealpost.contacts.verifyScanned(await person.sealpost.contacts.ownVerificationCode());
}

const reaches = (by: SdkApp, person: SdkApp, state: string): Promise<boolean> =>
  until(async () => (await stateOf(by, person)) === state, `a contact is ${state}`, 20_000);

describe('a contact who is verified', () => {
  it('is on all devices of the account, later ones too, until the user takes it back', async () => {
    await verify(ada!, grace!);
    await reaches(laptop!, grace!, 'verified');
    const late = await apps.signedIn(ada!);
    await until(async () => (await late.sealpost.contacts.export()).length === 1, 'a new device knows', 20_000);
    await late.sealpost.contacts.refresh({ ...grace!.sealpost.self });
    expect(await stateOf(late, grace!)).toBe('verified');
    await laptop!.sealpost.contacts.unverify(grace!.sealpost.self.accountId);
    await reaches(ada!, grace!, 'unverified');
    await reaches(late, grace!, 'unverified');
    await late.stop();
  });

  it('is so on both devices that verify somebody at once', async () => {
    await Promise.all([verify(ada!, grace!), verify(laptop!, alan!)]);
    for (const device of [ada!, laptop!])
      for (const person of [grace!, alan!]) await reaches(device, person, 'verified');
  });

  it('is not unverified by a relay that shows what the vault had before', async () => {
    const shown: Response[] = [];
    let isRolledBack = false;
    laptop!.device.wire.meddler = async ({ url, method }, pass) => {
      if (!url.endsWith('/v1/vault/contacts') || method !== 'GET') return pass();
      if (!isRolledBack) shown.push(await pass());
      return shown[isRolledBack ? 0 : shown.length - 1]!.clone();
    };
    await ada!.sealpost.contacts.unverify(grace!.sealpost.self.accountId);
    await reaches(laptop!, grace!, 'unverified');
    await verify(ada!, grace!);
    await reaches(laptop!, grace!, 'verified');
    isRolledBack = true;
    await ada!.sealpost.contacts.unverify(alan!.sealpost.self.accountId);
    const isRefused = (): boolean =>
      laptop!.failures.some((error) => error instanceof AccountError && error.code === 'vault_rolled_back');
    await until(isRefused, 'the older vault is refused', 20_000);
    expect(await stateOf(laptop!, grace!)).toBe('verified');
    laptop!.device.wire.mend();
  });
});

describe('what waits until the user has decided about a key', () => {
  it('leaves as soon as they have', async () => {
    const [hedy, rosa] = await apps.everyone('hedy', 'rosa');
    const { id } = await hedy.sealpost.conversations.direct(rosa.username);
    await verify(hedy, rosa);
    await rosa.sealpost.rotateIdentity(PASSWORD);
    await reaches(hedy, rosa, 'changed');
    await hedy.sealpost.messages.send(id, 'Is it you?');
    await hedy.sealpost.settled();
    expect(await hedy.sealpost.messages.waiting(id)).toHaveLength(1);
    const { accountId } = rosa.sealpost.self;
    const peer = await hedy.sealpost.contacts.find(accountId);
    await hedy.sealpost.contacts.accept(accountId, peer?.fingerprint ?? '');
    await hedy.reads(id, 'Is it you?');
  });
});

describe('somebody who is not wanted', () => {
  it('is blocked, listed as such, and cannot begin again', async () => {
    const [mallory] = await apps.everyone('mallory');
    const { id } = await mallory.sealpost.conversations.direct(ada!.username);
    await ada!.ready(id);
    await ada!.sealpost.contacts.block(mallory.username);
    await until(async () => (await ada!.sealpost.conversations.get(id)).standing === 'left', 'it ends', 20_000);
    const listed = (await ada!.sealpost.contacts.list()).map(({ username, isBlocked }) => [username, isBlocked]);
    expect(listed).toEqual(
      [
        [grace!.username, false],
        [alan!.username, false],
        [mallory.username, true],
      ].sort(),
    );
    const again = mallory.sealpost.conversations.direct(ada!.username);
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
    await ada!.sealpost.contacts.forget(mallory.username);
    expect((await ada!.sealpost.contacts.list()).map(({ username }) => username)).not.toContain(mallory.username);
  });

  it('asks first, and is read once the request is accepted', async () => {
    const [hedy, eve] = await apps.everyone('hedy', 'eve');
    await hedy.sealpost.updateProfile({ privacy: 'contacts' });
    expect(await hedy.sealpost.profile()).toEqual({ displayName: hedy.username, privacy: 'contacts' });
    const heard: string[] = [];
    hedy.sealpost.listen((event) => event.kind === 'conversation' && heard.push(event.conversationId));
    const { id } = await grace!.sealpost.conversations.direct(hedy.username);
    const { id: declined } = await eve.sealpost.conversations.direct(hedy.username);
    const standing = async (which: string): Promise<string | undefined> =>
      (await hedy.sealpost.conversations.list()).find((one) => one.id === which)?.standing;
    for (const which of [id, declined])
      await until(async () => (await standing(which)) === 'invited', 'she is asked', 20_000);
    await until(() => heard.includes(id) && heard.includes(declined), 'she hears of it');
    await hedy.sealpost.conversations.leave(declined);
    await until(async () => (await standing(declined)) === 'left', 'she has declined', 20_000);
    await hedy.sealpost.conversations.accept(id);
    await hedy.ready(id);
    await grace!.sealpost.messages.send(id, 'Thank you');
    await hedy.reads(id, 'Thank you');
  });
});
