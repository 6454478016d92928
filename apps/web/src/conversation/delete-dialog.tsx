import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { useOpenChat } from './open-chat.js';

interface DeleteDialogProps {
  /** The message in question; closed without one. */
  readonly record: MessageRecord | undefined;
  readonly onClose: () => void;
}

/** Says what deleting can do, and what it cannot. */
export function DeleteDialog({ record, onClose }: DeleteDialogProps): ReactNode {
  const t = useTranslations('chat');
  const { timeline } = useOpenChat();
  return (
    <ConfirmDialog
      isOpen={record !== undefined}
      onClose={onClose}
      title={t('deleteTitle')}
      lead={t('deleteLead')}
      action={t('deleteForAll')}
      onConfirm={() => timeline.delete(record?.id ?? '')}
    />
  );
}
