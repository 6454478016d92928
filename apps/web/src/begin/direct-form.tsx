import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/text-field.js';
import { useBegin } from './use-begin.js';
import { isUsername, toUsername } from './usernames.js';

export function DirectForm({ onBegun }: { readonly onBegun: () => void }): ReactNode {
  const t = useTranslations();
  const { isBusy, problem, begin } = useBegin(onBegun);
  const { register, handleSubmit, formState } = useForm({ defaultValues: { username: '' } });
  const submit = handleSubmit(({ username }) => begin((client) => client.conversations.direct(toUsername(username))));
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('begin.who')}
        hint={t('begin.whoHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={problem ?? (formState.errors.username && t('account.usernameInvalid'))}
        {...register('username', { validate: (name) => isUsername(toUsername(name)) })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('begin.starting') : t('begin.start')}
      </Button>
    </form>
  );
}
