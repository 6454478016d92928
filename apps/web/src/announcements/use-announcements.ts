import { useEffect, useState } from 'react';
import type { Announcement } from '#sdk';
import type { Client } from '../client/open-client.js';

/** What the server tells everybody, and again whenever that changes; nothing until it has said it. */
export function useAnnouncements(client: Client): readonly Announcement[] {
  const [announcements, setAnnouncements] = useState<readonly Announcement[]>([]);
  useEffect(() => {
    let isGone = false;
    const show = (answered: readonly Announcement[]): void => {
      if (!isGone) setAnnouncements(answered);
    };
    // Out of reach, the server is asked again once it is back; and an older one announces nothing.
    const look = (): void => void client.announcements.list().then(show, () => undefined);
    look();
    const stop = client.listen(({ kind }) => {
      if (kind === 'announcements') look();
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [client]);
  return announcements;
}
