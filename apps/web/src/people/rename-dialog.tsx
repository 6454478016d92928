import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { GroupTitleField } from '../begin/group-fields.js';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { useAttempt } from '../ui/use-attempt.js';

interface RenameDialogProps {
  readonly conversation: Conversation;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Gives a group another name, for everybody in it. */
export function RenameDialog({ conversation, isOpen, onClose }: RenameDialogProps): ReactNode {
  const t = useTranslations('people');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('rename')}>
      <RenameForm conversation={conversation} onRenamed={onClose} />
    </Dialog>
  );
}

interface RenameFormProps {
  readonly conversation: Conversation;
  readonly onRenamed: () => void;
}

function RenameForm({ conversation: { id, title }, onRenamed }: RenameFormProps): ReactNode {
  const t = useTranslations();
  const { conversations } = useOpenApp().client;
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { title: title ?? '' } });
  const submit = handleSubmit((written) =>
    attempt(async () => {
      await conversations.rename(id, written.title.trim());
      onRenamed();
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <GroupTitleField
        error={problem ?? (formState.errors.title && t('begin.groupTitleRequired'))}
        {...register('title', { validate: (written) => written.trim() !== '' })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t('people.renameNow')}
      </Button>
    </form>
  );
}
