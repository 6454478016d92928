import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';

/** @returns a message in words, also where it has no text. */
export function useMessageText(): (record: Pick<MessageRecord, 'content' | 'unreadable'>) => string {
  const t = useTranslations('chat');
  return ({ content, unreadable = 'unknown' }) => {
    if (content?.kind === 'text') return content.text;
    if (content?.kind === 'attachment') return t('attachment', { name: content.name });
    return t('unreadable', { reason: unreadable });
  };
}
