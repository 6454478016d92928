import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

interface PaneHeadProps {
  readonly title: string;
  /** Where the way back leads. */
  readonly back: string;
}

export function PaneHead({ title, back }: PaneHeadProps): ReactNode {
  const t = useTranslations('common');
  return (
    <header className="pane-head">
      <Link href={back} className="icon-button" aria-label={t('back')} title={t('back')}>
        <ArrowLeft size={22} aria-hidden="true" />
      </Link>
      <h1>{title}</h1>
    </header>
  );
}
