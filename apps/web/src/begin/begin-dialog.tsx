import { Dialog } from '@base-ui/react/dialog';
import { Tabs } from '@base-ui/react/tabs';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { DirectForm } from './direct-form.js';
import { GroupForm } from './group-form.js';

interface BeginDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Begins a chat with one person, or a group. */
export function BeginDialog({ isOpen, onOpenChange }: BeginDialogProps): ReactNode {
  const t = useTranslations();
  const popup = useRef<HTMLDivElement>(null);
  const onBegun = (): void => onOpenChange(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup ref={popup} className="dialog" initialFocus={() => popup.current?.querySelector('input')}>
          <header className="dialog-head">
            <Dialog.Title>{t('begin.title')}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('common.close')} title={t('common.close')}>
              <X size={20} aria-hidden="true" />
            </Dialog.Close>
          </header>
          <Tabs.Root defaultValue="direct">
            <Tabs.List className="tabs">
              <Tabs.Tab className="tab" value="direct">
                {t('begin.direct')}
              </Tabs.Tab>
              <Tabs.Tab className="tab" value="group">
                {t('begin.group')}
              </Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="direct">
              <DirectForm onBegun={onBegun} />
            </Tabs.Panel>
            <Tabs.Panel value="group">
              <GroupForm onBegun={onBegun} />
            </Tabs.Panel>
          </Tabs.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
