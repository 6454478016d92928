import { Meter } from '@base-ui/react/meter';
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { PasswordField } from '../ui/text-field.js';
import { type Estimate, estimateOnce, LEAST_SCORE } from './password-strength.js';

interface NewPasswordFieldProps extends ComponentProps<typeof PasswordField> {
  readonly typed: string;
  readonly username: string;
}

/** A password to be chosen, and how hard it is to guess. */
export function NewPasswordField({ typed, username, ...field }: NewPasswordFieldProps): ReactNode {
  return (
    <div className="new-password">
      <PasswordField autoComplete="new-password" {...field} />
      {typed !== '' && <Strength password={typed} username={username} />}
    </div>
  );
}

function Strength({ password, username }: { readonly password: string; readonly username: string }): ReactNode {
  const t = useTranslations('account');
  const estimate = useEstimate();
  if (estimate === undefined) return null;
  const score = estimate(password, username);
  const level = t('strengthLevel', { level: `s${score}` });
  return (
    <Meter.Root
      className={`strength ${score < LEAST_SCORE ? 'strength-low' : ''}`}
      value={score}
      max={4}
      aria-label={t('strength')}
      getAriaValueText={() => level}
    >
      <Meter.Track className="strength-track">
        <Meter.Indicator className="strength-bar" />
      </Meter.Track>
      <span className="strength-text" aria-hidden="true">
        {level}
      </span>
    </Meter.Root>
  );
}

/** Undefined until it has come. Where it does not, the form says so when it is sent. */
function useEstimate(): Estimate | undefined {
  const [estimate, setEstimate] = useState<Estimate>();
  useEffect(() => {
    estimateOnce().then(
      (loaded) => setEstimate(() => loaded),
      () => undefined,
    );
  }, []);
  return estimate;
}
