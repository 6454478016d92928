import { pair, TestRelay } from '#testing';
import { AttachmentSweepService } from '../../apps/relay/src/attachments/attachment-sweep.service.js';
import { Attacher, ciphertext, DAY_MS } from './attaching.js';

const QUOTAS = 'attachmentsPerAccount=4,attachmentBytesPerAccount=1000,attachmentBytesPerAccountAndDay=1500';
const relay = TestRelay.duringTests({ environment: { QUOTAS } });

async function scene() {
  const { ada, conversationId } = await pair(relay);
  return { ada: new Attacher(relay, ada), conversationId };
}

const REFUSED = [429, 'attachment_quota_exceeded'];

describe('the quota of an account', () => {
  it('is of bytes in all, those that are yet to come included', async () => {
    const { ada, conversationId } = await scene();
    const open = await ada.begin({ conversationId, length: 600 });
    const { status, code, headers } = await ada.create({ conversationId, length: 401 });
    expect([status, code, headers.get('retry-after')]).toEqual([...REFUSED, null]);
    const small = await ada.upload(conversationId, ciphertext(400));
    await ada.remove(open);
    expect((await ada.create({ conversationId, length: 600 })).status).toBe(201);
    expect((await ada.download(small)).status).toBe(200);
  });

  it('is of attachments', async () => {
    const { ada, conversationId } = await scene();
    const ids = [];
    for (let count = 0; count < 4; count++) ids.push(await ada.begin({ conversationId, length: 1 }));
    const fifth = await ada.create({ conversationId, length: 1 });
    expect([fifth.status, fifth.code]).toEqual(REFUSED);
    await ada.remove(ids[0]!);
    expect((await ada.create({ conversationId, length: 1 })).status).toBe(201);
  });

  it('is of bytes a day, also of those that were taken away again, and says when there will be room', async () => {
    const { ada, conversationId } = await scene();
    await ada.remove(await ada.upload(conversationId, ciphertext(1_000)));
    await relay.part(AttachmentSweepService).sweep();
    const { status, code, headers } = await ada.create({ conversationId, length: 501 });
    expect([status, code]).toEqual(REFUSED);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect((await ada.create({ conversationId, length: 500 })).status).toBe(201);
    relay.clock.advance(DAY_MS);
    const later = new Attacher(relay, await ada.user.onNewDevice());
    expect((await later.create({ conversationId, length: 500 })).status).toBe(201);
  });

  it('counts of what was taken away what had come of it', async () => {
    const { ada, conversationId } = await scene();
    const id = await ada.begin({ conversationId, length: 1_000 });
    await ada.send(id, 0, ciphertext(100));
    await ada.remove(id);
    expect((await ada.create({ conversationId, length: 1_000 })).status).toBe(201);
  });

  it('holds for uploads that begin at once, at two relays', async () => {
    const { ada, conversationId } = await scene();
    const beside = await TestRelay.start({ beside: relay, environment: { QUOTAS } });
    const both = [ada, new Attacher(beside, ada.user)];
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_none, index) => both[index % 2]!.create({ conversationId, length: 300 })),
    );
    await beside.stop();
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(replies.filter(({ code }) => code === REFUSED[1])).toHaveLength(7);
  });

  it('is one person’s own', async () => {
    const { ada, conversationId } = await scene();
    await ada.begin({ conversationId, length: 1_000 });
    const other = await scene();
    expect((await other.ada.create({ conversationId: other.conversationId, length: 1_000 })).status).toBe(201);
  });
});
