import { KeyRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { SecondFactor } from '#sdk';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { Notice } from '../ui/notice.js';
import { PlainDialog } from '../ui/plain-dialog.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import type { FactorAsk } from './factor-asks.js';
import { getPasskey } from './passkeys.js';

/** What has more is no code of an authenticator app. */
const MOST_DIGITS = 8;

/** Asks for a second factor, for whatever waits for one. */
export function SecondFactorDialog({ ask }: { readonly ask: FactorAsk }): ReactNode {
  const t = useTranslations('mfa');
  const [isTrusted, setTrusted] = useState(false);
  const { asked, mayTrust } = ask;
  const answer = (given: SecondFactor): void => ask.answer({ ...given, trustDevice: mayTrust && isTrusted });
  return (
    <PlainDialog isOpen onClose={ask.cancel} title={t('askTitle')}>
      {asked.wasWrong && <Notice tone="error">{t('wasWrong')}</Notice>}
      {asked.passkey !== undefined && <PasskeyButton request={asked.passkey} onAnswer={answer} />}
      <CodeForm hasApp={asked.kinds.includes('totp')} onAnswer={answer} />
      {mayTrust && <CheckField label={t('trust')} isChecked={isTrusted} onChange={setTrusted} />}
    </PlainDialog>
  );
}

interface AnswerProps {
  readonly onAnswer: (given: SecondFactor) => void;
}

function PasskeyButton({
  request,
  onAnswer,
}: AnswerProps & { readonly request: NonNullable<FactorAsk['asked']['passkey']> }): ReactNode {
  const t = useTranslations('mfa');
  const { isBusy, problem, attempt } = useAttempt(() => t('passkeyFailed'));
  const show = (): Promise<void> =>
    attempt(async () => onAnswer({ kind: 'passkey', assertion: await getPasskey(request) }));
  return (
    <>
      <p className="lead">{t('passkeyLead')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" isBusy={isBusy} onClick={() => void show()}>
        <KeyRound size={18} aria-hidden="true" />
        {t('usePasskey')}
      </Button>
    </>
  );
}

function CodeForm({ hasApp, onAnswer }: AnswerProps & { readonly hasApp: boolean }): ReactNode {
  const t = useTranslations('mfa');
  const { register, handleSubmit, formState } = useForm({ defaultValues: { code: '' } });
  const submit = handleSubmit(({ code }) => onAnswer({ kind: kindOf(code), code }));
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={hasApp ? t('code') : t('backupCode')}
        hint={hasApp ? t('codeHint') : t('backupCodeHint')}
        autoComplete="one-time-code"
        spellCheck={false}
        error={formState.errors.code && t('codeRequired')}
        {...register('code', { required: true })}
      />
      <Button kind="primary" type="submit">
        {t('confirm')}
      </Button>
    </form>
  );
}

function kindOf(code: string): 'totp' | 'recovery_code' {
  return code.replace(/\s/g, '').length > MOST_DIGITS ? 'recovery_code' : 'totp';
}
