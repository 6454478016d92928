import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';
import { GroupTitleField, MembersField } from './group-fields.js';
import { useBegin } from './use-begin.js';
import { areUsernames, toUsernames } from './usernames.js';

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
      <GroupTitleField
        error={errors.title && t('begin.groupTitleRequired')}
        {...register('title', { validate: (title) => title.trim() !== '' })}
      />
      <MembersField
        error={problem ?? (errors.members && t('account.usernameInvalid'))}
        {...register('members', { validate: areUsernames })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('begin.starting') : t('begin.create')}
      </Button>
    </form>
  );
}
