import { ShieldAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { SecurityEvent } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { saveBlob } from '../ui/save-blob.js';
import { SaveButton } from '../ui/save-button.js';
import { useAttempt } from '../ui/use-attempt.js';
import { useSecurityEvents } from './use-security-events.js';

/** What somebody else may have done, or tried. */
const ALARMING: ReadonlySet<string> = new Set([
  'account_deletion_asked',
  'confirmation_failed',
  'identity_key_reset',
  'mfa_failed',
  'mfa_reset',
  'mfa_reset_asked',
  'recovery_failed',
  'refresh_token_reused',
  'sign_in_failed',
]);

/** What concerned the security of this account, in plain words. */
export function SecurityEventsPage(): ReactNode {
  const t = useTranslations('securityEvents');
  const tDevices = useTranslations('devices');
  const { looked, problem, loadMore } = useSecurityEvents();
  const nameOf = (deviceId: string | null): string =>
    looked?.devices.find(({ id }) => id === deviceId)?.name ?? tDevices('unknownDevice');
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/settings" />
      <div className="pane-body">
        <OfflineNotice />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        {looked === undefined && problem === undefined && <p role="status">{t('loading')}</p>}
        {looked !== undefined && (
          <section className="card">
            <p className="lead">{t('lead')}</p>
            <SaveEvents />
            <ul className="people sessions">
              {looked.events.map((event) => (
                <li key={event.seq}>
                  <EventLine event={event} nameOf={nameOf} />
                </li>
              ))}
            </ul>
            {looked.nextCursor !== null && <MoreButton onMore={loadMore} />}
          </section>
        )}
      </div>
    </main>
  );
}

interface EventLineProps {
  readonly event: SecurityEvent;
  readonly nameOf: (deviceId: string | null) => string;
}

function EventLine({ event, nameOf }: EventLineProps): ReactNode {
  const t = useTranslations('securityEvents');
  const format = useFormatter();
  const { kind, deviceId, subjectId } = event;
  const at = new Date(event.at);
  return (
    <div className="person-row">
      <div className="person session">
        <span className="person-name">
          {ALARMING.has(kind) && <ShieldAlert size={16} role="img" aria-label={t('alarming')} />}
          {t('what', { kind, count: event.count ?? 1, subject: nameOf(subjectId) })}
        </span>
        <span className="person-note">
          <time dateTime={at.toISOString()}>{format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })}</time>
          {deviceId !== null && <> · {t('from', { device: nameOf(deviceId) })}</>}
        </span>
      </div>
    </div>
  );
}

/** Whoever keeps the file can show later that what stands here has been changed. */
function SaveEvents(): ReactNode {
  const t = useTranslations('securityEvents');
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const save = async (): Promise<void> => {
    const lines = await client.security.export();
    const day = new Date().toISOString().slice(0, 10);
    saveBlob(new Blob([lines], { type: 'application/x-ndjson' }), `sealpost-security-${day}.ndjson`);
  };
  return <SaveButton label={t('save')} isBusy={isBusy} problem={problem} onSave={() => void attempt(save)} />;
}

function MoreButton({ onMore }: { readonly onMore: () => Promise<void> }): ReactNode {
  const t = useTranslations('securityEvents');
  const [isLoading, setLoading] = useState(false);
  const load = (): void => {
    setLoading(true);
    void onMore().finally(() => setLoading(false));
  };
  return (
    <Button disabled={isLoading} onClick={load}>
      {t('more')}
    </Button>
  );
}
