import { Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';

const DeleteAccountDialog = lazy(async () => ({
  default: (await import('./delete-account-dialog.js')).DeleteAccountDialog,
}));
const ExportDialog = lazy(async () => ({ default: (await import('../backup/export-dialog.js')).ExportDialog }));

/** The way out for good, apart from what is done every day. */
export function DeleteAccountCard(): ReactNode {
  const t = useTranslations('deletion');
  const [shown, setShown] = useState<'deletion' | 'export'>();
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('hint')}</span>
        <Button kind="danger" onClick={() => setShown('deletion')}>
          <Trash2 size={18} aria-hidden="true" />
          {t('title')}
        </Button>
      </div>
      <Suspense>
        {shown === 'deletion' && (
          <DeleteAccountDialog onClose={() => setShown(undefined)} onExport={() => setShown('export')} />
        )}
        {shown === 'export' && <ExportDialog onClose={() => setShown('deletion')} />}
      </Suspense>
    </section>
  );
}
