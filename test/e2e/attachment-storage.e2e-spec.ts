import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpAdapterHost } from '@nestjs/core';
import { LIMITS } from '#protocol';
import { pair, people, TestRelay, type TestUser, until } from '#testing';
import type { FastifyInstance } from 'fastify';
import { AttachmentSweepService } from '../../apps/relay/src/attachments/attachment-sweep.service.js';
import { Attacher, ciphertext, DAY_MS, OpenStretch } from './attaching.js';
import { leave } from './conversing.js';
import { blockedPath } from './full-disk.js';

const relay = TestRelay.duringTests();
const as = (user: TestUser): Attacher => new Attacher(relay, user);
const sweep = (): AttachmentSweepService => relay.part(AttachmentSweepService);

/** The ids of all blobs there are. */
async function blobs(): Promise<string[]> {
  const names = await readdir(relay.attachmentsDirectory, { recursive: true });
  return names.filter((name) => name.includes('/')).map((name) => name.split('/')[1]!);
}

async function rowsOf(...ids: string[]): Promise<string[]> {
  const rows = await relay.query<{ id: string }>('SELECT id FROM attachments WHERE id = ANY ($1)', [ids]);
  return rows.map(({ id }) => id);
}

describe('the sweep', () => {
  it('deletes what has expired and what was given up, bytes and rows, and nothing else', async () => {
    const { ada, conversationId } = await pair(relay);
    const kept = await as(ada).upload(conversationId, ciphertext(10));
    const expired = await as(ada).upload(conversationId, ciphertext(10), 60);
    const open = await as(ada).begin({ conversationId, length: 10 });
    await as(ada).send(open, 0, ciphertext(5));
    relay.clock.advance(DAY_MS);
    await sweep().sweep();
    expect(await blobs()).toEqual(expect.arrayContaining([kept]));
    expect((await blobs()).filter((id) => [expired, open].includes(id))).toEqual([]);
    relay.clock.advance(DAY_MS);
    await sweep().sweep();
    expect(await rowsOf(kept, expired, open)).toEqual([kept]);
    expect((await as(await ada.onNewDevice()).download(kept)).status).toBe(200);
  });

  it('deletes what was uploaded by an account that is deleted, and of conversations that everybody has left', async () => {
    const [ada, bob, eve] = await people(relay, 3);
    const conversationId = await ada.directWith(bob);
    const ofDeleted = await as(bob).upload(conversationId, ciphertext(10));
    const kept = await as(ada).upload(conversationId, ciphertext(10));
    const group = (await eve.request('POST', '/conversations', { kind: 'group', members: [] })).body.id as string;
    const ofNobody = await as(eve).upload(group, ciphertext(10));
    await bob.request('DELETE', '/auth/me', { authKey: bob.authKey });
    await leave(eve, group);
    await sweep().sweepAbandoned();
    expect((await blobs()).filter((id) => [ofDeleted, ofNobody, kept].includes(id))).toEqual([kept]);
    expect((await as(ada).download(ofDeleted)).code).toBe('not_found');
    expect((await as(ada).download(kept)).status).toBe(200);
  });

  it('deletes bytes without an attachment a day after they changed, and leaves alone what is no attachment', async () => {
    const { ada, conversationId } = await pair(relay);
    const kept = await as(ada).upload(conversationId, ciphertext(10));
    const [old, fresh] = ['aa000000-0000-4000-8000-000000000001', 'aa000000-0000-4000-8000-000000000002'];
    const folder = join(relay.attachmentsDirectory, 'aa');
    await mkdir(folder, { recursive: true });
    for (const name of [old, fresh, 'README']) await writeFile(join(folder, name), 'x');
    const now = relay.clock.now();
    await utimes(join(folder, fresh), now, now);
    for (const name of [old, 'README']) await utimes(join(folder, name), now, new Date(now.getTime() - DAY_MS));
    await sweep().sweepAbandoned();
    const left = await blobs();
    expect([old, fresh, 'README', kept].filter((name) => left.includes(name))).toEqual([fresh, 'README', kept]);
  });

  it('is not held up by bytes that are gone already', async () => {
    const { ada, conversationId } = await pair(relay);
    const id = await as(ada).upload(conversationId, ciphertext(10), 60);
    await rm(join(relay.attachmentsDirectory, id.slice(0, 2), id));
    expect((await as(ada).download(id)).code).toBe('not_found');
    relay.clock.advance(2 * DAY_MS);
    await sweep().sweep();
    expect(await rowsOf(id)).toEqual([]);
  });

  it('says in the log how much it deleted, and of whom nothing', async () => {
    const folder = join(relay.attachmentsDirectory, 'bb');
    const orphan = 'bb000000-0000-4000-8000-000000000001';
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, orphan), 'x');
    relay.clock.advance(2 * DAY_MS);
    await sweep().sweepAbandoned();
    const lines = relay.logLines.join('');
    expect(lines).toContain('bytes without an attachment deleted');
    expect(lines).not.toContain(orphan);
  });
});

describe('the disk', () => {
  it('that is full refuses, and the upload goes on when there is room', async () => {
    const { ada, conversationId } = await pair(relay);
    const bytes = ciphertext(100_000);
    const id = await as(ada).begin({ conversationId, length: bytes.length });
    const blocked = await blockedPath(relay.attachmentsDirectory, id);
    const { status, code, headers } = await as(ada).send(id, 0, bytes);
    expect([status, code, headers.get('retry-after')]).toEqual([507, 'storage_full', '60']);
    expect(await as(ada).offset(id)).toBe(0);
    await blocked.clear();
    expect((await as(ada).send(id, 0, bytes)).status).toBe(204);
    expect((await as(ada).download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('that has lost bytes is not trusted: the upload goes on from what is there', async () => {
    const { ada, conversationId } = await pair(relay);
    const bytes = ciphertext(100);
    const id = await as(ada).begin({ conversationId, length: 100 });
    await as(ada).send(id, 0, bytes.subarray(0, 60));
    await writeFile(join(relay.attachmentsDirectory, id.slice(0, 2), id), bytes.subarray(0, 20));
    expect((await as(ada).send(id, 60, bytes.subarray(60))).code).toBe('upload_offset_mismatch');
    expect(await as(ada).offset(id)).toBe(20);
    await as(ada).send(id, 20, bytes.subarray(20));
    expect((await as(ada).download(id)).bytes.equals(bytes)).toBe(true);
  });
});

describe('transfers', () => {
  it('of one account are so many at once, and no more', async () => {
    const { ada, conversationId } = await pair(relay);
    const ids = await Promise.all(
      Array.from({ length: LIMITS.uploadsAtOnce + 1 }, () => as(ada).begin({ conversationId, length: 10 })),
    );
    const last = ids.pop()!;
    const open = ids.map((id) => as(ada).stretch(id, 0, 10));
    await Promise.all(open.map((stretch) => stretch.write(ciphertext(5))));
    await until(async () => (await blobs()).filter((id) => ids.includes(id)).length === ids.length, 'all are received');
    const { status, code, headers } = await as(ada).send(last, 0, ciphertext(10));
    expect([status, code, headers.get('retry-after')]).toEqual([429, 'rate_limited', '2']);
    for (const stretch of open) stretch.breakOff();
    await until(async () => (await as(ada).send(last, 0, ciphertext(10))).status === 204, 'there is room again');
  });

  it('may take longer than any other request', async () => {
    const { ada, conversationId } = await pair(relay);
    const { server } = relay.part(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
    const usualMs = server.requestTimeout;
    server.requestTimeout = 500;
    const bytes = ciphertext(100_000);
    const id = await as(ada).begin({ conversationId, length: bytes.length });
    const stretch = as(ada).stretch(id, 0, bytes.length);
    await stretch.write(bytes.subarray(0, 50_000));
    const other = new OpenStretch(`${relay.url}/v1/auth/me`, {
      authorization: `Bearer ${ada.token}`,
      'content-type': 'application/json',
      'content-length': '1000',
    });
    await other.write(Buffer.from('{'));
    expect((await other.answered).status).toBe(408);
    await stretch.write(bytes.subarray(50_000));
    stretch.end();
    expect((await stretch.answered).status).toBe(204);
    server.requestTimeout = usualMs;
    expect((await as(ada).download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('do not keep a relay from stopping, and what came of them is kept', async () => {
    const { ada, conversationId } = await pair(relay);
    const bytes = ciphertext(100_000);
    const id = await as(ada).begin({ conversationId, length: bytes.length });
    const stretch = as(ada).stretch(id, 0, bytes.length);
    await stretch.write(bytes.subarray(0, 50_000));
    await until(async () => (await blobs()).includes(id), 'it is being received');
    const stoppedIn = performance.now();
    await relay.restart();
    expect(performance.now() - stoppedIn).toBeLessThan(5_000);
    expect((await stretch.answered).status).not.toBe(204);
    const offset = await as(ada).offset(id);
    await as(ada).send(id, offset, bytes.subarray(offset));
    expect((await as(ada).download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('go on at another relay of the same database and folder', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const beside = await TestRelay.start({ beside: relay });
    const [here, there] = [as(ada), new Attacher(beside, ada)];
    const bytes = ciphertext(90_000);
    const id = await here.begin({ conversationId, length: bytes.length });
    await there.send(id, 0, bytes.subarray(0, 30_000));
    await here.send(id, 30_000, bytes.subarray(30_000, 60_000));
    const hanging = here.stretch(id, 60_000, 30_000);
    await hanging.write(bytes.subarray(60_000, 61_000));
    const path = join(relay.attachmentsDirectory, id.slice(0, 2), id);
    await until(async () => (await stat(path)).size === 61_000, 'the first relay has some more');
    expect((await there.send(id, 60_000, bytes.subarray(60_000))).status).toBe(204);
    await hanging.write(bytes.subarray(61_000));
    hanging.end();
    expect((await hanging.answered).status).toBe(409);
    const both = await Promise.all([as(bob).download(id), new Attacher(beside, bob).download(id)]);
    expect(both.map((read) => read.bytes.equals(bytes))).toEqual([true, true]);
    await beside.stop();
  });
});
