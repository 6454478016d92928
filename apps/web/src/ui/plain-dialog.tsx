import { Dialog as Primitive } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslations } from 'use-intl';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** For what is looked at: as large as the window has room for. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

/** A window over the page, with a title and a way out. What can be typed into has the focus. */
export function PlainDialog({ isOpen, onClose, title, isWide = false, children }: DialogProps): ReactNode {
  const t = useTranslations('common');
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Primitive.Root open={isOpen} onOpenChange={(isNowOpen) => isNowOpen || onClose()}>
      <Primitive.Portal>
        <Primitive.Backdrop className="backdrop" />
        <Primitive.Popup
          ref={popup}
          className={isWide ? 'dialog dialog-wide' : 'dialog'}
          initialFocus={() => popup.current?.querySelector('select, input:not([type=hidden])') ?? true}
        >
          <header className="dialog-head">
            <Primitive.Title>{title}</Primitive.Title>
            <Primitive.Close className="icon-button" aria-label={t('close')} title={t('close')}>
              <X size={20} aria-hidden="true" />
            </Primitive.Close>
          </header>
          {children}
        </Primitive.Popup>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
