import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { FiledReport } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';

/** What this account has reported lately, and what became of it. */
export function OwnReportsCard(): ReactNode {
  const t = useTranslations('reports');
  const { client } = useOpenApp();
  const { problem, attempt } = useAttempt();
  const [reports, setReports] = useState<readonly FiledReport[]>();
  const read = useEffectEvent(() => attempt(async () => setReports((await client.reports.list()).items)));
  useEffect(() => void read(), []);
  return (
    <section className="card">
      <h2>{t('own')}</h2>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {reports !== undefined && <p className="lead">{reports.length === 0 ? t('none') : t('ownHint')}</p>}
      <ul className="people" aria-label={t('own')}>
        {reports?.map((report) => (
          <li key={report.id}>
            <ReportLine report={report} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ReportLine({ report }: { readonly report: FiledReport }): ReactNode {
  const t = useTranslations('reports');
  const format = useFormatter();
  const { username, reason, state, filedAt } = report;
  return (
    <div className="person-row">
      <div className="person session">
        <span className="person-name">{username}</span>
        <span className="person-note">
          {t('reasonIs', { reason })} · {t('state', { state })} ·{' '}
          <time dateTime={filedAt}>{format.dateTime(new Date(filedAt), { dateStyle: 'medium' })}</time>
        </span>
      </div>
    </div>
  );
}
