import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';

interface SignOutDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Asks once more: what is deleted here is nowhere else. */
export function SignOutDialog({ isOpen, onOpenChange }: SignOutDialogProps): ReactNode {
  const t = useTranslations();
  const session = useSession();
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{t('settings.signOutTitle')}</AlertDialog.Title>
          <AlertDialog.Description className="lead">{t('settings.signOutLead')}</AlertDialog.Description>
          <div className="button-row button-row-end">
            <AlertDialog.Close className="button button-plain">{t('common.cancel')}</AlertDialog.Close>
            <Button kind="danger" onClick={() => void session.signOut()}>
              {t('settings.signOutConfirm')}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
