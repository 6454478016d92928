import { encodeBase64Url, welcomeRefs } from '#crypto';
import { DURATIONS, LIMITS, MLS_SUITES } from '#protocol';
import { isRefusal } from '../relay/relay.errors.js';
import type { StoredRecord } from '../store/sealed-store.js';
import { OWN_KEY_PACKAGES, type OwnKeyPackage } from './account-records.js';
import type { OpenAccount } from './open-account.js';

/** What has less left is replaced: whoever claims it needs time to use it. */
const RENEWAL_SECONDS = 14 * 86_400;
/** Of one request: its body holds about seventy. */
const UPLOAD_PACKAGES = 50;
/** Claimed ones whose Welcome never came lie here until they expire; beyond this the oldest go. */
const MAX_STORED = 800;

/** What opens a Welcome. */
export interface KeyPackageSecrets {
  /** Of its row in the table `keyPackages`, to be deleted in the same write that stores the group, unless it is a last resort. */
  readonly key: string;
  readonly version: number;
  readonly secrets: Uint8Array<ArrayBuffer>;
  readonly lastResort: boolean;
}

type Stored = StoredRecord<OwnKeyPackage>;

/** The key packages by which others bring this device into groups: what waits at the relay, and the secrets of each here. */
export class KeyPackageStock {
  private replenishing: Promise<void> | undefined;

  constructor(private readonly account: Pick<OpenAccount, 'store' | 'relay' | 'engine'>) {}

  /**
   * Counts what the relay has, and uploads what is missing or will expire soon: after connecting, and on `keyPackages:low`.
   * Their secrets are stored first.
   *
   * @throws {RelayRefusal} `device_not_listed` when the list of devices does not have this one.
   * @throws {RelayUnreachableError} when no answer came: what was made is uploaded the next time.
   */
  replenish(): Promise<void> {
    this.replenishing ??= this.fill().finally(() => (this.replenishing = undefined));
    return this.replenishing;
  }

  /**
   * The secrets that a Welcome is for.
   *
   * @returns undefined when it is for no key package of this device, or for one that was used or has expired.
   * @throws {MlsError} `malformed` or `too_large` for what is no Welcome.
   */
  async secretsFor(welcome: Uint8Array): Promise<KeyPackageSecrets | undefined> {
    for (const ref of await welcomeRefs(welcome)) {
      const found = await this.account.store.get(OWN_KEY_PACKAGES, ref);
      if (found === undefined) continue;
      const { key, version, record } = found;
      return { key, version, secrets: record.secrets, lastResort: record.lastResort };
    }
    return undefined;
  }

  private async fill(): Promise<void> {
    const kept = await this.forgetOld();
    await this.upload(kept.filter(({ record }) => record.pending !== undefined));
    const { counts } = await this.account.relay.call((api) => api.GET('/v1/devices/me/key-packages/count'));
    const { available = 0, lastResort = false } = counts.find(({ suite }) => suite === MLS_SUITES.xWing) ?? {};
    const lastsUntil = this.nowSeconds() + RENEWAL_SECONDS;
    const expiring = kept.filter(({ record }) => !record.lastResort && record.notAfter < lastsUntil).length;
    const missing = Math.max(0, LIMITS.keyPackageStock - Math.max(0, available - expiring));
    const hasLastResort = lastResort && kept.some(({ record }) => record.lastResort && record.notAfter >= lastsUntil);
    await this.upload(await this.make(missing, !hasLastResort));
  }

  private async make(count: number, withLastResort: boolean): Promise<Stored[]> {
    const { engine, store } = this.account;
    const notBefore = this.nowSeconds() - DURATIONS.keyPackageSlackSeconds / 2;
    const notAfter = notBefore + DURATIONS.keyPackageSeconds;
    const made: Stored[] = [];
    for (let n = 0; n < count + Number(withLastResort); n++) {
      const lastResort = n === count;
      const { keyPackage, secrets, welcomeRef } = await engine.createKeyPackage({ notBefore, notAfter, lastResort });
      made.push({ key: welcomeRef, version: 1, record: { secrets, lastResort, notAfter, pending: keyPackage } });
    }
    await store.write({ put: made.map(({ key, record }) => OWN_KEY_PACKAGES.put(key, record)) });
    return made;
  }

  private async upload(waiting: readonly Stored[]): Promise<void> {
    for (let next = 0; next < waiting.length; next += UPLOAD_PACKAGES)
      await this.uploadAtOnce(waiting.slice(next, next + UPLOAD_PACKAGES));
  }

  private async uploadAtOnce(waiting: readonly Stored[]): Promise<void> {
    const { relay, store } = this.account;
    const keyPackages = waiting.flatMap(({ record: { pending, lastResort } }) =>
      pending === undefined ? [] : [{ body: encodeBase64Url(pending), ...(lastResort && { lastResort }) }],
    );
    try {
      await relay.call((api) => api.POST('/v1/devices/me/key-packages', { body: { keyPackages } }));
    } catch (error) {
      // Those are taken at no time: of a device whose clock was wrong, or whose keys are others by now.
      if (isRefusal(error, 'invalid_request')) await store.write({ delete: waiting.map(placeOf) });
      throw error;
    }
    const uploaded = waiting.map(({ key, version, record: { pending: _done, ...record } }) =>
      OWN_KEY_PACKAGES.put(key, record, version),
    );
    await store.write({ put: uploaded });
  }

  /** @returns what is left, the oldest first. */
  private async forgetOld(): Promise<Stored[]> {
    const stored = await this.account.store.scan(OWN_KEY_PACKAGES);
    stored.sort((one, other) => one.record.notAfter - other.record.notAfter);
    const kept = stored.filter(({ record }) => record.notAfter > this.nowSeconds()).slice(-MAX_STORED);
    const old = stored.filter((one) => !kept.includes(one));
    if (old.length > 0) await this.account.store.write({ delete: old.map(placeOf) });
    return kept;
  }

  private nowSeconds(): number {
    return Math.floor(this.account.relay.nowMs() / 1_000);
  }
}

const placeOf = ({ key }: Stored) => ({ table: OWN_KEY_PACKAGES.table, key });
