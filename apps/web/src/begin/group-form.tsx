import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/text-field.js';
import { useBegin } from './use-begin.js';
import { isUsername, toUsernames } from './usernames.js';

export const MOST_TITLE_CHARS = 128;

export function GroupForm({ onBegun }: { readonly onBegun: () => void }): ReactNode {
  const t = useTranslations();
  const { isBusy, problem, begin } = useBegin(onBegun);
  const { register, handleSubmit, formState } = useForm({ defaultValues: { title: '', members: '' } });
  const { errors } = formState;
  const submit = handleSubmit(({ title, members }) =>
    begin((client) => client.conversations.group(toUsernames(members), { title: title.trim() })),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('begin.groupTitle')}
        autoComplete="off"
        maxLength={MOST_TITLE_CHARS}
        error={errors.title && t('begin.groupTitleRequired')}
        {...register('title', { validate: (title) => title.trim() !== '' })}
      />
      <TextField
        label={t('begin.members')}
        hint={t('begin.membersHint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={problem ?? (errors.members && t('account.usernameInvalid'))}
        {...register('members', {
          validate: (written) => {
            const names = toUsernames(written);
            return names.length > 0 && names.every(isUsername);
          },
        })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('begin.starting') : t('begin.create')}
      </Button>
    </form>
  );
}
