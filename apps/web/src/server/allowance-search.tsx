import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { USERNAME_PATTERN } from '#protocol';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/text-field.js';
import { AllowanceCard } from './allowance-card.js';

/** Of whom an admin wants to see or change what they may otherwise than all. */
export function AllowanceSearch(): ReactNode {
  const t = useTranslations('allowance');
  const [username, setUsername] = useState<string>();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { whose: '' } });
  const submit = handleSubmit(({ whose }) => setUsername(whose));
  return (
    <>
      <section className="card">
        <h2>{t('single')}</h2>
        <form noValidate className="card-form" onSubmit={(event) => void submit(event)}>
          <TextField
            label={t('whose')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={formState.errors.whose && t('whoseInvalid')}
            {...register('whose', { required: true, pattern: new RegExp(USERNAME_PATTERN, 'u') })}
          />
          <Button type="submit">{t('show')}</Button>
        </form>
      </section>
      {username !== undefined && <AllowanceCard key={username} username={username} />}
    </>
  );
}
