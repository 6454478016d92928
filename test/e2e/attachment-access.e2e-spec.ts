import { DURATIONS } from '#protocol';
import { pair, people, TestRelay, TestUser, until } from '#testing';
import { Attacher, ciphertext } from './attaching.js';
import { accept, add, leave, remove, reserved, startDirect } from './conversing.js';

const relay = TestRelay.duringTests();
const as = (user: TestUser): Attacher => new Attacher(relay, user);

async function group(owner: TestUser, ...members: TestUser[]): Promise<string> {
  const body = { kind: 'group', members: members.map(({ username }) => username) };
  return (await owner.request('POST', '/conversations', body)).body.id as string;
}

/** What whoever may not know of it is told: nothing. */
async function expectNothing(attacher: Attacher, id: string): Promise<void> {
  const never = '5f1b7f0e-3c1c-4a53-9d0a-6a0d3f2b8c11';
  for (const ask of [
    (of: string) => attacher.download(of),
    (of: string) => attacher.download(of, 'bytes=0-0'),
    (of: string) => attacher.send(of, 0, ciphertext(1)),
    (of: string) => attacher.remove(of),
    (of: string) => attacher.head(of),
  ]) {
    const [answer, absent] = [await ask(id), await ask(never)];
    expect([answer.status, textOf(answer.bytes)]).toEqual([404, textOf(absent.bytes)]);
    expect(headersOf(answer.headers)).toEqual(headersOf(absent.headers));
  }
}

const textOf = (bytes: Buffer): string => bytes.toString().replace(/"requestId":"[^"]+"/, '');
const headersOf = (headers: Headers): [string, string][] =>
  [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));

describe('an attachment is nobody’s business (C-05)', () => {
  it('but of those in its conversation: to strangers it is as if it were not there', async () => {
    const { ada, conversationId } = await pair(relay);
    const stranger = as(await TestUser.register(relay));
    const id = await as(ada).upload(conversationId, ciphertext(10));
    await expectNothing(stranger, id);
    expect((await stranger.create({ conversationId, length: 1 })).code).toBe('not_found');
    expect((await as(ada).download(id)).status).toBe(200);
  });

  it('once they have left, or were removed', async () => {
    const [ada, bob, eve] = await people(relay, 3);
    const conversationId = await group(ada, bob, eve);
    const id = await as(ada).upload(conversationId, ciphertext(10));
    await remove(ada, conversationId, bob);
    await leave(eve, conversationId);
    for (const former of [bob, eve]) {
      await expectNothing(as(former), id);
      expect((await as(former).create({ conversationId, length: 1 })).code).toBe('not_found');
    }
    await add(ada, conversationId, bob);
    expect((await as(bob).download(id)).status).toBe(200);
  });

  it('while they are only invited', async () => {
    const [ada, shy] = [await TestUser.register(relay), await reserved(relay)];
    const conversationId = (await startDirect(ada, shy)).body.id as string;
    const id = await as(ada).upload(conversationId, ciphertext(10));
    await expectNothing(as(shy), id);
    await accept(shy, conversationId);
    expect((await as(shy).download(id)).status).toBe(200);
  });

  it('who began an upload and is no member any more cannot go on, but take it away', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await group(ada, bob);
    const bytes = ciphertext(100);
    const [whole, open] = [
      await as(bob).upload(conversationId, bytes),
      await as(bob).begin({ conversationId, length: 100 }),
    ];
    await remove(ada, conversationId, bob);
    expect((await as(bob).send(open, 0, bytes)).code).toBe('not_found');
    expect((await as(ada).download(whole)).status).toBe(200);
    expect((await as(bob).remove(whole)).status).toBe(204);
    expect((await as(ada).download(whole)).code).toBe('not_found');
  });

  it('and a removal ends an upload that is under way', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await group(ada, bob);
    const id = await as(bob).begin({ conversationId, length: 20_000 });
    const stretch = as(bob).stretch(id, 0, 20_000);
    await stretch.write(ciphertext(10_000));
    await remove(ada, conversationId, bob);
    await stretch.write(ciphertext(10_000));
    stretch.end();
    expect(await stretch.answered).toEqual({ status: 404, code: 'not_found' });
    expect(await relay.query('SELECT state, received FROM attachments WHERE id = $1', [id])).toEqual([
      { state: 'open', received: '0' },
    ]);
  });

  it('and so does the end of the session', async () => {
    const { ada, conversationId } = await pair(relay);
    const other = await ada.onNewDevice();
    const id = await as(other).begin({ conversationId, length: 20_000 });
    const stretch = as(other).stretch(id, 0, 20_000);
    await stretch.write(ciphertext(10_000));
    await ada.request('DELETE', `/devices/${other.deviceId}`);
    await stretch.write(ciphertext(10_000));
    stretch.end();
    expect((await stretch.answered).status).toBe(404);
  });

  it('and a reader who is removed does not get the rest', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await group(ada, bob);
    const id = await as(ada).upload(conversationId, ciphertext(40_000_000));
    const response = await fetch(`${relay.url}/v1/attachments/${id}`, {
      headers: { authorization: `Bearer ${bob.token}` },
    });
    const reader = response.body!.getReader();
    await reader.read();
    await remove(ada, conversationId, bob);
    const removedAt = performance.now();
    await until(() => performance.now() - removedAt > 1_000, 'it is looked again');
    let read = 0;
    const rest = (async () => {
      for (let next = await reader.read(); !next.done; next = await reader.read())
        read += (next.value as Uint8Array).length;
    })();
    await expect(rest).rejects.toThrow();
    expect(read).toBeLessThan(39_000_000);
  });
});

describe('the time of an attachment', () => {
  it('begins when it is whole, and when it is over there is none', async () => {
    const { ada, conversationId } = await pair(relay);
    const id = await as(ada).begin({ conversationId, length: 10, expiresIn: 3_600 });
    relay.clock.advance(7_200_000);
    let later = as(await ada.onNewDevice());
    await later.send(id, 0, ciphertext(10));
    const left = Date.parse((await later.head(id)).headers.get('upload-expires')!) - relay.clock.now().getTime();
    expect(left).toBeGreaterThan(3_590_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    relay.clock.advance(3_500_000);
    later = as(await ada.onNewDevice());
    expect((await later.download(id)).status).toBe(200);
    relay.clock.advance(101_000);
    await expectNothing(later, id);
  });

  it('has no end of its own unless it is given one', async () => {
    const { ada, conversationId } = await pair(relay);
    const id = await as(ada).upload(conversationId, ciphertext(10));
    expect((await as(ada).head(id)).headers.get('upload-expires')).toBeNull();
  });

  it('is a day until it is whole', async () => {
    const { ada, conversationId } = await pair(relay);
    const id = await as(ada).begin({ conversationId, length: 10 });
    await as(ada).send(id, 0, ciphertext(5));
    relay.clock.advance(DURATIONS.unfinishedUploadSeconds * 1_000 - 60_000);
    const later = as(await ada.onNewDevice());
    expect(await later.offset(id)).toBe(5);
    relay.clock.advance(60_000);
    await expectNothing(later, id);
  });
});
