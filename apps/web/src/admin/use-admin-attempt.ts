import { useTranslations } from 'use-intl';
import { useAttempt } from '../ui/use-attempt.js';

/** @returns what admins are told of some codes, which elsewhere are about people and groups. */
export function useAdminText(): (code: string) => string {
  const t = useTranslations('admin');
  return (code) => t('refused', { code });
}

/** Something that only admins may, and may be refused. */
export function useAdminAttempt(): ReturnType<typeof useAttempt> {
  return useAttempt(useAdminText());
}
