import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';

/** By what a relay wakes devices that are not connected. */
export interface PushOffers {
  /** For which browsers, and UnifiedPush distributors, subscribe: in base64url; null if there is no Web Push. */
  readonly vapidPublicKey: string | null;
  /** Whether apps are woken by Firebase Cloud Messaging. */
  readonly fcm: boolean;
  /** Ids of the apps that are woken by Apple's push service. */
  readonly apnsTopics: readonly string[];
}

/**
 * Where a device is woken: a Web Push subscription with its keys in base64url, as `PushSubscription.toJSON` has them, or the
 * token of an app.
 */
export type PushTarget =
  | { readonly kind: 'webpush'; readonly endpoint: string; readonly p256dh: string; readonly auth: string }
  | { readonly kind: 'fcm'; readonly token: string }
  /** @param topic the first of {@link PushOffers.apnsTopics} if left out. */
  | { readonly kind: 'apns'; readonly token: string; readonly topic?: string };

/** How this device is woken. Where, the relay tells nobody. */
export interface PushStatus {
  /** `webpush`, `fcm`, `apns`, or one that this version does not know. */
  readonly kind: string;
  readonly muted: boolean;
  /** Until when it is muted; null for good, or if it is not. */
  readonly mutedUntil: string | null;
  readonly registeredAt: string;
}

interface Server {
  readonly push?: PushOffers;
}

const NONE: PushOffers = { vapidPublicKey: null, fcm: false, apnsTopics: [] };

type Relay = Pick<RelayClient, 'call' | 'callAnonymously'>;

/** @param relay of the account that is open. */
export function pushOf(relay: () => Relay) {
  return {
    /**
     * By what the relay wakes devices.
     *
     * @throws {RelayUnreachableError}
     */
    offers: async (): Promise<PushOffers> => {
      // A relay of a version before this has no word of it.
      const server: Server = await relay().callAnonymously((api) => api.GET('/v1/server'));
      const { vapidPublicKey, fcm, apnsTopics } = server.push ?? NONE;
      return { vapidPublicKey, fcm, apnsTopics };
    },
    /**
     * Has this device woken when a message comes and it is not connected: by the same bytes whatever the message is. In place
     * of what was registered before; whether it is muted stays. It ends with the session, so say it again at every start.
     *
     * @throws {RelayRefusal} `push_unsupported` by what the relay does not wake, `invalid_request` for an endpoint that it would
     * not call. @throws {RelayUnreachableError}
     *
     * @example
     * const { vapidPublicKey } = await sealpost.push.offers();
     * const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: vapidPublicKey });
     * const { endpoint, keys } = subscription.toJSON();
     * await sealpost.push.register({ kind: 'webpush', endpoint, p256dh: keys.p256dh, auth: keys.auth });
     */
    register: async (target: PushTarget): Promise<PushStatus> =>
      statusOf(await relay().call((api) => api.PUT('/v1/push', { body: { target } }))),
    /**
     * How this device is woken; undefined if it is not.
     *
     * @throws {RelayUnreachableError}
     */
    status: async (): Promise<PushStatus | undefined> => {
      try {
        return statusOf(await relay().call((api) => api.GET('/v1/push')));
      } catch (error) {
        if (isRefusal(error, 'not_found')) return undefined;
        throw error;
      }
    },
    /**
     * Has this device woken no longer. May be repeated.
     *
     * @throws {RelayUnreachableError}
     */
    unregister: async (): Promise<void> => {
      await relay().call((api) => api.DELETE('/v1/push'));
    },
    /**
     * Does not have this device woken, until a time (ISO 8601) or for good. Which conversations are muted is for the app alone
     * to know: of those it says nothing when it was woken.
     *
     * @throws {RelayRefusal} `not_found` if it is not woken at all. @throws {RelayUnreachableError}
     *
     * @example
     * await sealpost.push.mute(new Date(Date.now() + 8 * 3_600_000).toISOString());
     */
    mute: async (until?: string): Promise<PushStatus> => {
      const body = until === undefined ? {} : { until };
      return statusOf(await relay().call((api) => api.PUT('/v1/push/mute', { body })));
    },
    /** @throws as `mute` does. */
    unmute: async (): Promise<PushStatus> => statusOf(await relay().call((api) => api.DELETE('/v1/push/mute'))),
  };
}

function statusOf({ kind, muted, mutedUntil, registeredAt }: PushStatus): PushStatus {
  return { kind, muted, mutedUntil, registeredAt };
}
