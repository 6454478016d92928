import type { Readable } from 'node:stream';
import type * as Sdk from '@aws-sdk/client-s3';
import type { Config } from '../platform/config/config.js';
import { Unavailable } from '../platform/errors/refusal.js';
import type { Log } from '../platform/logging/log.js';
import type { ByteRange } from './attachment.js';
import { StorageFull } from './attachments.errors.js';

interface ListedObject {
  readonly key: string;
  readonly multipartId: string | null;
  readonly changedAt: Date;
}

interface Part {
  readonly PartNumber: number;
  readonly ETag: string;
}

interface PartPlace {
  readonly key: string;
  readonly multipartId: string;
  readonly number: number;
}

const CONNECT_MS = 5_000;
/** Of a store that neither takes nor gives anything. */
const SILENCE_MS = 30_000;
const ATTEMPTS = 3;
/** More than there are transfers at once: readers who take their time must not keep others waiting. */
const AGENT = { keepAlive: true, maxSockets: 1_024 };

type S3Config = Pick<
  Config,
  'S3_ENDPOINT' | 'S3_REGION' | 'S3_ADDRESSING' | 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'
>;

/** The few operations on objects of a bucket that blobs are made of. */
export class S3Objects {
  private constructor(
    private readonly sdk: typeof Sdk,
    private readonly client: Sdk.S3Client,
    private readonly bucket: string,
    private readonly log: Log,
  ) {}

  /** Loads the client: a relay without an object store does without. */
  static async connect(bucket: string, config: S3Config, log: Log): Promise<S3Objects> {
    const sdk = await import('@aws-sdk/client-s3');
    const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
    const hasKey = accessKeyId !== undefined && secretAccessKey !== undefined;
    const client = new sdk.S3Client({
      region: config.S3_REGION,
      forcePathStyle: config.S3_ADDRESSING === 'path',
      maxAttempts: ATTEMPTS,
      // Stores of others know no checksums but those that are asked for.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS, httpAgent: AGENT, httpsAgent: AGENT },
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(hasKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    });
    return new S3Objects(sdk, client, bucket, log);
  }

  close(): void {
    this.client.destroy();
  }

  async put(key: string, bytes: Buffer): Promise<void> {
    await this.asking(() => this.client.send(new this.sdk.PutObjectCommand({ ...this.at(key), Body: bytes })));
  }

  /** `undefined` if there is no such object. */
  async sizeOf(key: string): Promise<number | undefined> {
    const found = await this.asking(() => unlessAbsent(this.client.send(new this.sdk.HeadObjectCommand(this.at(key)))));
    return found?.ContentLength;
  }

  async read(key: string, { from, to }: ByteRange): Promise<Readable | undefined> {
    const Range = `bytes=${String(from)}-${String(to)}`;
    const found = await this.asking(() =>
      unlessAbsent(this.client.send(new this.sdk.GetObjectCommand({ ...this.at(key), Range }))),
    );
    // In Node the SDK's streams are those of Node.
    return found?.Body as Readable | undefined;
  }

  /** The first bytes of an object, or as many as it has. */
  async take(key: string, bytes: number): Promise<Buffer | undefined> {
    const stream = await this.read(key, { from: 0, to: bytes - 1 });
    if (stream === undefined) return undefined;
    return Buffer.concat(await this.asking(() => stream.toArray() as Promise<Buffer[]>));
  }

  async delete(key: string): Promise<void> {
    await this.asking(() => unlessAbsent(this.client.send(new this.sdk.DeleteObjectCommand(this.at(key)))));
  }

  async beginMultipart(key: string): Promise<string> {
    const { UploadId } = await this.asking(() =>
      this.client.send(new this.sdk.CreateMultipartUploadCommand(this.at(key))),
    );
    return demanded(UploadId);
  }

  /** Whether the store still knew of the upload. */
  async putPart({ key, multipartId, number }: PartPlace, bytes: Buffer): Promise<boolean> {
    const place = { ...this.at(key), UploadId: multipartId, PartNumber: number };
    const put = await this.asking(() =>
      unlessAbsent(this.client.send(new this.sdk.UploadPartCommand({ ...place, Body: bytes }))),
    );
    return put !== undefined;
  }

  /** In order. */
  async listParts(key: string, multipartId: string): Promise<Part[]> {
    const parts: Part[] = [];
    await this.asking(async () => {
      // The SDK's own pages go by the marker alone, which stores send with the last page, too, and some begin anew by.
      for (let after: string | undefined, isLast = false; !isLast;) {
        const place = { ...this.at(key), UploadId: multipartId, PartNumberMarker: after };
        const page = await this.client.send(new this.sdk.ListPartsCommand(place));
        for (const { PartNumber, ETag } of page.Parts ?? [])
          parts.push({ PartNumber: demanded(PartNumber), ETag: demanded(ETag) });
        after = page.NextPartNumberMarker;
        isLast = page.IsTruncated !== true || after === undefined;
      }
    });
    return parts;
  }

  async completeMultipart(key: string, multipartId: string, parts: Part[]): Promise<void> {
    const place = { ...this.at(key), UploadId: multipartId };
    const MultipartUpload = { Parts: parts };
    await this.asking(() =>
      this.client.send(new this.sdk.CompleteMultipartUploadCommand({ ...place, MultipartUpload })),
    );
  }

  async abortMultipart(key: string, multipartId: string): Promise<void> {
    const place = { ...this.at(key), UploadId: multipartId };
    await this.asking(() => unlessAbsent(this.client.send(new this.sdk.AbortMultipartUploadCommand(place))));
  }

  async list(prefix: string): Promise<ListedObject[]> {
    const listed: ListedObject[] = [];
    const pages = this.sdk.paginateListObjectsV2({ client: this.client }, { Bucket: this.bucket, Prefix: prefix });
    await this.asking(async () => {
      for await (const { Contents = [] } of pages)
        for (const { Key, LastModified } of Contents)
          listed.push({ key: demanded(Key), multipartId: null, changedAt: demanded(LastModified) });
    });
    return listed;
  }

  /** Those that were begun and not completed. The first thousand: what is aborted makes room for the next. */
  async listMultiparts(prefix: string): Promise<ListedObject[]> {
    const { Uploads = [] } = await this.asking(() =>
      this.client.send(new this.sdk.ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: prefix })),
    );
    return Uploads.map(({ Key, UploadId, Initiated }) => ({
      ...{ key: demanded(Key), multipartId: demanded(UploadId), changedAt: demanded(Initiated) },
    }));
  }

  private at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: key };
  }

  /** What the store refuses or does not answer is an outage of ours, and no news for clients. */
  private async asking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.log.warn('object store failed', {}, error);
      const refusal = FULL.some((name) => isNamed(error, name)) ? new StorageFull() : new Unavailable();
      throw Object.assign(refusal, { cause: error });
    }
  }
}

const FULL = ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage'];
const ABSENT = ['NoSuchKey', 'NotFound', 'NoSuchUpload'];

async function unlessAbsent<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (ABSENT.some((name) => isNamed(error, name))) return undefined;
    throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name;
}

function demanded<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the object store left something out');
  return value;
}
