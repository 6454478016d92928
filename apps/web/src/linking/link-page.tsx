import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { AccountCard } from '../account/account-card.js';
import { QrCode } from '../scan/qr-code.js';
import { Button } from '../ui/button.js';
import { useErrorText } from '../ui/error-text.js';
import { Notice } from '../ui/notice.js';
import { errorCode } from '../client/error-code.js';
import { CodeToCopy } from './code-to-copy.js';
import { LinkPasswordForm } from './link-password-form.js';
import { type AnsweredLink, useWaitingLink } from './use-waiting-link.js';
import { Words } from './words.js';

/** Makes this browser a device of an account that is open elsewhere. */
export function LinkPage(): ReactNode {
  const t = useTranslations('linking');
  const { step, fail, again } = useWaitingLink();
  switch (step.kind) {
    case 'opening':
      return (
        <LinkCard>
          <p role="status">{t('opening')}</p>
        </LinkCard>
      );
    case 'waiting':
      return <Shown code={step.code} />;
    case 'answered':
      return <Answered link={step.link} onFailure={fail} />;
    case 'failed':
      return (
        <LinkCard>
          <Problem error={step.error} />
          <Button kind="primary" onClick={again}>
            {t('again')}
          </Button>
        </LinkCard>
      );
  }
}

function LinkCard({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useTranslations();
  return (
    <AccountCard title={t('linking.newTitle')} lead={t('linking.newLead')}>
      {children}
      <nav className="account-links">
        <Link href="/sign-in">{t('common.cancel')}</Link>
      </nav>
    </AccountCard>
  );
}

function Shown({ code }: { readonly code: string }): ReactNode {
  const t = useTranslations('linking');
  return (
    <LinkCard>
      <p>{t.rich('steps', { b: (text) => <b>{text}</b>, code: (text) => <code>{text}</code> })}</p>
      <QrCode text={code} label={t('qr')} />
      <CodeToCopy code={code} />
      <Notice tone="info">{t('waiting')}</Notice>
    </LinkCard>
  );
}

interface AnsweredProps {
  readonly link: AnsweredLink;
  readonly onFailure: (error: unknown) => void;
}

function Answered({ link, onFailure }: AnsweredProps): ReactNode {
  const t = useTranslations('linking');
  const [, navigate] = useLocation();
  const [isSame, setSame] = useState(false);
  const leave = (): void => {
    void link.reject();
    navigate('/sign-in');
  };
  if (isSame) return <LinkPasswordForm link={link} onFailure={onFailure} onCancel={leave} />;
  return (
    <AccountCard title={t('compareTitle')} lead={t('compareLead')}>
      <Words
        words={link.words}
        onSame={() => setSame(true)}
        onDiffer={() => {
          void link.reject();
          onFailure(new WordsDiffer());
        }}
      />
    </AccountCard>
  );
}

class WordsDiffer extends Error {}

function Problem({ error }: { readonly error: unknown }): ReactNode {
  const t = useTranslations('linking');
  const errorText = useErrorText();
  const text = error instanceof WordsDiffer ? t('rejectedHere') : t('problem', { code: errorCode(error) });
  return <Notice tone="error">{text === '' ? errorText(error) : text}</Notice>;
}
