import type { Config } from '../platform/config/config.js';
import type { Log } from '../platform/logging/log.js';
import { attachmentsFolder } from './blob-path.js';
import type { Blobs } from './blobs.js';
import { DiskBlobs } from './disk-blobs.js';
import { S3Blobs } from './s3-blobs.js';
import { S3Objects } from './s3-objects.js';

/** Where the settings say that attachments are kept. */
export async function openBlobs(config: Config, log: Log): Promise<Blobs> {
  const { S3_BUCKET: bucket, S3_PREFIX: prefix } = config;
  if (bucket !== undefined) return new S3Blobs(await S3Objects.connect(bucket, config, log), prefix);
  return new DiskBlobs(attachmentsFolder(config));
}
