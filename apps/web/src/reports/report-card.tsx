import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { ReportButton } from './report-button.js';

/** Of the other one in a direct conversation. */
export function ReportCard({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('reports');
  const { client } = useOpenApp();
  const { id: conversationId, kind, members } = conversation;
  const other = members.find(({ accountId }) => accountId !== client.self.accountId);
  if (kind !== 'direct' || other === undefined) return null;
  const { accountId, username } = other;
  return (
    <section className="card">
      <div className="setting">
        <span>{t('hint')}</span>
        <ReportButton target={{ accountId, username, conversationId }} />
      </div>
    </section>
  );
}
