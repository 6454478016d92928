import './cheap-argon2.js';
import { AccountError, type PeerNote, type PeerState } from '#sdk';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { jsonAnswer, PASSWORD } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const apps = SdkApps.throughout(relay);
const PATIENCE_MS = 20_000;

const codeOf = ({ sealpost }: SdkApp): Promise<string> => sealpost.contacts.ownVerificationCode();

async function stateOf(by: SdkApp, person: SdkApp): Promise<PeerState | undefined> {
  return (await by.sealpost.contacts.find(person.sealpost.self.accountId))?.state;
}

const reaches = (by: SdkApp, person: SdkApp, state: PeerState): Promise<boolean> =>
  until(async () => (await stateOf(by, person)) === state, `a contact is ${state}`, PATIENCE_MS);

function notesOf({ sealpost }: SdkApp): PeerNote[] {
  const notes: PeerNote[] = [];
  sealpost.listen((event) => {
    if (event.kind === 'note') notes.push(event.note);
  });
  return notes;
}

async function hasFollowed(device: SdkApp, other: SdkApp): Promise<void> {
  await until(async () => (await codeOf(device)) === (await codeOf(other)), 'a device follows', PATIENCE_MS);
}

async function authenticators(id: string, ...members: readonly SdkApp[]): Promise<string[]> {
  const codes = await Promise.all(members.map(({ sealpost }) => sealpost.conversations.groupCode(id)));
  return codes.map((code) => JSON.stringify(code));
}

/** Ada has two devices; Grace has verified her, and Alan has not. */
async function scene() {
  const [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
  const phone = await apps.signedIn(ada);
  const { id } = await ada.sealpost.conversations.group([grace.username, alan.username]);
  for (const device of [phone, grace, alan]) await device.ready(id);
  await grace.sealpost.contacts.verifyScanned(await codeOf(ada));
  return { ada, phone, grace, alan, id };
}

describe('an identity key that is replaced', () => {
  it('is another one on all devices of the account, whose groups have new keys, and no contact is lost', async () => {
    const { ada, phone, grace, alan, id } = await scene();
    const [before, notes] = [await codeOf(ada), notesOf(alan)];
    const [own] = await authenticators(id, ada);
    await ada.sealpost.rotateIdentity(PASSWORD);
    expect(await codeOf(ada)).not.toBe(before);
    await hasFollowed(phone, ada);
    await reaches(grace, ada, 'changed');
    await until(() => notes.length > 0, 'Alan hears of it', PATIENCE_MS);
    expect(notes[0]).toMatchObject({ kind: 'identity_changed', isSigned: true, state: 'unverified' });
    await alan.sealpost.messages.send(id, 'a quiet note');
    for (const device of [ada, phone, grace]) await device.reads(id, 'a quiet note');
    for (const device of [ada, phone, grace, alan]) await device.sealpost.settled();
    const codes = await authenticators(id, ada, phone, grace, alan);
    expect(new Set(codes).size).toBe(1);
    expect(codes).not.toContain(own);
    for (const device of [ada, phone])
      expect((await device.sealpost.devices.list()).map(({ isListed }) => isListed)).toEqual([true, true]);
    expect([ada, phone, alan].flatMap(({ failures }) => failures)).toEqual([]);
  }, 60_000);

  it('holds what is sent by whoever had verified it, until they accept the new one', async () => {
    const { ada, phone, grace, id } = await scene();
    await ada.sealpost.rotateIdentity(PASSWORD);
    await reaches(grace, ada, 'changed');
    await grace.sealpost.messages.send(id, 'is it you?');
    await grace.sealpost.settled();
    expect((await grace.sealpost.messages.waiting(id)).map(({ refused }) => refused)).toEqual([null]);
    await ada.sealpost.messages.send(id, 'it is me');
    await grace.reads(id, 'it is me');
    const { accountId } = ada.sealpost.self;
    const fingerprint = (await grace.sealpost.contacts.find(accountId))!.fingerprint;
    await grace.sealpost.contacts.accept(accountId, fingerprint);
    for (const device of [ada, phone]) await device.reads(id, 'is it you?');
    expect(await stateOf(grace, ada)).toBe('unverified');
    await grace.sealpost.contacts.verifyScanned(await codeOf(phone));
    expect(await stateOf(grace, ada)).toBe('verified');
  }, 60_000);

  it('signs for devices that come later: they are followed, too, by whoever has yet to decide', async () => {
    const { ada, grace, alan, id } = await scene();
    await ada.sealpost.rotateIdentity(PASSWORD);
    const late = await apps.signedIn(ada);
    await late.ready(id);
    expect(await codeOf(late)).toBe(await codeOf(ada));
    await reaches(grace, ada, 'changed');
    await alan.sealpost.messages.send(id, 'welcome');
    for (const device of [late, grace]) await device.reads(id, 'welcome');
  }, 60_000);

  it('stays for a wrong password', async () => {
    const [ada] = await apps.everyone('ada');
    const before = await codeOf(ada);
    await expect(ada.sealpost.rotateIdentity('another')).rejects.toMatchObject({ code: 'wrong_password' });
    expect(await codeOf(ada)).toBe(before);
  });

  it('is one new key when two devices replace it at once', async () => {
    const [ada] = await apps.everyone('ada');
    const phone = await apps.signedIn(ada);
    await Promise.all([ada, phone].map(({ sealpost }) => sealpost.rotateIdentity(PASSWORD)));
    await hasFollowed(phone, ada);
    await ada.sealpost.devices.list();
  }, 30_000);

  it('is none that only the relay shows: the devices of its owner refuse it, C-50', async () => {
    const [ada] = await apps.everyone('ada');
    const phone = await apps.signedIn(ada);
    const before = await codeOf(phone);
    phone.device.wire.meddler = async ({ url, method }, pass) => {
      const answer = await pass();
      if (method !== 'GET' || !url.endsWith('/v1/keys/me')) return answer;
      return jsonAnswer({ ...((await answer.json()) as object), version: 2, publicKey: 'c2VhbGVk'.repeat(5) + 'c2U' });
    };
    await expect(phone.sealpost.devices.list()).rejects.toBeInstanceOf(AccountError);
    await expect(phone.sealpost.rotateIdentity(PASSWORD)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    expect(await codeOf(phone)).toBe(before);
  }, 30_000);
});
