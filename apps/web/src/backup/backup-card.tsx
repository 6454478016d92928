import { Download, Upload } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';

const ExportDialog = lazy(async () => ({ default: (await import('./export-dialog.js')).ExportDialog }));
const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.js')).ImportDialog }));

/** All that can be read here, as a file that only its owner opens, and back. */
export function BackupCard(): ReactNode {
  const t = useTranslations('backup');
  const [shown, setShown] = useState<'export' | 'import'>();
  const close = (): void => setShown(undefined);
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('exportHint')}</span>
        <Button onClick={() => setShown('export')}>
          <Download size={18} aria-hidden="true" />
          {t('export')}
        </Button>
      </div>
      <div className="setting">
        <span>{t('importHint')}</span>
        <Button onClick={() => setShown('import')}>
          <Upload size={18} aria-hidden="true" />
          {t('import')}
        </Button>
      </div>
      <Suspense>
        {shown === 'export' && <ExportDialog onClose={close} />}
        {shown === 'import' && <ImportDialog onClose={close} />}
      </Suspense>
    </section>
  );
}
