import { type ReactNode, useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useOpenApp, useSession } from '../client/contexts.js';
import type { Client } from '../client/open-client.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PasswordField, TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import type { Choices } from './handovers.js';

interface DeleteAccountFormProps {
  readonly isAtOnce: boolean;
  readonly choices: Choices;
}

/** The last word, after the groups are whose they are to be. */
export function DeleteAccountForm({ isAtOnce, choices }: DeleteAccountFormProps): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const [, navigate] = useLocation();
  const { client } = useOpenApp();
  const { username } = client.self;
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { typed: '', password: '' } });
  const { errors } = formState;
  // It comes once it is known what follows: the window was there before.
  useEffect(() => setFocus('typed'), [setFocus]);
  const submit = handleSubmit(({ password }) =>
    attempt(async () => {
      await handOver(client, choices);
      await session.deleteAccount(password, isAtOnce);
      navigate('/', { replace: true });
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('deletion.typeName', { username })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.typed && t('deletion.otherName', { username })}
        {...register('typed', { validate: (typed) => typed.trim() === username })}
      />
      <PasswordField
        label={t('account.password')}
        autoComplete="current-password"
        error={errors.password && t('account.passwordRequired')}
        {...register('password', { required: true })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="danger" type="submit" isBusy={isBusy}>
        {isBusy ? t('deletion.deleting') : t(isAtOnce ? 'deletion.confirm' : 'deletion.confirmLater')}
      </Button>
    </form>
  );
}

/** To be repeated, if a later one was refused: whoever has the group has it already. */
async function handOver({ conversations }: Client, choices: Choices): Promise<void> {
  for (const [conversationId, username] of Object.entries(choices))
    if (username !== '') await conversations.giveRole(conversationId, username, 'owner');
}
