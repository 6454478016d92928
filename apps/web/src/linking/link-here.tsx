import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** For whom has the account open on another device. */
export function LinkHere(): ReactNode {
  const t = useTranslations('linking');
  return <Link href="/link">{t('linkHere')}</Link>;
}
