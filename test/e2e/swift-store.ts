import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { until } from '#testing';
import { findFreePort } from '../../apps/relay/src/platform/database/embedded/free-port.js';

const PROGRAM = '/usr/bin/swift-proxy-server';
const BUCKET = 'sealpost';
const KEY = { accessKeyId: 'test:tester', secretAccessKey: 'not-a-real-secret' };
const REGION = 'us-east-1';

const SERVERS = ['account', 'container', 'object'] as const;
type Server = (typeof SERVERS)[number];
type Ports = Readonly<Record<Server | 'proxy' | 'cache', number>>;

/**
 * OpenStack Swift with its S3 interface, on one disk: an object store that is not ours and takes no client's word, as Debian's
 * packages `swift-proxy`, `swift-account`, `swift-container`, `swift-object` and `memcached` bring it.
 */
export class SwiftStore {
  private readonly client: S3Client;

  private constructor(
    private readonly directory: string,
    private readonly endpoint: string,
    private readonly servers: readonly ChildProcess[],
  ) {
    this.client = new S3Client({
      ...{ endpoint, region: REGION, credentials: KEY, forcePathStyle: true },
      ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
    });
  }

  static async start(): Promise<SwiftStore> {
    if (!existsSync(PROGRAM))
      throw new Error('swift-proxy, swift-account, swift-container, swift-object and memcached are missing');
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-swift-'));
    const ports = await freePorts();
    await configure(directory, ports);
    const servers = [...SERVERS, 'proxy'].map((name) =>
      spawn(`/usr/bin/swift-${name}-server`, [join(directory, `${name}-server.conf`)], { stdio: 'ignore' }),
    );
    // Who has signed a request it asks there.
    servers.push(spawn('/usr/bin/memcached', cacheArguments(ports.cache), { stdio: 'ignore' }));
    const store = new SwiftStore(directory, `http://127.0.0.1:${String(ports.proxy)}`, servers);
    try {
      await until(() => store.isHealthy(), 'Swift answers', 60_000);
      await until(() => store.hasBucket(), 'its servers do, too', 60_000);
    } catch (error) {
      await store.stop();
      throw error;
    }
    return store;
  }

  /** Settings of a relay that uses it. */
  get environment(): Record<string, string> {
    return {
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: this.endpoint,
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: KEY.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEY.secretAccessKey,
    };
  }

  /** Of objects, with their sizes. */
  async objects(): Promise<Map<string, number>> {
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    return new Map(Contents.map(({ Key = '', Size = 0 }) => [Key, Size]));
  }

  /** Keys of what was begun and is not put together. */
  async multiparts(): Promise<string[]> {
    const { Uploads = [] } = await this.client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
    return Uploads.map(({ Key = '' }) => Key);
  }

  async stop(): Promise<void> {
    this.client.destroy();
    await Promise.all(
      this.servers.map(async (server) => {
        if (server.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit');
      }),
    );
    await rm(this.directory, { recursive: true, force: true });
  }

  private async isHealthy(): Promise<boolean> {
    const response = await fetch(`${this.endpoint}/healthcheck`).catch(() => undefined);
    return response?.ok === true;
  }

  private async hasBucket(): Promise<boolean> {
    return this.client.send(new CreateBucketCommand({ Bucket: BUCKET })).then(
      () => true,
      () => false,
    );
  }
}

async function freePorts(): Promise<Ports> {
  const [account = 0, container = 0, object = 0, proxy = 0, cache = 0] = await Promise.all(
    Array.from({ length: 5 }, () => findFreePort()),
  );
  return { account, container, object, proxy, cache };
}

const cacheArguments = (port: number): string[] => ['-u', 'nobody', '-l', '127.0.0.1', '-p', String(port)];

async function configure(directory: string, ports: Ports): Promise<void> {
  await mkdir(join(directory, 'devices/disk'), { recursive: true });
  const common = (name: Server | 'proxy'): string =>
    ['[DEFAULT]', `bind_ip = 127.0.0.1`, `bind_port = ${String(ports[name])}`, 'user = root', 'workers = 0']
      .concat(`swift_dir = ${directory}`, `devices = ${directory}/devices`, 'mount_check = false')
      .join('\n');
  for (const name of SERVERS) {
    const application = `[pipeline:main]\npipeline = ${name}-server\n[app:${name}-server]\nuse = egg:swift#${name}\n`;
    await writeFile(join(directory, `${name}-server.conf`), `${common(name)}\n${application}`);
    const ring = (...argv: string[]): Buffer =>
      execFileSync('/usr/bin/swift-ring-builder', [join(directory, `${name}.builder`), ...argv]);
    ring('create', '4', '1', '1');
    ring('add', `r1z1-127.0.0.1:${String(ports[name])}/disk`, '1');
    ring('rebalance');
  }
  await writeFile(
    join(directory, 'proxy-server.conf'),
    `${common('proxy')}\n${PROXY}memcache_servers = 127.0.0.1:${String(ports.cache)}\n`,
  );
}

const PROXY = `
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${KEY.secretAccessKey} .admin
[filter:s3api]
use = egg:swift#s3api
location = ${REGION}
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:slo]
use = egg:swift#slo
[filter:cache]
use = egg:swift#memcache
`;
