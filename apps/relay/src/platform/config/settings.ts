import { z } from 'zod';
import { LIMITS, REGISTRATION_MODES } from '#protocol';
import {
  appIds,
  bearerSecret,
  ellipticKey,
  headerList,
  limitOverrides,
  originList,
  proxyTrust,
  quotaOverrides,
  secretBytes,
  serviceAccount,
  signingKeys,
} from './setting-types.js';

/** An object of S3 has 10,000 parts at most. */
const MOST_ATTACHMENT_BYTES = 64 * 1024 ** 3;

const port = z.coerce.number().int().min(0).max(65_535);

/**
 * Every setting of the relay: the one source of its name, its check, its default and its line in docs/self-hosting.md.
 * A setting marked secret can also be given as `NAME_FILE`, the path of a file that holds the value.
 */
export const SETTINGS = {
  NODE_ENV: {
    schema: z.enum(['production', 'development', 'test']).default('development'),
    about: '`production` refuses generated secrets and hides the API pages unless `API_DOCS=on`.',
  },
  HOST: { schema: z.string().min(1).default('127.0.0.1'), about: 'Address to listen on.' },
  PORT: { schema: port.default(3000), about: 'Port to listen on; 0 takes a free one.' },
  PUBLIC_URL: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about:
      'Origin under which clients reach the relay, for example `https://chat.example.org`. Always an allowed origin.',
  },
  CORS_ORIGINS: {
    schema: originList.default([]),
    about: 'Further web origins allowed to call the API and open sockets, separated by commas. None by default.',
  },
  TRUST_PROXY: {
    schema: proxyTrust.default(false),
    about:
      'Whose `X-Forwarded-For` counts: `off`, or the addresses of the reverse proxies (CIDR, separated by commas).',
  },
  DATA_DIR: {
    schema: z.string().min(1).default('.data'),
    about:
      'Folder of the embedded PostgreSQL, of generated secrets and of attachments. Unused when all are configured.',
  },
  WEB_DIR: {
    schema: z.string().min(1).default('dist/web'),
    about: 'Folder of the built web app, served at `/`. Where there is none, the relay runs without it.',
  },
  ATTACHMENTS_DIR: {
    schema: z.string().min(1).optional(),
    about: 'Folder of attachments, `attachments` within `DATA_DIR` by default. Unused with `S3_BUCKET`.',
  },
  ATTACHMENT_MAX_BYTES: {
    schema: z.coerce.number().int().min(1).max(MOST_ATTACHMENT_BYTES).default(LIMITS.attachmentBytes),
    about: 'Ciphertext of one attachment. A file is up to 6 % larger in it.',
  },
  S3_BUCKET: {
    schema: z.string().min(1).max(63).optional(),
    about: 'Keeps attachments in a bucket of an S3 object store instead of a folder.',
  },
  S3_ENDPOINT: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about: 'Where that store is, for example `https://s3.example.org`. Without it, at AWS.',
  },
  S3_REGION: { schema: z.string().min(1).max(64).default('us-east-1'), about: 'Region of the bucket.' },
  S3_PREFIX: {
    schema: z
      .string()
      .regex(/^([\w.-]+\/)*$/, 'must be names that each end in /')
      .max(200)
      .default('attachments/'),
    about: 'What the names of all objects begin with. Nothing else may be kept below it.',
  },
  S3_ADDRESSING: {
    schema: z.enum(['path', 'host']).default('path'),
    about: '`path` has the bucket in the path of each URL, which every store takes; `host` in the host name.',
  },
  S3_ACCESS_KEY_ID: {
    schema: z.string().min(1).max(256).optional(),
    about: 'Key of the object store. Without it, the role of the machine is asked for one, as AWS has it.',
    secret: true,
  },
  S3_SECRET_ACCESS_KEY: {
    schema: z.string().min(1).max(256).optional(),
    about: 'Secret of that key.',
    secret: true,
  },
  REGISTRATION: {
    schema: z.enum(REGISTRATION_MODES).default('open'),
    about:
      'Who may make an account: everybody (`open`), whoever has an invitation (`invite`), or nobody (`closed`). What an administrator has set since counts instead of it.',
  },
  RETENTION_MAX_DAYS: {
    schema: z.coerce.number().int().min(1).max(LIMITS.retentionDays).optional(),
    about:
      'No message and no attachment is kept longer, whatever its sender or its conversation says; those that are there already are no exception. Without it, there is no such bound. What an administrator has set since counts instead of it.',
  },
  RETENTION_DELIVERED: {
    schema: z.enum(['asked', 'always']).default('asked'),
    about:
      'Whether messages that every device of every member has stored are erased: in conversations whose members asked for it, or `always`.',
  },
  RETENTION_DELIVERED_HOURS: {
    schema: z.coerce.number().int().min(0).max(8_760).default(24),
    about: 'How long such messages are kept nevertheless, from when they were sent.',
  },
  ACCOUNT_DELETION_GRACE_DAYS: {
    schema: z.coerce.number().int().min(0).max(90).default(14),
    about:
      'For so many days the owner of an account that is to be deleted can keep it by signing in, unless they asked for it at once. 0 deletes at once.',
  },
  REPORT_RETENTION_DAYS: {
    schema: z.coerce.number().int().min(1).max(3_650).default(90),
    about:
      'How long reports of abuse are kept, with the messages that were attached to them and that the operator can read.',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    about: 'PostgreSQL 15 or newer, as the application role. Without it the embedded server is started.',
    secret: true,
  },
  MIGRATION_DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    about: 'The same database as the role that owns the schema. Defaults to `DATABASE_URL`.',
    secret: true,
  },
  DATABASE_POOL_SIZE: {
    schema: z.coerce.number().int().min(4).max(20).default(10),
    about: 'Connections to PostgreSQL; the send path uses two of them, up to five when conversations are contended.',
  },
  DATABASE_SHARDS: {
    schema: z.enum(['off', 'conversation']).default('off'),
    about:
      '`conversation` on a Citus cluster whose log tables are distributed by conversation: each statement that appends or erases is of one. See [scaling.md](scaling.md#several-postgresql-servers).',
  },
  JWT_KEYS: {
    schema: signingKeys.optional(),
    about:
      'Keys of the access tokens as `kid:secret`, separated by commas, each secret 32 bytes or more in base64url. The first signs, all verify: rotate by putting a new one in front.',
    secret: true,
  },
  SERVER_SECRET: {
    schema: secretBytes.optional(),
    about: 'At least 32 bytes in base64url; from it come the salts shown for unknown usernames.',
    secret: true,
  },
  REDIS_URL: {
    schema: z.url({ protocol: /^rediss?$/ }).optional(),
    about:
      'Redis 6.2 or newer for several relays: rate limits that they share, and what they tell each other. In memory, and by PostgreSQL or not at all, by default.',
    secret: true,
  },
  BUS: {
    schema: z.enum(['off', 'postgres', 'redis']).optional(),
    about:
      'By what several relays on one database tell each other what their sockets should hear. `redis` where there is a `REDIS_URL`, `postgres` for several `WORKERS`, and `off` for one relay.',
  },
  WORKERS: {
    schema: z.coerce.number().int().min(1).max(64).default(1),
    about: 'How many processes share the port, on a machine with several cores. Each has its own pool of connections.',
  },
  PUSH: {
    schema: z.enum(['on', 'off']).default('on'),
    about: 'Whether devices that ask for it are woken by push services when they are not connected.',
  },
  PUSH_CONTACT: {
    schema: z
      .string()
      .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must begin with mailto: or https://')
      .max(200)
      .optional(),
    about:
      'Where push services reach the operator, for example `mailto:post@example.org`. `PUBLIC_URL` by default; Apple wants one.',
  },
  PUSH_ALLOWED_ORIGINS: {
    schema: originList.default([]),
    about:
      'Origins of push services that the relay may call though they are in its own network or without TLS, separated by commas, for example a UnifiedPush server at `http://ntfy.lan`.',
  },
  FCM_SERVICE_ACCOUNT: {
    schema: serviceAccount.optional(),
    about:
      'JSON file of the service account that may send by Firebase Cloud Messaging. Without it, FCM is not offered.',
    secret: true,
  },
  FCM_URL: {
    schema: z.url({ protocol: /^https?$/ }).default('https://fcm.googleapis.com'),
    about: 'Where FCM is.',
  },
  APNS_KEY: {
    schema: ellipticKey.optional(),
    about: 'Key of Apple’s push service: the `.p8` file. Without it, APNs is not offered.',
    secret: true,
  },
  APNS_KEY_ID: {
    schema: z
      .string()
      .regex(/^[A-Z0-9]{10}$/)
      .optional(),
    about: 'Id of that key, ten characters.',
  },
  APNS_TEAM_ID: {
    schema: z
      .string()
      .regex(/^[A-Z0-9]{10}$/)
      .optional(),
    about: 'Id of the team whose key it is.',
  },
  APNS_TOPICS: {
    schema: appIds.default([]),
    about: 'Ids of the apps that are woken, separated by commas. The first is meant where a device names none.',
  },
  APNS_URL: {
    schema: z.url({ protocol: /^https?$/ }).default('https://api.push.apple.com'),
    about: 'Where Apple’s push service is; `https://api.sandbox.push.apple.com` for apps under development.',
  },
  LIMITS: {
    schema: limitOverrides.default({}),
    about: 'Overrides of rate limits as `id=burst/seconds`, separated by commas; the ids stand below.',
  },
  QUOTAS: {
    schema: quotaOverrides.default({}),
    about: 'Overrides of quotas as `id=number`, separated by commas; the ids stand below.',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    about: 'Least level that is logged.',
  },
  METRICS_TOKEN: {
    schema: bearerSecret.optional(),
    about:
      'Who shows it as a bearer token may read `/metrics`: at least 32 random bytes in base64url. Without it nobody may.',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: z.url({ protocol: /^https?$/ }).optional(),
    about:
      'Where spans are sent to by OTLP over HTTP, in JSON, for example `http://localhost:4318`. Without it nothing is traced.',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    schema: headerList.default({}),
    about: 'Headers for that, as `name=value`, separated by commas; values percent-encoded.',
    secret: true,
  },
  OTEL_SERVICE_NAME: {
    schema: z.string().min(1).max(100).default('sealpost'),
    about: 'What the relay is called in traces.',
  },
  OTEL_TRACES_SAMPLER_ARG: {
    schema: z.coerce.number().min(0).max(1).default(1),
    about: 'Which part of all requests and events is traced, from 0 to 1.',
  },
  API_DOCS: {
    schema: z.enum(['on', 'off']).optional(),
    about: 'Whether `/docs` and `/docs/events` show the API pages. On, but in production.',
  },
} as const satisfies Record<string, Setting>;

interface Setting {
  readonly schema: z.ZodType;
  readonly about: string;
  readonly secret?: true;
}

export type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };
