import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useSession } from '../client/contexts.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';

interface SignOutDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Asks once more: what is deleted here is nowhere else. */
export function SignOutDialog({ isOpen, onOpenChange }: SignOutDialogProps): ReactNode {
  const t = useTranslations('settings');
  const session = useSession();
  const [, navigate] = useLocation();
  const signOut = async (): Promise<void> => {
    await session.signOut();
    navigate('/', { replace: true });
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => onOpenChange(false)}
      title={t('signOutTitle')}
      lead={t('signOutLead')}
      action={t('signOutConfirm')}
      onConfirm={signOut}
    />
  );
}
