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
  const [before] = await authenticators(id, ada);
  return { ada, phone, grace, alan, id, before };
}

type Scene = Awaited<ReturnType<typeof scene>>;

/** Others are shown the new key, and then the device stops. @returns the same, started again. */
async function diesRotating(app: SdkApp): Promise<SdkApp> {
  const { wire } = app.device;
  wire.meddler = async (request, pass) => {
    const isPublished = request.method === 'PUT' && request.url.endsWith('/v1/keys/me');
    if (isPublished) await pass().finally(() => wire.cut());
    return isPublished ? Promise.reject(new TypeError('fetch failed')) : pass();
  };
  await expect(app.sealpost.rotateIdentity(PASSWORD)).rejects.toMatchObject({ code: 'relay_unreachable' });
  await app.stop();
  wire.mend();
  return apps.restarted(app);
}

/** Nothing of the account or its groups is of the former key, and nobody has lost anybody. */
async function expectRenewed({ ada, phone, grace, alan, id, before }: Scene): Promise<void> {
  const everyone = [ada, phone, grace, alan];
  for (const device of everyone) await device.sealpost.settled();
  const codes = await authenticators(id, ...everyone);
  expect(new Set(codes).size).toBe(1);
  expect(codes).not.toContain(before);
  for (const device of [ada, phone])
    expect((await device.sealpost.devices.list()).map(({ isListed }) => isListed)).toEqual([true, true]);
  expect([ada, phone, alan].flatMap(({ failures }) => failures)).toEqual([]);
}

/** Of whoever had verified Ada. */
async function expectHeld({ ada, phone, grace, id }: Scene): Promise<void> {
  await grace.sealpost.messages.send(id, 'is it you?');
  await grace.sealpost.settled();
  expect((await grace.sealpost.messages.waiting(id)).map(({ refused }) => refused)).toEqual([null]);
  const { accountId } = ada.sealpost.self;
  const { fingerprint } = (await grace.sealpost.contacts.find(accountId))!;
  await grace.sealpost.contacts.accept(accountId, fingerprint);
  for (const device of [ada, phone]) await device.reads(id, 'is it you?');
  expect(await stateOf(grace, ada)).toBe('unverified');
  await grace.sealpost.contacts.verifyScanned(await codeOf(phone));
  expect(await stateOf(grace, ada)).toBe('verified');
}

describe('an identity key that is replaced', () => {
  it('is another one everywhere, with new keys in groups: a quiet note, but to who had verified it a decision', async () => {
    const at = await scene();
    const { phone, grace, alan, id } = at;
    const [former, notes] = [await codeOf(at.ada), notesOf(alan)];
    const ada = await diesRotating(at.ada);
    await hasFollowed(phone, ada);
    expect(await codeOf(ada)).not.toBe(former);
    await reaches(grace, ada, 'changed');
    await until(() => notes.length > 0, 'Alan hears of it', PATIENCE_MS);
    expect(notes[0]).toMatchObject({ kind: 'identity_changed', isSigned: true, state: 'unverified' });
    await alan.sealpost.messages.send(id, 'good evening');
    for (const device of [ada, phone, grace]) await device.reads(id, 'good evening');
    await expectRenewed({ ...at, ada });
    await expectHeld({ ...at, ada });
  }, 60_000);

  it('signs for devices that come later: whoever has yet to decide follows them, too', async () => {
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    await grace.ready(id);
    await grace.sealpost.contacts.verifyScanned(await codeOf(ada));
    await ada.sealpost.rotateIdentity(PASSWORD);
    await reaches(grace, ada, 'changed');
    const late = await apps.signedIn(ada);
    await late.ready(id);
    expect(await codeOf(late)).toBe(await codeOf(ada));
    await late.sealpost.messages.send(id, 'a new device');
    await grace.reads(id, 'a new device');
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
