import type { RelayClient } from '../relay/relay-client.js';

/** What the admins of a relay tell everybody. It is plain text, and not end-to-end encrypted. */
export interface Announcement {
  readonly id: string;
  /** `info`, `warning`, `urgent`, or one that this version does not know. */
  readonly severity: string;
  /** For whoever has none of the languages below. */
  readonly text: string;
  readonly textEn: string | null;
  readonly textDe: string | null;
  readonly createdAt: string;
  /** Until when it is to be shown. */
  readonly expiresAt: string;
}

/** @param relay of the account that is open. */
export function announcementsOf(relay: () => Pick<RelayClient, 'call'>) {
  return {
    /**
     * What the admins of the relay tell everybody, the newest first. The event `announcements` says when to ask again. Show it as
     * what it is: the word of whoever runs the relay, and as text only.
     *
     * @throws {RelayUnreachableError}
     *
     * @example
     * for (const { text } of await sealpost.announcements.list()) show(text);
     */
    list: async (): Promise<Announcement[]> => {
      const { items } = await relay().call((api) => api.GET('/v1/announcements'));
      return items.map(announcementOf);
    },
  };
}

/** What is known of it, whatever else a newer relay says. */
export function announcementOf(told: Announcement): Announcement {
  const { id, severity, text, textEn, textDe, createdAt, expiresAt } = told;
  return { id, severity, text, textEn, textDe, createdAt, expiresAt };
}
