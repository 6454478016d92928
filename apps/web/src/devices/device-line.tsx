import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical, Laptop, Pencil, ShieldAlert, ShieldCheck, Smartphone, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AccountDevice } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { daysAgo } from '../ui/when.js';
import { RenameDeviceDialog } from './rename-device-dialog.js';

interface DeviceLineProps {
  readonly device: AccountDevice;
  readonly isNew: boolean;
  readonly onChanged: () => Promise<void>;
}

/** One device, and what can be done about it. */
export function DeviceLine({ device, isNew, onChanged }: DeviceLineProps): ReactNode {
  const t = useTranslations('devices');
  const { current, isListed, name } = device;
  return (
    <div className="person-row">
      <div className="person device">
        <span className="device-icon" aria-hidden="true">
          {isPhone(name) ? <Smartphone size={22} /> : <Laptop size={22} />}
        </span>
        <span className="person-name">
          {name}
          {isListed && <ShieldCheck className="verified" size={16} role="img" aria-label={t('listed')} />}
          {current && <span className="tag">{t('thisDevice')}</span>}
          {isNew && <span className="tag tag-new">{t('new')}</span>}
        </span>
        <Times device={device} />
        {!isListed && (
          <span className="device-warning">
            <ShieldAlert size={16} aria-hidden="true" /> {t('unlisted')}
          </span>
        )}
      </div>
      <DeviceMenu device={device} onChanged={onChanged} />
    </div>
  );
}

function Times({ device: { createdAt, lastSeenDay } }: { readonly device: AccountDevice }): ReactNode {
  const t = useTranslations('devices');
  const format = useFormatter();
  const at = format.dateTime(new Date(createdAt), { dateStyle: 'medium' });
  const seen = new Date(`${lastSeenDay}T00:00:00`);
  const ago = daysAgo(seen);
  const day = ago <= 0 ? 'today' : ago === 1 ? 'yesterday' : format.dateTime(seen, { dateStyle: 'medium' });
  return (
    <span className="person-note">
      {t('added', { at })} · {t('seen', { day })}
    </span>
  );
}

function DeviceMenu({ device, onChanged }: Omit<DeviceLineProps, 'isNew'>): ReactNode {
  const t = useTranslations('devices');
  const { client } = useOpenApp();
  const { factors } = useSession();
  const [asked, setAsked] = useState<'rename' | 'remove'>();
  const close = (): void => setAsked(undefined);
  const { id, name, current } = device;
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="icon-button" aria-label={t('options', { name })}>
          <EllipsisVertical size={20} aria-hidden="true" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end">
            <Menu.Popup className="menu">
              <Choices isOwn={current} onChosen={setAsked} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <RenameDeviceDialog device={device} isOpen={asked === 'rename'} onClose={close} onRenamed={onChanged} />
      <ConfirmDialog
        isOpen={asked === 'remove'}
        onClose={close}
        title={t('removeTitle', { name })}
        lead={t('removeLead')}
        action={t('remove')}
        onConfirm={() => factors.around(client, () => client.devices.revoke(id)).then(onChanged)}
      />
    </>
  );
}

interface ChoicesProps {
  readonly isOwn: boolean;
  readonly onChosen: (choice: 'rename' | 'remove') => void;
}

/** Who wants to be rid of this very device signs out on it. */
function Choices({ isOwn, onChosen }: ChoicesProps): ReactNode {
  const t = useTranslations('devices');
  return (
    <>
      <Menu.Item className="menu-item" onClick={() => onChosen('rename')}>
        <Pencil size={18} aria-hidden="true" />
        {t('rename')}
      </Menu.Item>
      {!isOwn && (
        <Menu.Item className="menu-item menu-item-danger" onClick={() => onChosen('remove')}>
          <Trash2 size={18} aria-hidden="true" />
          {t('remove')}
        </Menu.Item>
      )}
    </>
  );
}

/** By the name that the app gives it, or its owner. */
function isPhone(name: string): boolean {
  return /android|iphone|phone|mobile/i.test(name);
}
