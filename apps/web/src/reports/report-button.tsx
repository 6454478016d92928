import { Flag } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { Button, IconButton } from '../ui/button.js';
import type { ReportTarget } from './report-target.js';

interface ReportButtonProps {
  readonly target: ReportTarget;
  /** For where there is little room. */
  readonly isIcon?: boolean;
}

/** Begins a report of somebody. */
export function ReportButton({ target, isIcon = false }: ReportButtonProps): ReactNode {
  const t = useTranslations('reports');
  const { reporting } = useOpenApp();
  const label = t('reportWho', { name: target.username });
  const flag = <Flag size={18} aria-hidden="true" />;
  const ask = (): void => reporting.set(target);
  if (isIcon)
    return (
      <IconButton label={label} onClick={ask}>
        {flag}
      </IconButton>
    );
  return (
    <Button onClick={ask} aria-label={label}>
      {flag}
      {t('report')}
    </Button>
  );
}
