import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import {
  isNotificationChoice,
  NOTIFICATION_CHOICES,
  type NotificationChoice,
  notificationChoice,
  rememberNotificationChoice,
} from './notification-choice.js';
import { MutingSetting } from './muting-setting.js';
import { WakeUpSetting } from './wake-up-setting.js';

/** Whether the browser tells of messages. It is asked for its permission when somebody chooses so, and never before. */
export function NotificationCard(): ReactNode {
  const t = useTranslations('notifications');
  const choice = useObservable(notificationChoice);
  const [isRefused, setRefused] = useState(false);
  const isThere = 'Notification' in globalThis;
  const choose = async (wanted: NotificationChoice): Promise<void> => {
    const isAllowed = wanted === 'off' || (await Notification.requestPermission()) === 'granted';
    setRefused(!isAllowed);
    rememberNotificationChoice(isAllowed ? wanted : 'off');
  };
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <label className="setting">
        <span>
          {t('show')}
          <small className="setting-hint">{t('hint')}</small>
        </span>
        <select
          value={choice}
          disabled={!isThere}
          onChange={({ target }) => isNotificationChoice(target.value) && void choose(target.value)}
        >
          {NOTIFICATION_CHOICES.map((one) => (
            <option key={one} value={one}>
              {t('choice', { choice: one })}
            </option>
          ))}
        </select>
      </label>
      {isThere && <WakeUpSetting />}
      {isThere && <MutingSetting />}
      {!isThere && <Notice tone="info">{t('none')}</Notice>}
      {isRefused && <Notice tone="error">{t('refused')}</Notice>}
    </section>
  );
}
