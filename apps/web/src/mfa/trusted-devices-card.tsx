import { type ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AccountDevice, MfaState } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';

interface TrustedDevicesCardProps {
  readonly trusted: MfaState['trustedDevices'];
  readonly devices: readonly AccountDevice[];
}

/** Where no second factor is asked for. */
export function TrustedDevicesCard({ trusted, devices }: TrustedDevicesCardProps): ReactNode {
  const t = useTranslations();
  const format = useFormatter();
  const { client } = useOpenApp();
  const { problem, attempt } = useAttempt();
  const nameOf = (id: string): string => devices.find((device) => device.id === id)?.name ?? t('devices.unknownDevice');
  return (
    <section className="card">
      <h2>{t('mfa.trusted')}</h2>
      <p className="lead">{t('mfa.trustedLead')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <ul className="people">
        {trusted.map(({ deviceId, expiresAt }) => (
          <li key={deviceId} className="person-row">
            <div className="person session">
              <span className="person-name">{nameOf(deviceId)}</span>
              <span className="person-note">
                {t('mfa.trustedUntil', { at: format.dateTime(new Date(expiresAt), { dateStyle: 'medium' }) })}
              </span>
            </div>
            <Button
              aria-label={t('mfa.untrustNamed', { name: nameOf(deviceId) })}
              onClick={() => void attempt(() => client.mfa.untrust(deviceId))}
            >
              {t('mfa.untrust')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
