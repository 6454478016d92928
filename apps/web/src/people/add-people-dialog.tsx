import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { MembersField } from '../begin/group-fields.js';
import { areUsernames, toUsernames } from '../begin/usernames.js';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useAttempt } from '../ui/use-attempt.js';

interface AddPeopleDialogProps {
  readonly id: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Brings people into a group: they read what is written from then on. */
export function AddPeopleDialog({ id, isOpen, onClose }: AddPeopleDialogProps): ReactNode {
  const t = useTranslations('people');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('add')}>
      <AddForm id={id} onAdded={onClose} />
    </Dialog>
  );
}

function AddForm({ id, onAdded }: { readonly id: string; readonly onAdded: () => void }): ReactNode {
  const t = useTranslations();
  const { conversations } = useOpenApp().client;
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { usernames: '' } });
  const submit = handleSubmit(({ usernames }) =>
    attempt(async () => {
      await conversations.add(id, toUsernames(usernames));
      onAdded();
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <p className="lead">{t('people.addLead')}</p>
      <MembersField
        error={problem ?? (formState.errors.usernames && t('account.usernameInvalid'))}
        {...register('usernames', { validate: areUsernames })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t('people.addNow')}
      </Button>
    </form>
  );
}
