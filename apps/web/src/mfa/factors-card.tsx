import { KeyRound, Smartphone, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MfaState } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { AddPasskeyDialog } from './add-passkey-dialog.js';
import { AddTotpDialog } from './add-totp-dialog.js';
import { PasswordDialog } from './password-dialog.js';

type Factor = MfaState['factors'][number];

interface FactorsCardProps {
  readonly factors: readonly Factor[];
  /** Of the first factor, to be kept. */
  readonly onCodes: (codes: readonly string[]) => void;
}

export function FactorsCard({ factors, onCodes }: FactorsCardProps): ReactNode {
  const t = useTranslations('mfa');
  const [adding, setAdding] = useState<'totp' | 'passkey'>();
  const close = (): void => setAdding(undefined);
  const added = (codes: readonly string[] | undefined): void => {
    close();
    if (codes !== undefined) onCodes(codes);
  };
  return (
    <section className="card">
      <h2>{t('factors')}</h2>
      <p className="lead">{factors.length === 0 ? t('none') : t('some')}</p>
      <ul className="people">
        {factors.map((factor) => (
          <li key={factor.id}>
            <FactorLine factor={factor} />
          </li>
        ))}
      </ul>
      <div className="button-row">
        <Button onClick={() => setAdding('totp')}>
          <Smartphone size={18} aria-hidden="true" />
          {t('addTotp')}
        </Button>
        <Button onClick={() => setAdding('passkey')}>
          <KeyRound size={18} aria-hidden="true" />
          {t('addPasskey')}
        </Button>
      </div>
      {adding === 'totp' && <AddTotpDialog onAdded={added} onClose={close} />}
      {adding === 'passkey' && <AddPasskeyDialog onAdded={added} onClose={close} />}
    </section>
  );
}

function FactorLine({ factor }: { readonly factor: Factor }): ReactNode {
  const t = useTranslations('mfa');
  const format = useFormatter();
  const session = useSession();
  const { client } = useOpenApp();
  const [isAsked, setAsked] = useState(false);
  const { id, kind, name, lastUsedDay } = factor;
  const day =
    lastUsedDay === null ? 'never' : format.dateTime(new Date(`${lastUsedDay}T00:00:00`), { dateStyle: 'medium' });
  const remove = (password: string): Promise<void> =>
    session.factors.around(client, () => client.mfa.remove(password, id));
  return (
    <div className="person-row">
      <div className="person session">
        <span className="person-name">{name}</span>
        <span className="person-note">
          {t('kind', { kind })} · {t('used', { day })}
        </span>
      </div>
      <Button aria-label={t('removeNamed', { name })} onClick={() => setAsked(true)}>
        <Trash2 size={18} aria-hidden="true" />
        {t('remove')}
      </Button>
      {isAsked && (
        <PasswordDialog
          title={t('removeTitle', { name })}
          lead={t('removeLead')}
          action={t('remove')}
          onConfirm={remove}
          onClose={() => setAsked(false)}
        />
      )}
    </div>
  );
}
