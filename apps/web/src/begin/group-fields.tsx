import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { TextField } from '../ui/text-field.js';

const MOST_TITLE_CHARS = 128;

type FieldProps = Omit<ComponentProps<typeof TextField>, 'label' | 'hint'>;

/** What a group is called. */
export function GroupTitleField(props: FieldProps): ReactNode {
  const t = useTranslations('begin');
  return <TextField label={t('groupTitle')} autoComplete="off" maxLength={MOST_TITLE_CHARS} {...props} />;
}

/** Who is to come into a group: several usernames. */
export function MembersField(props: FieldProps): ReactNode {
  const t = useTranslations('begin');
  return (
    <TextField
      label={t('members')}
      hint={t('membersHint')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      {...props}
    />
  );
}
