import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useObservable } from '../state/observable.js';
import { Dialog } from '../ui/dialog.js';
import { isSingleKey, SHORTCUT_KEYS } from './shortcuts.js';
import { singleKeys } from './single-keys.js';

interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What can be done by which keys. */
export function ShortcutsDialog({ isOpen, onClose }: ShortcutsDialogProps): ReactNode {
  const t = useTranslations('shortcuts');
  const hasSingleKeys = useObservable(singleKeys);
  const isOn = (keys: readonly string[]): boolean => hasSingleKeys || !isSingleKey(keys);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')}>
      <dl className="shortcuts">
        {Object.entries(SHORTCUT_KEYS).map(([name, ways]) => (
          <div key={name} className="shortcut">
            <dt>{t('does', { name })}</dt>
            {ways.filter(isOn).map((keys) => (
              <dd key={keys.join(' ')}>
                <Keys keys={keys} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <p className="lead">{t('elsewhere')}</p>
    </Dialog>
  );
}

function Keys({ keys }: { readonly keys: readonly string[] }): ReactNode {
  const t = useTranslations('shortcuts');
  return keys.map((key, index) => (
    <span key={key}>
      {index > 0 && ' + '}
      <kbd>{key === 'command' ? COMMAND_KEY : t('key', { key })}</kbd>
    </span>
  ));
}

/** As the keyboard before it calls it. */
export const COMMAND_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
