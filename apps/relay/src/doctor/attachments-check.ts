import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AttachmentId } from '#protocol';
import { openBlobs } from '../attachments/index.js';
import type { Config } from '../platform/config/config.js';
import type { Log } from '../platform/logging/log.js';
import { fail, type Finding, ok, reasonOf } from './finding.js';

const WHAT = 'attachments';
const PROBE = Buffer.from('a probe of sealpost');

/** Writes, reads and deletes a few bytes where attachments are kept. */
export async function examineAttachments(config: Config, log: Log): Promise<Finding> {
  const place = config.S3_BUCKET === undefined ? 'the folder' : 'the bucket';
  try {
    const found = await roundTrip(config, log);
    return found.equals(PROBE)
      ? ok(WHAT, `${place} takes, gives and deletes files`)
      : fail(WHAT, `${place} gave back something else than it was given: do not use it`);
  } catch (error) {
    return fail(WHAT, `${place} does not work: ${reasonOf(error)}`);
  }
}

async function roundTrip(config: Config, log: Log): Promise<Buffer> {
  const blobs = await openBlobs(config, log);
  const probe = { id: randomUUID() as AttachmentId, length: PROBE.length, received: 0, multipartId: null };
  try {
    let received = 0;
    for await (const progress of blobs.append(probe, Readable.from([PROBE]))) ({ received } = progress);
    const bytes = await blobs.read({ ...probe, received }, { from: 0, to: PROBE.length - 1 });
    return bytes === undefined ? Buffer.alloc(0) : Buffer.concat((await bytes.toArray()) as Buffer[]);
  } finally {
    await blobs.remove(probe);
  }
}
