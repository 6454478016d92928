import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AskedFactor } from '../mfa/asked-factor.js';
import { Button } from './button.js';
import { Notice } from './notice.js';
import { useAttempt } from './use-attempt.js';

interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly lead: string;
  /** What is done, as its button says it. */
  readonly action: string;
  readonly onConfirm: () => Promise<unknown>;
  /** What is said of some codes in words of its own. */
  readonly refused?: (code: string) => string;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactNode {
  const t = useTranslations('common');
  const { isOpen, onClose, title, lead, action, onConfirm, refused } = props;
  const { isBusy, problem, attempt } = useAttempt(refused);
  const confirm = (): Promise<void> =>
    attempt(async () => {
      await onConfirm();
      onClose();
    });
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(isNowOpen) => isNowOpen || onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description className="lead">{lead}</AlertDialog.Description>
          {problem !== undefined && <Notice tone="error">{problem}</Notice>}
          <div className="button-row button-row-end">
            <AlertDialog.Close className="button button-plain">{t('cancel')}</AlertDialog.Close>
            <Button kind="danger" isBusy={isBusy} onClick={() => void confirm()}>
              {action}
            </Button>
          </div>
          <AskedFactor />
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
