import { History, KeyRound, ShieldCheck } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Button } from '../ui/button.js';
import { LockDelaySetting } from './lock-delay-setting.js';

/** With the estimator of passwords, nobody needs it before they press the button. */
const ChangePasswordDialog = lazy(async () => {
  const { ChangePasswordDialog: dialog } = await import('./change-password-dialog.js');
  return { default: dialog };
});

/** What keeps others out of this account. */
export function SecurityCard(): ReactNode {
  const t = useTranslations('security');
  const tEvents = useTranslations('securityEvents');
  const tMfa = useTranslations('mfa');
  const [isChanging, setChanging] = useState(false);
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('passwordHint')}</span>
        <Button onClick={() => setChanging(true)}>
          <KeyRound size={18} aria-hidden="true" />
          {t('changePassword')}
        </Button>
      </div>
      <div className="setting">
        <span>{tMfa('hint')}</span>
        <Link className="button button-plain" href="/settings/second-factors">
          <ShieldCheck size={18} aria-hidden="true" />
          {tMfa('manage')}
        </Link>
      </div>
      <LockDelaySetting />
      <div className="setting">
        <span>{tEvents('hint')}</span>
        <Link className="button button-plain" href="/settings/security-events">
          <History size={18} aria-hidden="true" />
          {tEvents('show')}
        </Link>
      </div>
      <Suspense>{isChanging && <ChangePasswordDialog onClose={() => setChanging(false)} />}</Suspense>
    </section>
  );
}
