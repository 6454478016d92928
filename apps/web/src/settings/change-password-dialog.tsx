import { type ReactNode, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { NewPasswordField } from '../account/new-password-field.js';
import { usePasswordRule } from '../account/use-password-rule.js';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Another password for the account, its vault and this browser. */
export function ChangePasswordDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useTranslations('security');
  const [isChanged, setChanged] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} title={t('changePassword')}>
      {isChanged ? <Changed onClose={onClose} /> : <ChangeForm onChanged={() => setChanged(true)} />}
    </Dialog>
  );
}

function Changed({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useTranslations();
  return (
    <>
      <Notice tone="info">{t('security.changed')}</Notice>
      <p>{t('security.changedElsewhere')}</p>
      <Button kind="primary" onClick={onClose}>
        {t('common.close')}
      </Button>
    </>
  );
}

function ChangeForm({ onChanged }: { readonly onChanged: () => void }): ReactNode {
  const t = useTranslations();
  const { client } = useOpenApp();
  const { factors } = useSession();
  const { username } = client.self;
  const { isBusy, problem, attempt } = useAttempt();
  const passwordRule = usePasswordRule();
  const { register, handleSubmit, control, formState } = useForm({ defaultValues: { password: '', newPassword: '' } });
  const { errors } = formState;
  const typed = useWatch({ control, name: 'newPassword' });
  const change = handleSubmit(({ password, newPassword }) =>
    attempt(() => factors.around(client, () => client.changePassword(password, newPassword)).then(onChanged)),
  );
  const next = {
    label: t('account.newPassword'),
    error: errors.newPassword?.message,
    ...register('newPassword', {
      validate: (value, { password }) =>
        value === password ? t('security.samePassword') : passwordRule(value, username),
    }),
  };
  return (
    <form noValidate onSubmit={(event) => void change(event)}>
      {/* For password managers. */}
      <input type="hidden" autoComplete="username" value={username} readOnly />
      <PasswordField
        label={t('security.oldPassword')}
        autoComplete="current-password"
        error={errors.password && t('account.passwordRequired')}
        {...register('password', { required: true })}
      />
      <NewPasswordField typed={typed} username={username} {...next} />
      <p className="lead">{t('security.otherDevices')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('security.changing') : t('security.changePassword')}
      </Button>
    </form>
  );
}
