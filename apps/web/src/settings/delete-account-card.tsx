import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';
import { DeleteAccountDialog } from './delete-account-dialog.js';

/** The way out for good, apart from what is done every day. */
export function DeleteAccountCard(): ReactNode {
  const t = useTranslations('deletion');
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('hint')}</span>
        <Button kind="danger" onClick={() => setAsking(true)}>
          <Trash2 size={18} aria-hidden="true" />
          {t('title')}
        </Button>
      </div>
      <DeleteAccountDialog isOpen={isAsking} onClose={() => setAsking(false)} />
    </section>
  );
}
