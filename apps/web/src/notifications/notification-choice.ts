import { Observable } from '../state/observable.js';

/** What the browser tells of a message outside of the page: nothing, that there is one, or what it says. */
export const NOTIFICATION_CHOICES = ['off', 'quiet', 'content'] as const;
export type NotificationChoice = (typeof NOTIFICATION_CHOICES)[number];

const KEY = 'sealpost.notifications';

export function isNotificationChoice(value: unknown): value is NotificationChoice {
  return NOTIFICATION_CHOICES.some((choice) => choice === value);
}

function storedChoice(): NotificationChoice {
  const stored = localStorage.getItem(KEY);
  return isNotificationChoice(stored) ? stored : 'off';
}

export const notificationChoice = new Observable<NotificationChoice>(storedChoice());

export function rememberNotificationChoice(choice: NotificationChoice): void {
  localStorage.setItem(KEY, choice);
  notificationChoice.set(choice);
}

/** As nobody has chosen anything: for the next account. */
export function forgetNotificationChoice(): void {
  localStorage.removeItem(KEY);
  notificationChoice.set('off');
}
