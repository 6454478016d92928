import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyState } from '../ui/empty-state.js';
import { Logo } from '../ui/logo.js';

export function NoChatChosen(): ReactNode {
  const t = useTranslations('chats');
  return (
    <main className="pane pane-empty">
      <EmptyState icon={<Logo size={72} />} title={t('chooseTitle')}>
        <p>{t('chooseLead')}</p>
      </EmptyState>
    </main>
  );
}
