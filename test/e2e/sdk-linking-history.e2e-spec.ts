import './cheap-argon2.js';
import { inReleaseGate, TestRelay, until } from '#testing';
import { LinkingDevice, name, stopAll } from './linking-devices.js';

const relay = TestRelay.duringTests();
afterEach(stopAll);
jest.setTimeout(180_000);

const WEEK_MS = 7 * 86_400_000 + 60_000;

/** Somebody, a friend, and a conversation of the two. */
async function twoPeople(): Promise<{ ada: LinkingDevice; grace: LinkingDevice; id: string }> {
  const graceName = name('grace');
  const [ada, grace] = [
    await LinkingDevice.registered(relay, name('ada')),
    await LinkingDevice.registered(relay, graceName),
  ];
  const { id } = await ada.sealpost.conversations.direct(graceName);
  await grace.ready(id);
  return { ada, grace, id };
}

/** Six devices: in CI three people with two devices each read everything once in other suites. */
function gated(promise: string, keep: () => Promise<void>): void {
  if (inReleaseGate) it(promise, keep);
}

describe('the history of a linked device', () => {
  it('goes on where it broke off, and reads nothing twice', async () => {
    const { ada, grace, id } = await twoPeople();
    const texts = Array.from({ length: 6 }, (_none, n) => `${String(n)}${'.'.repeat(40_000)}`);
    for (const text of texts) await ada.sealpost.messages.send(id, text);
    await grace.has(id, texts);
    const asked: string[] = [];
    let isCut = true;
    const counting: typeof fetch = async (...args) => {
      const request = new Request(...args);
      const { pathname } = new URL(request.url);
      if (/history\.\d/.test(pathname)) asked.push(pathname.replace(/.*history\./, ''));
      if (isCut && pathname.endsWith('/history.3')) throw new TypeError('fetch failed');
      return fetch(request);
    };
    const phone = await LinkingDevice.on(relay, { fetch: counting });
    await ada.links(phone);
    await until(() => asked.includes('3'), 'it breaks off', 20_000);
    const before = asked.splice(0);
    expect(before).toContain('0');
    isCut = false;
    const again = await phone.restarted();
    await again.complete();
    await again.has(id, texts);
    expect(asked).not.toContain('0');
    expect(again.failures).toEqual([]);
  });

  it('has nothing of what has expired, or was taken back, and what is under the rest', async () => {
    const { ada, grace, id } = await twoPeople();
    const stays = await ada.sealpost.messages.send(id, 'stays');
    await ada.sealpost.messages.send(id, 'expires');
    const taken = await ada.sealpost.messages.send(id, 'is taken back');
    await grace.reads(id, 'is taken back');
    await ada.sealpost.messages.post(id, { kind: 'deletion', of: taken });
    await ada.sealpost.messages.send(id, 'last');
    await grace.reads(id, 'last');
    await grace.sealpost.messages.react(id, stays, '👍');
    await until(async () => (await ada.messages(id)).some(({ reactions }) => reactions !== undefined), 'it is liked');
    const expiring = (await ada.messages(id)).find(
      ({ content }) => content?.kind === 'text' && content.text === 'expires',
    );
    await relay.query('UPDATE entries SET expires_at = $3 WHERE conversation_id = $1 AND seq = $2', [
      id,
      expiring?.seq,
      relay.clock.now(),
    ]);
    const phone = await LinkingDevice.on(relay);
    await ada.links(phone);
    await phone.complete();
    expect(await phone.texts(id)).toEqual(['stays', 'last']);
    const liked = (await phone.messages(id)).find((message) => message.id === stays);
    expect(liked?.reactions).toEqual([{ accountId: grace.sealpost.self.accountId, emoji: '👍' }]);
    expect(await phone.sealpost.messages.get(id, stays)).toEqual(liked);
    expect((await phone.messages(id)).filter(({ unreadable }) => unreadable !== undefined)).toMatchObject([
      { seq: expiring?.seq, unreadable: 'expired' },
      { id: taken, unreadable: 'deleted' },
    ]);
  });

  it('reaches two new devices, the second of which is linked while the first one reads, and is deleted a week later', async () => {
    const { ada, grace, id } = await twoPeople();
    const texts = ['one', 'two', 'three'];
    for (const text of texts) await ada.sealpost.messages.send(id, text);
    await grace.reads(id, 'three');
    const [phone, first] = [await LinkingDevice.on(relay), await LinkingDevice.on(relay)];
    await ada.links(phone);
    await ada.links(first);
    const tablet = await first.restarted();
    await phone.complete();
    // It may have been complete before it was started again.
    for (const device of [phone, tablet]) await device.has(id, texts);
    expect([ada, grace, phone, tablet].flatMap(({ failures }) => failures)).toEqual([]);
    const { accountId } = ada.sealpost.self;
    expect(await archived(accountId)).toBeGreaterThan(0);
    await ada.restarted({ now: () => relay.clock.now().getTime() + WEEK_MS });
    await until(async () => (await archived(accountId)) === 0, 'the archive is deleted', 20_000);
  });
});

/** Blobs of the vault in which history lies. */
async function archived(accountId: string): Promise<number> {
  const query = `SELECT 1 FROM vault_items WHERE account_id = $1 AND name LIKE 'history%' AND body IS NOT NULL`;
  return (await relay.query(query, [accountId])).length;
}

describe('two devices of each of three accounts', () => {
  gated('read every message once, in one order, also what is written while they are linked', async () => {
    const names = ['ada', 'grace', 'alan'].map(name);
    const firsts: LinkingDevice[] = [];
    for (const username of names) firsts.push(await LinkingDevice.registered(relay, username));
    const [ada] = firsts as [LinkingDevice];
    const { id } = await ada.sealpost.conversations.group(names.slice(1));
    for (const device of firsts) await device.ready(id);
    await ada.sealpost.messages.send(id, 'before');
    const seconds = await Promise.all(names.map(() => LinkingDevice.on(relay)));
    const linking = Promise.all(seconds.map((second, n) => (firsts[n] ?? ada).links(second)));
    for (let n = 0; n < 9; n++) {
      const writer = firsts[n % firsts.length] ?? ada;
      await writer.sealpost.messages.send(id, `meanwhile ${String(n)}`);
      await writer.sealpost.settled();
    }
    await linking;
    const all = [...firsts, ...seconds];
    for (const device of all) await device.ready(id);
    for (const [n, device] of all.entries()) await device.sealpost.messages.send(id, `from ${String(n)}`);
    for (const device of seconds) await device.complete();
    const texts = await ada.hasAll(id, 1 + 9 + all.length);
    expect(new Set(texts).size).toBe(texts.length);
    for (const device of all) await device.has(id, texts);
  });
});
