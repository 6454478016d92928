import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useFileText } from '../files/file-words.js';

/** @returns a message in words, also where it has no text. */
export function useMessageText(): (record: Pick<MessageRecord, 'content' | 'unreadable'>) => string {
  const t = useTranslations('chat');
  const fileText = useFileText();
  return ({ content, unreadable = 'unknown' }) => {
    if (content?.kind === 'text') return content.text;
    if (content?.kind === 'attachment') return fileText(content);
    return t('unreadable', { reason: unreadable });
  };
}
