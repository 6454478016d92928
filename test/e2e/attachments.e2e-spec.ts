import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '#protocol';
import { call, pair, people, TestRelay, until } from '#testing';
import { Attacher, ciphertext, metadata } from './attaching.js';

const relay = TestRelay.duringTests();

async function scene() {
  const { ada, bob, conversationId } = await pair(relay);
  return { ada: new Attacher(relay, ada), bob: new Attacher(relay, bob), conversationId };
}

describe('an attachment', () => {
  it('is uploaded in pieces, and read by everybody in the conversation, byte for byte', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(300_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    expect(await ada.offset(id)).toBe(0);
    for (const [from, to] of [
      [0, 1],
      [1, 100_000],
      [100_000, 300_000],
    ] as const) {
      const { status, headers } = await ada.send(id, from, bytes.subarray(from, to));
      expect([status, headers.get('upload-offset')]).toEqual([204, String(to)]);
    }
    for (const reader of [ada, bob]) {
      const { status, headers, bytes: read } = await reader.download(id);
      expect([status, headers.get('content-length'), read.equals(bytes)]).toEqual([200, '300000', true]);
    }
  });

  it('is served as nothing that a browser would show, run or keep (C-36)', async () => {
    const { ada, conversationId } = await scene();
    const id = await ada.upload(conversationId, Buffer.from('<script>alert(1)</script>'));
    for (const { headers } of [await ada.download(id), await ada.download(id, 'bytes=0-3')]) {
      const shown = [
        ...['content-type', 'content-disposition', 'x-content-type-options', 'cache-control', 'accept-ranges'],
        'content-security-policy',
      ].map((name) => headers.get(name));
      expect(shown).toEqual([
        ...['application/octet-stream', 'attachment', 'nosniff', 'no-store', 'bytes'],
        expect.stringMatching(/^default-src 'none'.*; sandbox$/),
      ]);
    }
  });

  it('has a random id, which nothing of it tells (C-36)', async () => {
    const { ada, conversationId } = await scene();
    const same = ciphertext(10);
    const [one, other] = [await ada.upload(conversationId, same), await ada.upload(conversationId, same)];
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one).not.toBe(other);
  });

  it('is read in parts', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(1_000);
    const id = await ada.upload(conversationId, bytes);
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=10-19', 10, 19],
      ['bytes=990-', 990, 999],
      ['bytes=995-5000', 995, 999],
      ['bytes=-7', 993, 999],
      ['bytes=-2000', 0, 999],
    ] as const) {
      const { status, headers, bytes: read } = await bob.download(id, range);
      expect([status, headers.get('content-range')]).toEqual([206, `bytes ${from}-${to}/1000`]);
      expect(read.equals(bytes.subarray(from, to + 1))).toBe(true);
    }
  });

  it('says how long it is to who asks for what it does not have, and ignores what is no range', async () => {
    const { ada, conversationId } = await scene();
    const id = await ada.upload(conversationId, ciphertext(1_000));
    for (const range of ['bytes=1000-', 'bytes=-0']) {
      const { status, code, headers } = await ada.download(id, range);
      expect([status, code]).toEqual([416, 'range_not_satisfiable']);
      expect(headers.get('content-range')).toBe('bytes */1000');
    }
    for (const range of ['bytes=5-4', 'bytes=0-1,5-6', 'lines=1-2', 'nonsense'])
      expect((await ada.download(id, range)).status).toBe(200);
    const withVersion = await ada.ask('GET', `/${id}`, { range: 'bytes=0-1', 'if-range': '"1"' });
    expect([withVersion.status, withVersion.bytes.length]).toEqual([200, 1_000]);
  });
});

describe('an upload', () => {
  it('that broke off goes on from what had come', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(2_000_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    const broken = ada.stretch(id, 0, bytes.length);
    await broken.write(bytes.subarray(0, 700_000));
    await until(async () => (await blobBytes(id)) >= 600_000, 'most of it has been written');
    broken.breakOff();
    let offset = 0;
    await until(async () => (offset = await ada.offset(id)) > 0, 'what came is noted');
    expect(offset).toBeLessThanOrEqual(await blobBytes(id));
    expect((await ada.send(id, offset, bytes.subarray(offset))).status).toBe(204);
    expect((await bob.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('goes on nowhere but where it stands', async () => {
    const { ada, bob, conversationId } = await scene();
    const bytes = ciphertext(100);
    const id = await ada.begin({ conversationId, length: 100 });
    await ada.send(id, 0, bytes.subarray(0, 50));
    for (const offset of [0, 49, 51, 100]) {
      const { status, code } = await ada.send(id, offset, bytes.subarray(50));
      expect([status, code]).toEqual([409, 'upload_offset_mismatch']);
    }
    expect(await ada.offset(id)).toBe(50);
    expect((await bob.download(id)).code).toBe('not_found');
    await ada.send(id, 50, bytes.subarray(50));
    expect((await bob.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('takes nothing beyond its length, declared or not', async () => {
    const { ada, conversationId } = await scene();
    const id = await ada.begin({ conversationId, length: 100 });
    const declared = await ada.send(id, 0, ciphertext(101));
    expect([declared.status, declared.code]).toEqual([413, 'attachment_too_large']);
    const open = ada.stretch(id, 0);
    await open.write(ciphertext(101));
    open.end();
    expect(await open.answered).toEqual({ status: 413, code: 'attachment_too_large' });
    expect(await ada.offset(id)).toBe(0);
    await ada.send(id, 0, ciphertext(100));
    expect((await ada.send(id, 100, ciphertext(1))).code).toBe('attachment_too_large');
    expect((await ada.send(id, 100, Buffer.alloc(0))).status).toBe(204);
  });

  it('is one: of two requests that go on with it at once, one succeeds, and the other is told', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(200_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    const replies = await Promise.all(Array.from({ length: 4 }, () => ada.send(id, 0, bytes)));
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409]);
    expect(replies.filter(({ status }) => status === 409).map(({ code }) => code)).toEqual(
      Array.from({ length: 3 }, () => 'upload_offset_mismatch'),
    );
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('is taken over from a connection that hangs', async () => {
    const { ada, conversationId } = await scene();
    const bytes = ciphertext(100_000);
    const id = await ada.begin({ conversationId, length: bytes.length });
    const hanging = ada.stretch(id, 0, bytes.length);
    await hanging.write(bytes.subarray(0, 10_000));
    await until(async () => (await blobBytes(id)) === 10_000, 'the first of it is written');
    expect((await ada.send(id, 0, bytes)).status).toBe(204);
    await hanging.write(bytes.subarray(10_000));
    hanging.end();
    expect(await hanging.answered).toEqual({ status: 409, code: 'upload_offset_mismatch' });
    expect((await ada.download(id)).bytes.equals(bytes)).toBe(true);
  });

  it('is the business of who began it, and only while it is in the conversation', async () => {
    const { ada, bob, conversationId } = await scene();
    const stranger = new Attacher(relay, (await people(relay, 1))[0]);
    const id = await ada.begin({ conversationId, length: 100 });
    for (const other of [bob, stranger])
      for (const { status, code } of [await other.send(id, 0, ciphertext(100)), await other.remove(id)])
        expect([status, code]).toEqual([404, 'not_found']);
    for (const other of [bob, stranger]) expect((await other.head(id)).status).toBe(404);
    expect(await ada.offset(id)).toBe(0);
  });

  it('keeps no name of a file: what clients of tus would tell of one is refused', async () => {
    const { ada, conversationId } = await scene();
    for (const more of [{ filename: 'secret.pdf' }, { filetype: 'image/png' }]) {
      const { code } = await ada.post({
        'upload-length': '1',
        'upload-metadata': metadata({ conversationId, ...more }),
      });
      expect(code).toBe('invalid_request');
    }
  });

  it.each([
    ['no length', { 'upload-metadata': 'M' }],
    ['no bytes', { 'upload-length': '0', 'upload-metadata': 'M' }],
    ['less than none', { 'upload-length': '-1', 'upload-metadata': 'M' }],
    ['a length that is no number', { 'upload-length': '1e3', 'upload-metadata': 'M' }],
    ['a length that is yet to be told', { 'upload-defer-length': '1', 'upload-metadata': 'M' }],
    ['no conversation', { 'upload-length': '1' }],
    ['a conversation twice', { 'upload-length': '1', 'upload-metadata': 'M,M' }],
    ['a conversation that is no id', { 'upload-length': '1', 'upload-metadata': metadata({ conversationId: 'x' }) }],
    ['a value that is no base64', { 'upload-length': '1', 'upload-metadata': 'conversationId ***' }],
    ['no time at all', { 'upload-length': '1', 'upload-metadata': `M,${metadata({ expiresIn: 0 })}` }],
    ['more time than a year', { 'upload-length': '1', 'upload-metadata': `M,${metadata({ expiresIn: 31_536_001 })}` }],
  ])('does not begin with %s', async (_what, headers) => {
    const { ada, conversationId } = await scene();
    const own = Object.entries(headers).map(([name, value]) => [
      name,
      value.replaceAll('M', name === 'upload-metadata' ? metadata({ conversationId }) : 'M'),
    ]);
    const { status, code } = await ada.post(Object.fromEntries(own) as Record<string, string>);
    expect([status, code]).toEqual([400, 'invalid_request']);
  });

  it('has to be of a version of tus that is spoken, and of its type', async () => {
    const { ada, conversationId } = await scene();
    const id = await ada.begin({ conversationId, length: 10 });
    for (const version of ['', '0.2.2', '1.0.1']) {
      const { status, code, headers } = await ada.send(id, 0, ciphertext(10), { 'tus-resumable': version });
      expect([status, code, headers.get('tus-version')]).toEqual([412, 'unsupported_tus_version', '1.0.0']);
    }
    for (const type of ['application/octet-stream', 'text/plain', 'multipart/form-data; boundary=x'])
      expect((await ada.send(id, 0, ciphertext(10), { 'content-type': type })).code).toBe('unsupported_media_type');
    const json = await ada.send(id, 0, Buffer.from('{"a":1234}'), { 'content-type': 'application/json' });
    expect(json.code).toBe('unsupported_media_type');
    expect((await ada.send(id, 0, ciphertext(10), { 'upload-offset': 'zero' })).code).toBe('invalid_request');
    expect(await ada.offset(id)).toBe(0);
  });

  it('has its own type of body, which no other route takes', async () => {
    const { ada, conversationId } = await scene();
    const headers = { 'content-type': 'application/offset+octet-stream' };
    const path = `/v1/conversations/${conversationId}/messages`;
    const { status, body } = await call(relay, 'POST', path, { body: 'x', token: ada.user.token, headers });
    expect([status, body.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('is no larger than the relay announces', async () => {
    const { ada, conversationId } = await scene();
    const { body } = await call(relay, 'GET', '/v1/server');
    expect(body.limits.attachmentBytes).toBe(LIMITS.attachmentBytes);
    const { status, code } = await ada.create({ conversationId, length: LIMITS.attachmentBytes + 1 });
    expect([status, code]).toEqual([413, 'attachment_too_large']);
    expect((await ada.create({ conversationId, length: LIMITS.attachmentBytes })).status).toBe(201);
  });
});

async function blobBytes(id: string): Promise<number> {
  const found = await stat(join(relay.attachmentsDirectory, id.slice(0, 2), id)).catch(() => undefined);
  return found?.size ?? 0;
}
