import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { LIMITS } from '#protocol';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PasswordField, TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

interface PasswordFormProps {
  readonly lead: string;
  readonly action: string;
  /** What to call a factor that is added; where it is undefined, none is. */
  readonly suggestedName?: string;
  readonly onConfirm: (entry: { readonly password: string; readonly name: string }) => Promise<void>;
}

/** The password, and the name of what is added by it. */
export function PasswordForm({ lead, action, suggestedName, onConfirm }: PasswordFormProps): ReactNode {
  const t = useTranslations();
  const { username } = useOpenApp().client.self;
  const { isBusy, problem, attempt } = useAttempt();
  const defaultValues = { password: '', name: suggestedName ?? '' };
  const { register, handleSubmit, formState } = useForm({ defaultValues });
  const { errors } = formState;
  return (
    <form noValidate onSubmit={(event) => void handleSubmit((entry) => attempt(() => onConfirm(entry)))(event)}>
      <p className="lead">{lead}</p>
      {suggestedName !== undefined && (
        <TextField
          label={t('mfa.name')}
          autoComplete="off"
          maxLength={LIMITS.factorNameChars}
          error={errors.name && t('mfa.nameRequired')}
          {...register('name', { validate: (name) => name.trim() !== '' })}
        />
      )}
      {/* For password managers. */}
      <input type="hidden" autoComplete="username" value={username} readOnly />
      <PasswordField
        label={t('account.password')}
        autoComplete="current-password"
        error={errors.password && t('account.passwordRequired')}
        {...register('password', { required: true })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {action}
      </Button>
    </form>
  );
}
