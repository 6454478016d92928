import './cheap-argon2.js';
import { newLinkingKeys } from '#crypto';
import { MemoryStore, RelayClient } from '#sdk';
import { DURATIONS } from '#protocol';
import { TestRelay } from '#testing';
import { LinkingDevice, name, PASSWORD, stopAll } from './linking-devices.js';
import { jsonAnswer } from './sdk-devices.js';

const relay = TestRelay.duringTests();
jest.setTimeout(120_000);
const SLOT_MS = DURATIONS.linkingSlotSeconds * 1_000;

/** What a device is told instead of what the relay has. */
type Lie = (path: string, answer: Response, request: Request) => Promise<Response> | Response;
const honest: Lie = (_path, answer) => answer;
let ada: LinkingDevice;
let hereLie = honest;

beforeAll(async () => {
  ada = await LinkingDevice.on(relay, { fetch: lying((...said) => hereLie(...said)) });
  await ada.sealpost.register({ username: name('ada'), password: PASSWORD });
});
afterEach(() => {
  hereLie = honest;
});
afterAll(stopAll);

function lying(lie: Lie): typeof fetch {
  return async (...args) => {
    const request = new Request(...args);
    return lie(new URL(request.url).pathname, await fetch(request.clone()), request);
  };
}

/** A new device, whose relay may lie. */
function newDevice(lie = honest): Promise<LinkingDevice> {
  return LinkingDevice.on(relay, { fetch: lying(lie) });
}

/** A key of the relay's own. */
async function foreignKey(): Promise<string> {
  return Buffer.from((await newLinkingKeys()).publicKey).toString('base64url');
}

/** Nobody has been signed in, and nothing is stored. */
async function expectNothing(phone: LinkingDevice): Promise<void> {
  expect((await ada.sealpost.devices.list()).map(({ current }) => current)).toEqual([true]);
  await expect(phone.sealpost.unlock(PASSWORD)).rejects.toMatchObject({ code: 'no_account' });
}

describe('a relay that stands between the two devices', () => {
  it('and answers with a key of its own is found out by the words, and opens nothing', async () => {
    const key = await foreignKey();
    const phone = await newDevice(async (path, answer) => {
      if (!path.endsWith('/read')) return answer;
      const said = (await answer.json()) as { answer: string | null };
      return jsonAnswer({ ...said, answer: said.answer === null ? null : key });
    });
    const { code, answered } = await phone.sealpost.link();
    const here = await ada.sealpost.devices.link(code);
    const there = await answered();
    expect(there.words).not.toEqual(here.words);
    await here.confirm();
    await expect(there.confirm(PASSWORD)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    await expectNothing(phone);
  });

  it('and offers the old device a key of its own gets no words', async () => {
    const phone = await newDevice();
    const { code } = await phone.sealpost.link();
    const key = await foreignKey();
    hereLie = async (path, answer) =>
      path.startsWith('/v1/linking/') ? jsonAnswer({ ...((await answer.json()) as object), offer: key }) : answer;
    await expect(ada.sealpost.devices.link(code)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    await expectNothing(phone);
  });

  it('and hands over what nobody has sealed is refused', async () => {
    const phone = await newDevice(async (path, answer) => {
      if (!path.endsWith('/read')) return answer;
      const said = (await answer.json()) as { answer: string | null };
      return jsonAnswer({ ...said, provisioning: said.answer && Buffer.alloc(200, 1).toString('base64url') });
    });
    const { code, answered } = await phone.sealpost.link();
    await ada.sealpost.devices.link(code);
    const { confirm } = await answered();
    await expect(confirm(PASSWORD)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    await expectNothing(phone);
  });
});

describe('nobody is linked', () => {
  it('by a code that is none', async () => {
    await expect(ada.sealpost.devices.link('sealpost-link:1.')).rejects.toMatchObject({ code: 'not_a_code' });
  });

  it('when a stranger has answered first: the owner is told', async () => {
    const eve = await LinkingDevice.registered(relay, name('eve'));
    const phone = await newDevice();
    const { code, answered } = await phone.sealpost.link();
    const theirs = await eve.sealpost.devices.link(code);
    await expect(ada.sealpost.devices.link(code)).rejects.toMatchObject({ code: 'conflict' });
    const { words, reject } = await answered();
    expect(words).toEqual(theirs.words);
    await reject();
    await expectNothing(phone);
  });

  it('who is rejected on the old device', async () => {
    const phone = await newDevice();
    const { code, answered } = await phone.sealpost.link();
    const here = await ada.sealpost.devices.link(code);
    const there = await answered();
    await here.reject();
    await expect(here.confirm()).rejects.toThrow();
    await expect(there.confirm(PASSWORD)).rejects.toMatchObject({ code: 'linking_rejected' });
    await expectNothing(phone);
  });

  it('who is rejected on the new device, though the old one has confirmed', async () => {
    const phone = await newDevice();
    const { code, answered } = await phone.sealpost.link();
    const here = await ada.sealpost.devices.link(code);
    const there = await answered();
    await here.confirm();
    await there.reject();
    await expect(there.confirm(PASSWORD)).rejects.toThrow();
    await expect(here.reject()).rejects.toThrow();
    await expectNothing(phone);
  });

  it('after two minutes, on either side', async () => {
    const [early, late] = [await newDevice(), await newDevice()];
    const [one, other] = [await early.sealpost.link(), await late.sealpost.link()];
    const here = await ada.sealpost.devices.link(one.code);
    const there = await one.answered();
    relay.clock.advance(SLOT_MS);
    await expect(here.confirm()).rejects.toMatchObject({ code: 'linking_expired' });
    await expect(there.confirm(PASSWORD)).rejects.toMatchObject({ code: 'linking_expired' });
    await expect(other.answered()).rejects.toMatchObject({ code: 'linking_expired' });
    await expect(ada.sealpost.devices.link(other.code)).rejects.toMatchObject({ code: 'linking_expired' });
    await expectNothing(early);
  });

  it('by a relay that has them wait for ever', async () => {
    let nowMs = 0;
    const store = await MemoryStore.open();
    const { WaitingDevice } = await import('../../libs/sdk/src/linking/new-device.js');
    const options = { relay: new RelayClient({ url: relay.url, now: () => (nowMs += SLOT_MS / 2) }), store };
    const waiting = await WaitingDevice.open({ ...options, deviceName: 'phone' });
    await expect(waiting.answered()).rejects.toMatchObject({ code: 'linking_expired' });
  });

  it('once the waiting is aborted', async () => {
    const phone = await newDevice();
    const aborting = new AbortController();
    const { answered } = await phone.sealpost.link({ signal: aborting.signal });
    const waiting = answered();
    aborting.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expectNothing(phone);
  });

  it('once the waiting for an answer, or for what is handed over, is aborted; both can be waited for again', async () => {
    const phone = await newDevice();
    const { code, answered } = await phone.sealpost.link();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = answered({ signal: first.signal });
    first.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    const here = await ada.sealpost.devices.link(code);
    const there = await answered();
    const confirming = there.confirm(PASSWORD, { signal: second.signal });
    second.abort(new Error('enough of this, too'));
    await expect(confirming).rejects.toThrow('enough of this, too');
    await expectNothing(phone);
    await here.confirm();
    await there.confirm(PASSWORD);
    await ada.sealpost.devices.revoke(phone.sealpost.self.deviceId);
  });

  it('by a wrong password; the right one is asked for again, and the code is good for no other device', async () => {
    const phone = await newDevice();
    const { code, answered } = await phone.sealpost.link();
    const here = await ada.sealpost.devices.link(code);
    const there = await answered();
    await here.confirm();
    await expect(there.confirm('another one')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expectNothing(phone);
    await there.confirm(PASSWORD);
    expect((await ada.sealpost.devices.list()).map(({ isListed }) => isListed)).toEqual([true, true]);
    await expect(ada.sealpost.devices.link(code)).rejects.toMatchObject({ code: 'linking_expired' });
    await expect(phone.sealpost.link()).rejects.toMatchObject({ code: 'account_exists' });
  });
});

describe('a relay that hides the account behind an empty one', () => {
  const HIDDEN = ['/v1/vault/root', '/v1/vault/identity', '/v1/keys/me'];
  const hiding: Lie = async (path, answer, request) => {
    if (!HIDDEN.includes(path)) return answer;
    if (request.method === 'GET') return jsonAnswer({ code: 'not_found', status: 404 }, 404);
    return jsonAnswer({ ...((await request.json()) as object), version: 1 });
  };

  it('is found out by what the old device has said, and nothing is signed', async () => {
    const listed = async (): Promise<number> =>
      (await ada.sealpost.devices.list()).filter(({ isListed }) => isListed).length;
    const before = await listed();
    const phone = await newDevice(hiding);
    const { code, answered } = await phone.sealpost.link();
    const here = await ada.sealpost.devices.link(code);
    const there = await answered();
    await here.confirm();
    await expect(there.confirm(PASSWORD)).rejects.toMatchObject({ code: 'relay_not_trusted' });
    expect(await listed()).toBe(before);
  });
});
