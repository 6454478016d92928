import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { unlessGone } from '../client/error-code.js';
import { CodeScanner } from '../scan/code-scanner.js';
import { QrCode } from '../scan/qr-code.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';

interface SafetyCodesProps {
  readonly accountId: string;
  readonly name: string;
  /** Whether or not it matched: more may be known of their keys. */
  readonly onScanned: () => Promise<void>;
}

/** The same comparison by cameras: each scans what the other shows. */
export function SafetyCodes({ accountId, name, onScanned }: SafetyCodesProps): ReactNode {
  const t = useTranslations('scan');
  const { peers } = useOpenApp();
  const ownCode = useOwnCode();
  const [isMatch, setMatch] = useState(false);
  const { problem, attempt } = useAttempt((code) => t('problem', { code, name }));
  const compare = (code: string): Promise<void> =>
    attempt(async () => {
      setMatch(false);
      try {
        await peers.verifyScanned(accountId, code);
        setMatch(true);
      } finally {
        await onScanned();
      }
    });
  return (
    <section className="safety-codes" aria-labelledby="safety-codes">
      <h3 id="safety-codes">{t('safetyTitle')}</h3>
      <p className="lead">{t('safetyLead', { name })}</p>
      {ownCode !== undefined && (
        <figure>
          <QrCode text={ownCode} label={t('ownCode')} />
          <figcaption aria-hidden="true">{t('ownCode')}</figcaption>
        </figure>
      )}
      {isMatch && <Notice tone="info">{t('match', { name })}</Notice>}
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <CodeScanner onCode={(code) => void compare(code)} />
    </section>
  );
}

function useOwnCode(): string | undefined {
  const { contacts } = useOpenApp().client;
  const [code, setCode] = useState<string>();
  useEffect(() => void unlessGone(contacts.ownVerificationCode().then(setCode)), [contacts]);
  return code;
}
