import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '../ui/dialog.js';
import { SHORTCUT_KEYS } from './shortcuts.js';

interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** What can be done by which keys. */
export function ShortcutsDialog({ isOpen, onClose }: ShortcutsDialogProps): ReactNode {
  const t = useTranslations('shortcuts');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')}>
      <dl className="shortcuts">
        {Object.entries(SHORTCUT_KEYS).map(([name, ways]) => (
          <div key={name} className="shortcut">
            <dt>{t('does', { name })}</dt>
            {ways.map((keys) => (
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
      <kbd>{key === 'command' ? COMMAND : t('key', { key })}</kbd>
    </span>
  ));
}

/** As the keyboard before it calls it. */
const COMMAND = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
