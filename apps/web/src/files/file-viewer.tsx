import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';
import { Dialog } from '../ui/dialog.js';
import { Coming } from './file-row.js';
import type { FilePlace } from './opened-files.js';
import { type ShownAs, shownName } from './shown-as.js';

interface FileViewerProps {
  readonly place: FilePlace;
  readonly kind: ShownAs;
  readonly onClose: () => void;
}

/** A picture or a film, as large as the window has room for. */
export function FileViewer({ place, kind, onClose }: FileViewerProps): ReactNode {
  const { opened } = useOpenApp();
  const name = shownName(place.name);
  useEffect(() => void opened.open(place), [opened, place]);
  const close = (): void => {
    // Who looks away does not wait for it.
    opened.cancel(place.messageId);
    onClose();
  };
  return (
    <Dialog isOpen isWide onClose={close} title={name}>
      <div className="viewer">
        <Seen place={place} kind={kind} />
      </div>
      <div className="viewer-foot">
        <Coming place={place} />
      </div>
    </Dialog>
  );
}

function Seen({ place, kind }: Omit<FileViewerProps, 'onClose'>): ReactNode {
  const t = useTranslations('files');
  const { opened } = useOpenApp();
  const file = useSelected(opened.files, (files) => files.get(place.messageId));
  const [isUnknown, setUnknown] = useState(false);
  const name = shownName(place.name);
  if (isUnknown) return <p className="file-problem">{t('notPlayable')}</p>;
  if (file?.state !== 'open') return <div className="viewer-waiting" aria-busy={file?.state === 'coming'} />;
  const shown = { src: file.url, onError: () => setUnknown(true) };
  if (kind === 'picture') return <img {...shown} alt={name} />;
  // eslint-disable-next-line jsx-a11y-x/media-has-caption -- what people record for each other has no captions
  return <video {...shown} controls autoPlay playsInline aria-label={name} />;
}
