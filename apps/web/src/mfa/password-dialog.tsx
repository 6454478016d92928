import type { ReactNode } from 'react';
import { Dialog } from '../ui/dialog.js';
import { PasswordForm } from './password-form.js';

interface PasswordDialogProps {
  readonly title: string;
  readonly lead: string;
  /** What is done, as its button says it. */
  readonly action: string;
  readonly onConfirm: (password: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for the password before something that takes it. */
export function PasswordDialog({ title, lead, action, onConfirm, onClose }: PasswordDialogProps): ReactNode {
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <PasswordForm lead={lead} action={action} onConfirm={({ password }) => onConfirm(password).then(onClose)} />
    </Dialog>
  );
}
