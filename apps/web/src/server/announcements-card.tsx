import { Megaphone, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Announcement } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { AnnounceDialog } from './announce-dialog.js';
import { useAnswer } from './use-answer.js';

/** What is told to everybody on this server. */
export function AnnouncementsCard(): ReactNode {
  const t = useTranslations('server');
  const { client } = useOpenApp();
  const { answer, problem, ask } = useAnswer(() => client.announcements.list());
  const [isWriting, setWriting] = useState(false);
  return (
    <section className="card">
      <h2>{t('announcements')}</h2>
      <p className="lead">{t('announcementsLead')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {answer?.length === 0 && <p>{t('noAnnouncements')}</p>}
      <ul className="people sessions">
        {answer?.map((announcement) => (
          <li key={announcement.id}>
            <AnnouncementLine announcement={announcement} onWithdrawn={ask} />
          </li>
        ))}
      </ul>
      <div className="button-row">
        <Button onClick={() => setWriting(true)}>
          <Megaphone size={18} aria-hidden="true" />
          {t('announce')}
        </Button>
      </div>
      {isWriting && <AnnounceDialog onAnnounced={ask} onClose={() => setWriting(false)} />}
    </section>
  );
}

interface AnnouncementLineProps {
  readonly announcement: Announcement;
  readonly onWithdrawn: () => Promise<void>;
}

function AnnouncementLine({ announcement, onWithdrawn }: AnnouncementLineProps): ReactNode {
  const t = useTranslations('server');
  const format = useFormatter();
  const session = useSession();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { id, severity, text, expiresAt } = announcement;
  const at = format.dateTime(new Date(expiresAt), { dateStyle: 'medium', timeStyle: 'short' });
  const withdraw = (): Promise<void> =>
    attempt(async () => {
      await session.factors.around(client, () => client.admin.withdrawAnnouncement(id));
      await onWithdrawn();
    });
  return (
    <div className="person-row">
      <div className="person session">
        <span className="announcement-text">{text}</span>
        <span className="person-note">
          {t('severity', { severity })} · {t('until', { at })}
        </span>
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      </div>
      <Button isBusy={isBusy} aria-label={t('withdrawNamed', { text })} onClick={() => void withdraw()}>
        <Trash2 size={18} aria-hidden="true" />
        {t('withdraw')}
      </Button>
    </div>
  );
}
