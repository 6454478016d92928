import { Link2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { AccountDevice } from '#sdk';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { DeviceLine } from './device-line.js';
import { lastLookMs, rememberLook } from './last-look.js';
import { SessionsCard } from './sessions-card.js';
import { useOwnDevices } from './use-own-devices.js';

/** All devices of this account, and where it is signed in. */
export function DevicesPage(): ReactNode {
  const t = useTranslations('devices');
  const { own, problem, reload } = useOwnDevices();
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/settings" />
      <div className="pane-body">
        <OfflineNotice />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        {own === undefined ? (
          problem === undefined && <p role="status">{t('loading')}</p>
        ) : (
          <>
            <DevicesCard devices={own.devices} onChanged={reload} />
            <SessionsCard sessions={own.sessions} devices={own.devices} onChanged={reload} />
          </>
        )}
      </div>
    </main>
  );
}

interface DevicesCardProps {
  readonly devices: readonly AccountDevice[];
  readonly onChanged: () => Promise<void>;
}

function DevicesCard({ devices, onChanged }: DevicesCardProps): ReactNode {
  const t = useTranslations('devices');
  const isNew = useIsNew(devices);
  const count = devices.filter(isNew).length;
  return (
    <section className="card">
      <h2>{t('own')}</h2>
      {count > 0 && <Notice tone="info">{t('newHint', { count })}</Notice>}
      <ul className="people">
        {devices.map((device) => (
          <li key={device.id}>
            <DeviceLine device={device} isNew={isNew(device)} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      <div className="setting">
        <span>{t('linkHint')}</span>
        <Link className="button button-primary" href="/settings/devices/link">
          <Link2 size={18} aria-hidden="true" />
          {t('link')}
        </Link>
      </div>
    </section>
  );
}

/** Whether a device has come since its owner looked here before. The first time: since this one came. */
function useIsNew(devices: readonly AccountDevice[]): (device: AccountDevice) => boolean {
  const [lookedAtMs] = useState(lastLookMs);
  const newestMs = Math.max(...devices.map(createdMs));
  // By the clock of the relay, which says when they came.
  useEffect(() => rememberLook(newestMs), [newestMs]);
  const sinceMs = lookedAtMs ?? createdMs(devices.find(({ current }) => current));
  return (device) => !device.current && createdMs(device) > sinceMs;
}

function createdMs(device: AccountDevice | undefined): number {
  return device === undefined ? Infinity : Date.parse(device.createdAt);
}
