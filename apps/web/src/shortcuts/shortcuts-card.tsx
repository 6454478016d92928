import { Switch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useObservable } from '../state/observable.js';
import { COMMAND_KEY } from './shortcuts-dialog.js';
import { rememberSingleKeys, singleKeys } from './single-keys.js';

/** Whether characters are shortcuts, where nobody types. */
export function ShortcutsCard(): ReactNode {
  const t = useTranslations('shortcuts');
  const areOn = useObservable(singleKeys);
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <label className="setting">
        <span>
          {t('singleKeys')}
          <small className="setting-hint">{t('singleKeysHint', { command: COMMAND_KEY })}</small>
        </span>
        <Switch.Root className="switch" checked={areOn} onCheckedChange={rememberSingleKeys}>
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </label>
    </section>
  );
}
