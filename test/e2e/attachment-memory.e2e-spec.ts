import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pair, recordEvidence, scaled } from '#testing';
import { BuiltRelay } from '../chaos/built-relay.js';
import { Attacher, ciphertext } from './attaching.js';

const MEBIBYTE = 1024 ** 2;
const LENGTH = scaled({ ci: 256, gate: 1_024 }) * MEBIBYTE;
const MOST_GROWTH = 200 * MEBIBYTE;

jest.setTimeout(300_000);

let relay: BuiltRelay;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ relay, remove } = await BuiltRelay.onDatabase());
}, 120_000);
afterAll(() => remove());

/** The most memory that the relay ever had, as Linux counts it. */
async function peakBytes(): Promise<number> {
  const status = await readFile(`/proc/${relay.pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

describe('the memory of the relay', () => {
  it('does not grow with what is uploaded and downloaded', async () => {
    const { ada, conversationId } = await pair(relay);
    const attacher = new Attacher(relay, ada);
    const piece = ciphertext(MEBIBYTE);
    await attacher.download(await attacher.upload(conversationId, piece));
    const before = await peakBytes();

    const id = await attacher.begin({ conversationId, length: LENGTH });
    const stretch = attacher.stretch(id, 0, LENGTH);
    const sent = createHash('sha256');
    for (let bytes = 0; bytes < LENGTH; bytes += MEBIBYTE) {
      await stretch.write(piece);
      sent.update(piece);
    }
    stretch.end();
    expect((await stretch.answered).status).toBe(204);
    const afterUpload = (await peakBytes()) - before;

    const response = await fetch(`${relay.url}/v1/attachments/${id}`, {
      headers: { authorization: `Bearer ${ada.token}` },
    });
    const read = createHash('sha256');
    for await (const chunk of response.body!) read.update(chunk as Uint8Array);
    expect(read.digest('hex')).toBe(sent.digest('hex'));
    const afterDownload = (await peakBytes()) - before;

    const [uploadMiB, downloadMiB] = [afterUpload, afterDownload].map((bytes) => Math.round(bytes / MEBIBYTE));
    recordEvidence('C-36', { fileMiB: LENGTH / MEBIBYTE, uploadGrownMiB: uploadMiB!, downloadGrownMiB: downloadMiB! });
    expect(afterUpload).toBeLessThan(MOST_GROWTH);
    expect(afterDownload).toBeLessThan(MOST_GROWTH);
  });
});
