import { useEffect, useState } from 'react';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import type { ReportTarget } from './report-target.js';

/** So many of the newest messages of a chat are looked through, and so many are offered. */
const LOOKED_THROUGH = 100;
const MOST_OFFERED = 5;

/** Messages of who is reported that can be attached: the one that it is about, and the newest. */
export function useAttachable({ accountId, conversationId, record }: ReportTarget): readonly MessageRecord[] {
  const { messages } = useOpenApp().client;
  const [recent, setRecent] = useState<readonly MessageRecord[]>([]);
  useEffect(() => {
    if (conversationId === undefined) return undefined;
    let isCurrent = true;
    void messages.history(conversationId, { limit: LOOKED_THROUGH }).then((page) => {
      if (isCurrent) setRecent(page.filter((one) => isOf(accountId, one)).slice(0, MOST_OFFERED));
    });
    return () => void (isCurrent = false);
  }, [messages, accountId, conversationId]);
  return record === undefined ? recent : [record, ...recent.filter(({ id }) => id !== record.id)];
}

function isOf(accountId: string, { id, senderAccountId, content }: MessageRecord): boolean {
  return id !== null && senderAccountId === accountId && (content?.kind === 'text' || content?.kind === 'attachment');
}
