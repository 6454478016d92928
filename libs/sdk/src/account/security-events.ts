import type { RelayClient } from '../relay/relay-client.js';
import { type PageOptions, pageAt } from './pages.js';

/** Something that concerned the security of this account, as the relay has put it down. */
export interface SecurityEvent {
  /** Its place among the security events of all accounts of the relay. */
  readonly seq: number;
  readonly at: string;
  /** One of `AUDIT_EVENT_KINDS` of the protocol, or one that this version does not know. */
  readonly kind: string;
  /** One of `AUDIT_ACTORS` of the protocol, or one that this version does not know. */
  readonly actor: string;
  readonly accountId: string;
  /** From where it was done. */
  readonly deviceId: string | null;
  readonly sessionId: string | null;
  /** The device, session, second factor or account that it was done to. */
  readonly subjectId: string | null;
  /** How often, where several are one event. */
  readonly count: number | null;
  readonly previousHash: string;
  /** SHA-256 of all that is above. Whoever keeps it can tell whether the relay shows something else later. */
  readonly hash: string;
}

/** Security events, the newest first. */
export interface SecurityEventPage {
  readonly items: readonly SecurityEvent[];
  /** Of the next page; null after the last. */
  readonly nextCursor: string | null;
}

/** What the relay has signed of its audit log on a day. */
export interface AuditCheckpoint {
  /** 1, 2, 3 … */
  readonly number: number;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  /** The newest record then, and its hash, which all records before it went into. */
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
  readonly publicKey: string;
  readonly signature: string;
}

/** Checkpoints, the newest first. */
export interface AuditCheckpointPage {
  readonly items: readonly AuditCheckpoint[];
  /** Of the next page; null after the last. */
  readonly nextCursor: string | null;
}

type Relay = Pick<RelayClient, 'call'>;

/** @param relay of the account that is open. */
export function securityOf(relay: () => Relay) {
  return {
    /**
     * Sign-ins and failed ones, changes of the password, of keys, devices and sessions: the newest first, a page at a time.
     *
     * @throws {RelayUnreachableError}
     */
    events: (page: PageOptions = {}): Promise<SecurityEventPage> =>
      relay().call((api) => api.GET('/v1/audit', { params: { query: pageAt(page) } })),
    /**
     * All of them, the oldest first: a line of JSON each, as the relay has them. Whoever keeps it can show later that one is
     * another now, or gone.
     *
     * @throws {RelayRefusal} `rate_limited` @throws {RelayUnreachableError}
     *
     * @example
     * await writeFile('security.ndjson', await sealpost.security.export());
     */
    export: (): Promise<string> => relay().call((api) => api.GET('/v1/audit/export', { parseAs: 'text' })),
    /**
     * What the relay has signed of the log that all such events are in. Whoever keeps one can show later whether what was in
     * the log then has been rewritten since: its operator's `verify --kept` reads them, a line of JSON each.
     *
     * @throws {RelayUnreachableError}
     */
    checkpoints: (page: PageOptions = {}): Promise<AuditCheckpointPage> =>
      relay().call((api) => api.GET('/v1/audit/checkpoints', { params: { query: pageAt(page) } })),
  };
}
