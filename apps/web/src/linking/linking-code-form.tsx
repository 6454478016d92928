import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { DeviceLink } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { CodeScanner } from '../scan/code-scanner.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Takes the code that a new device shows, and finds that device. */
export function LinkingCodeForm({ onAnswered }: { readonly onAnswered: (link: DeviceLink) => void }): ReactNode {
  const t = useTranslations('linking');
  const { devices } = useOpenApp().client;
  const { isBusy, problem, attempt } = useAttempt((code) => t('problem', { code }));
  const { register, handleSubmit, setValue, formState } = useForm({ defaultValues: { code: '' } });
  const link = (code: string): Promise<void> => attempt(async () => onAnswered(await devices.link(code.trim())));
  const submit = handleSubmit(({ code }) => link(code));
  const scanned = (code: string): void => {
    setValue('code', code);
    void link(code);
  };
  return (
    <>
      <p className="lead">{t.rich('oldLead', { b: (text) => <b>{text}</b> })}</p>
      <CodeScanner onCode={scanned} />
      <form className="card-form" noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('code')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={problem ?? (formState.errors.code && t('codeRequired'))}
          {...register('code', { validate: (written) => written.trim() !== '' })}
        />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('finding') : t('next')}
        </Button>
      </form>
    </>
  );
}
