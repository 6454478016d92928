import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ServerStatistics } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useSizeText } from '../files/file-words.js';
import { Notice } from '../ui/notice.js';
import { useAnswer } from './use-answer.js';

/** How much there is of everything, and nothing about anybody. */
export function StatisticsCard(): ReactNode {
  const t = useTranslations('server');
  const { client } = useOpenApp();
  const { answer, problem } = useAnswer(() => client.admin.statistics());
  return (
    <section className="card">
      <h2>{t('statistics')}</h2>
      <p className="lead">{t('statisticsLead')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {answer === undefined && problem === undefined && <p role="status">{t('counting')}</p>}
      {answer !== undefined && <Numbers statistics={answer} />}
    </section>
  );
}

function Numbers({ statistics }: { readonly statistics: ServerStatistics }): ReactNode {
  const t = useTranslations('server');
  const format = useFormatter();
  const sizeText = useSizeText();
  const { activeAccounts: active, pushes, uptimeSeconds } = statistics;
  const people = (count: number | null): string => (count === null ? t('few') : format.number(count));
  const lines: readonly [string, string][] = [
    [t('accounts'), format.number(statistics.accounts)],
    [t('activeDay'), people(active.day)],
    [t('activeWeek'), people(active.week)],
    [t('activeMonth'), people(active.month)],
    [t('devices'), format.number(statistics.devices)],
    [t('conversations'), format.number(statistics.conversations)],
    [t('messages'), format.number(statistics.messages)],
    [t('databaseSize'), sizeText(statistics.databaseBytes)],
    [t('files'), `${format.number(statistics.attachments)} · ${sizeText(statistics.attachmentBytes)}`],
    [t('wakeUps'), t('wakeUpCounts', pushes)],
    [t('uptime'), t('uptimeHours', { hours: Math.floor(uptimeSeconds / 3_600) })],
    [t('version'), statistics.version],
  ];
  return (
    <dl className="numbers">
      {lines.map(([name, value]) => (
        <div key={name} className="number">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
