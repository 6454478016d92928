import { LIMITS } from '#protocol';

/** A token bucket: `burst` at once, full again after `seconds`. */
export interface Bucket {
  readonly burst: number;
  readonly seconds: number;
}

interface Limit extends Bucket {
  /** Whether a relay counts for itself when the store behind a shared limit is down; otherwise nobody passes. */
  readonly failOpen: boolean;
  /** Hot limits stay in this process even when Redis is configured: a device talks to one node at a time. */
  readonly local?: true;
  /** Whether an admin may let an account have more of it, or less: it guards effort, not secrets. */
  readonly scales?: true;
  readonly about: string;
}

/** Every rate limit of the relay. Override one with `LIMITS=id=burst/seconds`. */
export const LIMIT_TABLE = {
  loginPair: { burst: 5, seconds: 900, failOpen: false, about: 'sign-ins per account and address' },
  loginDevice: { burst: 5, seconds: 900, failOpen: false, about: 'sign-ins per known device and address' },
  loginAddress: { burst: 20, seconds: 900, failOpen: false, about: 'sign-ins per address' },
  register: { burst: 6, seconds: 180, failOpen: false, about: 'registrations per address' },
  recoveryPair: { burst: 5, seconds: 900, failOpen: false, about: 'recoveries per account and address' },
  recoveryAddress: { burst: 20, seconds: 900, failOpen: false, about: 'recoveries per address' },
  reauthenticate: { burst: 5, seconds: 900, failOpen: false, about: 'confirmations of the secret per session' },
  mfaCode: {
    burst: 5,
    seconds: 30,
    failOpen: false,
    about: 'second factors shown per account and address, or session',
  },
  totpAccount: {
    burst: 100,
    seconds: 86_400,
    failOpen: false,
    about: 'codes of authenticator apps per account that signs in',
  },
  mfaChallenges: {
    burst: 30,
    seconds: 600,
    failOpen: false,
    about: 'second factors asked for per account and address, or session',
  },
  refresh: { burst: 60, seconds: 600, failOpen: true, about: 'refreshes per address' },
  strangersAccount: { burst: 100, seconds: 90_000, failOpen: false, about: 'strangers looked up per account' },
  strangersAddress: { burst: 100, seconds: 90_000, failOpen: false, about: 'strangers looked up per address' },
  identityKeys: { burst: 30, seconds: 86_400, failOpen: false, about: 'identity keys uploaded per account' },
  devices: {
    burst: 30,
    seconds: 3_600,
    failOpen: true,
    scales: true,
    about: 'devices added, renamed or listed per account',
  },
  keyPackages: { burst: 30, seconds: 3_600, failOpen: true, scales: true, about: 'uploads of key packages per device' },
  keyPackageClaims: { burst: 6, seconds: 3_600, failOpen: false, about: 'key packages claimed per claimer and target' },
  linking: {
    burst: 20,
    seconds: 600,
    failOpen: false,
    about: 'linking slots opened per address, or answered per device',
  },
  linkingReads: { burst: 240, seconds: 120, failOpen: true, about: 'linking slots read per address, or per device' },
  attachments: { burst: 120, seconds: 600, failOpen: true, scales: true, about: 'attachments begun per account' },
  vault: { burst: 240, seconds: 600, failOpen: true, scales: true, about: 'changes of the vault per account' },
  auditExports: { burst: 10, seconds: 3_600, failOpen: true, about: 'exports of security events per account' },
  reports: { burst: 10, seconds: 86_400, failOpen: false, about: 'reports of abuse per account' },
  adminActs: { burst: 120, seconds: 3_600, failOpen: false, about: 'what an admin does' },
  push: {
    burst: 60,
    seconds: 3_600,
    failOpen: true,
    scales: true,
    about: 'changes of how a device is woken, per device',
  },
  profile: { burst: 30, seconds: 3_600, failOpen: true, scales: true, about: 'changes of the profile per account' },
  messages: { burst: 60, seconds: 3, failOpen: true, scales: true, local: true, about: 'messages per device' },
  bytes: {
    burst: LIMITS.bytesPerAccountAndDay,
    seconds: 86_400,
    failOpen: true,
    scales: true,
    local: true,
    about: 'bytes of messages and commits per account',
  },
  receipts: { burst: 60, seconds: 3, failOpen: true, scales: true, local: true, about: 'receipt updates per device' },
  typing: { burst: 20, seconds: 20, failOpen: true, scales: true, local: true, about: 'typing signals per device' },
  sync: { burst: 60, seconds: 60, failOpen: true, scales: true, local: true, about: 'syncs per device' },
  events: { burst: 200, seconds: 4, failOpen: true, scales: true, local: true, about: 'events of any kind per socket' },
  socketBytes: {
    burst: 8 * 1024 ** 2,
    seconds: 4,
    failOpen: true,
    scales: true,
    local: true,
    about: 'bytes of any kind received per socket',
  },
  requests: {
    burst: 600,
    seconds: 30,
    failOpen: true,
    scales: true,
    local: true,
    about: 'signed-in requests of any kind per device',
  },
  anonymous: { burst: 300, seconds: 60, failOpen: true, local: true, about: 'anonymous requests per address' },
  commits: { burst: 60, seconds: 120, failOpen: true, scales: true, about: 'commits and group infos per device' },
  conversations: {
    burst: 60,
    seconds: 600,
    failOpen: true,
    scales: true,
    about: 'conversations started or changed per account',
  },
} as const satisfies Record<string, Limit>;

export type LimitId = keyof typeof LIMIT_TABLE;

export function isLimitId(text: string): text is LimitId {
  return Object.hasOwn(LIMIT_TABLE, text);
}

export const LIMIT_IDS = Object.keys(LIMIT_TABLE).filter(isLimitId);
