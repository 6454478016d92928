import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pair, recordEvidence, scaled, Seeded, until } from '#testing';
import { Attacher, ciphertext, type OpenStretch } from '../e2e/attaching.js';
import { BuiltRelay } from './built-relay.js';

const KILLS = scaled({ ci: 4, gate: 20 });
const LENGTH = 96 * 1024 ** 2;
const CHUNK = 64 * 1024;

jest.setTimeout(scaled({ ci: 120_000, gate: 600_000 }));

let relay: BuiltRelay;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ relay, remove } = await BuiltRelay.onDatabase());
}, 120_000);
afterAll(() => remove());

/** Sends the bytes from an offset on, until they are all sent or the connection breaks. */
async function pour(stretch: OpenStretch, bytes: Buffer, offset: number): Promise<void> {
  const over = stretch.answered.then(() => 'over' as const);
  for (let at = offset; at < bytes.length; at += CHUNK) {
    const written = stretch.write(bytes.subarray(at, at + CHUNK)).catch(() => 'over' as const);
    if ((await Promise.race([written, over])) === 'over') return;
  }
  stretch.end();
  await over;
}

test('a relay that is killed while it receives an upload goes on from what is on its disk (C-36)', async () => {
  const random = Seeded.announced('kill-upload');
  const { ada, conversationId } = await pair(relay);
  const attacher = new Attacher(relay, ada);
  const bytes = ciphertext(LENGTH);
  const id = await attacher.begin({ conversationId, length: LENGTH });
  const path = join(relay.dataDirectory, 'attachments', id.slice(0, 2), id);
  const sizeOnDisk = async (): Promise<number> => (await stat(path).catch(() => ({ size: 0 }))).size;
  let noted = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const goal = noted + Math.round(((LENGTH - noted) / (KILLS + 1 - kill + 1)) * (0.5 + random.between(0, 50) / 100));
    const poured = pour(attacher.stretch(id, noted, LENGTH - noted), bytes, noted);
    await until(async () => (await sizeOnDisk()) >= goal, 'more of it is received');
    await relay.kill();
    await poured;
    await relay.start();
    const offset = await attacher.offset(id);
    expect(offset).toBeGreaterThanOrEqual(noted);
    expect(offset).toBeLessThanOrEqual(await sizeOnDisk());
    noted = offset;
  }
  expect((await attacher.send(id, noted, bytes.subarray(noted))).status).toBe(204);
  expect((await attacher.download(id)).bytes.equals(bytes)).toBe(true);
  recordEvidence('C-36', { kills: KILLS, bytes: LENGTH });
});
