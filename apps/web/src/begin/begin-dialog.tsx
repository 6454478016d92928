import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '../ui/dialog.js';
import { DirectForm } from './direct-form.js';
import { GroupForm } from './group-form.js';

interface BeginDialogProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Begins a chat with one person, or a group. */
export function BeginDialog({ isOpen, onOpenChange }: BeginDialogProps): ReactNode {
  const t = useTranslations('begin');
  const close = (): void => onOpenChange(false);
  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('title')}>
      <Tabs.Root defaultValue="direct">
        <Tabs.List className="tabs">
          <Tabs.Tab className="tab" value="direct">
            {t('direct')}
          </Tabs.Tab>
          <Tabs.Tab className="tab" value="group">
            {t('group')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="direct">
          <DirectForm onBegun={close} />
        </Tabs.Panel>
        <Tabs.Panel value="group">
          <GroupForm onBegun={close} />
        </Tabs.Panel>
      </Tabs.Root>
    </Dialog>
  );
}
