import './cheap-argon2.js';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { PASSWORD, SdkDevice } from './sdk-devices.js';

/** All that a device can read, as one file, and what a new device of the account makes of it. */

const PASSPHRASE = 'nine copper kettles in the snow';

const relay = TestRelay.duringTests();
const apps = SdkApps.throughout(relay);
let ada: SdkApp;
let grace: SdkApp;
let chat: string;
let file: Uint8Array;

async function exported({ sealpost }: SdkApp): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of sealpost.backup.export(PASSPHRASE)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** As a disk gives it: in pieces that know nothing of what stands in them. */
function inPieces(bytes: Uint8Array, size = 1_000): () => Promise<Uint8Array | undefined> {
  let offset = 0;
  return () => {
    const piece = bytes.subarray(offset, (offset += size));
    return Promise.resolve(piece.length === 0 ? undefined : piece);
  };
}

const refused = (app: SdkApp, bytes: Uint8Array, code: string, passphrase = PASSPHRASE): Promise<void> =>
  expect(app.sealpost.backup.import(passphrase, inPieces(bytes))).rejects.toMatchObject({ code });

async function isWelcomed(headers: Headers): Promise<boolean> {
  const answer = await fetch(`${relay.url}/v1/welcomes`, { headers });
  return ((await answer.json()) as { items: unknown[] }).items.length > 0;
}

beforeAll(async () => {
  [ada, grace] = await apps.everyone('ada', 'grace');
  ({ id: chat } = await ada.sealpost.conversations.direct(grace.username));
  await grace.ready(chat);
  await ada.sealpost.contacts.verifyScanned(await grace.sealpost.contacts.ownVerificationCode());
  for (let n = 1; n <= 3; n++) {
    await grace.sealpost.messages.send(chat, `question ${String(n)}`);
    await ada.reads(chat, `question ${String(n)}`);
    await ada.sealpost.messages.send(chat, `answer ${String(n)}`);
    await grace.reads(chat, `answer ${String(n)}`);
  }
  await ada.sealpost.messages.react(chat, (await ada.messages(chat))[0]!.id!, '👍');
  await ada.sealpost.conversations.setLifetime(chat, 3_600);
  await ada.sealpost.messages.send(chat, 'for an hour');
  await ada.reads(chat, 'for an hour');
  file = await exported(ada);
}, 60_000);

describe('an export', () => {
  it('has nothing in it that can be read without its passphrase', () => {
    const text = Buffer.from(file).toString('latin1');
    for (const secret of ['question', 'answer', ada.username, grace.username, chat]) expect(text).not.toContain(secret);
  });

  it('makes what was written readable on a new device, once, however often it is read', async () => {
    const before = await ada.messages(chat);
    const tablet = await apps.signedIn(ada);
    await tablet.ready(chat);
    expect(await tablet.texts(chat)).toEqual([]);
    for (const conversations of [1, 0])
      expect(await tablet.sealpost.backup.import(PASSPHRASE, inPieces(file))).toMatchObject({ conversations });
    const after = await tablet.messages(chat);
    expect(after.map(({ seq }) => seq)).toEqual([...new Set(after.map(({ seq }) => seq))]);
    expect(after.find(({ reactions = [] }) => reactions.length > 0)?.seq).toBe(before[0]?.seq);
    expect(await tablet.texts(chat)).toEqual((await ada.texts(chat)).filter((text) => text !== 'for an hour'));
    const { accountId } = grace.sealpost.self;
    await tablet.sealpost.contacts.refresh({ accountId, username: grace.username });
    expect((await tablet.sealpost.contacts.find(accountId))?.state).toBe('verified');
    expect((await tablet.sealpost.conversations.get(chat)).lifetimeSeconds).toBe(3_600);
    await tablet.stop();
  });

  it('is taken by a device that was let in before it had read any log', async () => {
    const device = new SdkDevice(relay, ada.username);
    device.wire.meddler = async (request, pass) => {
      if (new URL(request.url).pathname !== '/v1/sync') return pass();
      await until(() => isWelcomed(request.headers), 'another device lets it in', 20_000);
      device.wire.mend();
      return pass();
    };
    const phone = await apps.on(device);
    await phone.sealpost.signIn({ username: ada.username, password: PASSWORD });
    await phone.ready(chat);
    expect(await phone.sealpost.backup.import(PASSPHRASE, inPieces(file))).toMatchObject({ conversations: 1 });
    expect(await phone.texts(chat)).toEqual((await ada.texts(chat)).filter((text) => text !== 'for an hour'));
    await phone.stop();
  });

  it('says of how many conversations nothing can be shown, as the relay has them no more', async () => {
    const linus = await apps.registered('linus');
    const { id } = await linus.sealpost.conversations.direct(grace.username);
    await linus.sealpost.messages.send(id, 'soon forgotten');
    await linus.reads(id, 'soon forgotten');
    const forgotten = await exported(linus);
    await relay.query('DELETE FROM conversations WHERE id = $1', [id]);
    const anew = await apps.signedIn(linus);
    expect(await anew.sealpost.backup.import(PASSPHRASE, inPieces(forgotten))).toMatchObject({
      conversations: 0,
      missing: 1,
    });
  });

  it('brings back what was written in a group that was left since', async () => {
    const mary = await apps.registered('mary');
    const { id } = await mary.sealpost.conversations.group([grace.username]);
    await grace.ready(id);
    await grace.sealpost.messages.send(id, 'farewell');
    await mary.reads(id, 'farewell');
    const kept = await exported(mary);
    await mary.sealpost.conversations.leave(id);
    const anew = await apps.signedIn(mary);
    expect(await anew.sealpost.backup.import(PASSPHRASE, inPieces(kept))).toMatchObject({
      conversations: 1,
      missing: 0,
    });
    expect(await anew.texts(id)).toEqual(['farewell']);
  });

  it('changes nothing on the device that made it', async () => {
    const before = await ada.messages(chat);
    expect(await ada.sealpost.backup.import(PASSPHRASE, inPieces(file, file.length))).toMatchObject({
      conversations: 0,
    });
    expect(await ada.messages(chat)).toEqual(before);
  });

  it('is refused by another passphrase, and to another account', async () => {
    await refused(ada, file, 'wrong_passphrase', 'nine copper kettles');
    await refused(grace, file, 'export_of_another_account');
  });

  it('is refused when it is none, is too large, was broken off, or was changed', async () => {
    await refused(ada, new Uint8Array(), 'not_an_export');
    await refused(ada, Buffer.from('PK\u0003\u0004 something else'), 'not_an_export');
    await refused(ada, Buffer.from([0xff, 0xff, 0xff, 0xff, ...file.slice(4)]), 'not_an_export');
    await refused(ada, file.slice(0, -1), 'not_an_export');
    const lastPart = partsOf(file).at(-1)!;
    await refused(ada, file.slice(0, lastPart), 'not_an_export');
    await refused(ada, changedAt(file, file.length - 1), 'not_an_export');
  });

  it('asks for no more work than a device has time for', async () => {
    const [, header] = partsOf(file);
    // The number of iterations stands at the end of the header, before that of lanes.
    const text = Buffer.from(file).subarray(4, header).toString('latin1');
    for (const iterations of ['1', '33', '4000000000']) {
      const asked = Buffer.from(
        text.replace('\u00013', `${String.fromCharCode(iterations.length)}${iterations}`),
        'latin1',
      );
      const prefix = Buffer.alloc(4);
      prefix.writeUInt32BE(asked.length);
      await refused(ada, Buffer.concat([prefix, asked, file.slice(header)]), 'not_an_export');
    }
  });
});

/** Where the header and each part begin. */
function partsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const starts: number[] = [];
  for (let offset = 0; offset < bytes.length; offset += 4 + view.getUint32(offset)) starts.push(offset);
  return starts;
}

function changedAt(bytes: Uint8Array, index: number): Uint8Array {
  const changed = bytes.slice();
  changed[index]! ^= 1;
  return changed;
}
