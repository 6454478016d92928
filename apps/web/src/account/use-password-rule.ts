import { useTranslations } from 'use-intl';
import { estimateOnce, LEAST_CHARS, LEAST_SCORE } from './password-strength.js';

/** @returns what a form asks about a password that somebody chooses: true, or why not. */
export function usePasswordRule(): (password: string, username: string) => Promise<true | string> {
  const t = useTranslations();
  return async (password, username) => {
    if (password.length < LEAST_CHARS) return t('account.passwordShort');
    const estimate = await estimateOnce().catch(() => undefined);
    if (estimate === undefined) return t('errors.relay_unreachable');
    return estimate(password, username) >= LEAST_SCORE || t('account.passwordWeak');
  };
}
