import { Download, FileAudio, FileText, Film, Image, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';
import { IconButton } from '../ui/button.js';
import type { ShownFile } from './file-place.js';
import { usePercentText, useSizeText } from './file-words.js';
import type { FilePlace } from './opened-files.js';
import { type ShownAs, shownName } from './shown-as.js';

const ICONS = { picture: Image, film: Film, sound: FileAudio } as const;

interface FileRowProps {
  readonly file: ShownFile;
  /** Stands before its name. */
  readonly lead: ReactNode;
  /** What a click on its name does; it is text where there is nothing to show. */
  readonly onShow?: (() => void) | undefined;
  /** In place of its size alone. */
  readonly note?: ReactNode;
}

/** A file by its name and size, with the way to save it. */
export function FileRow({ file: { content, place }, lead, onShow, note }: FileRowProps): ReactNode {
  const t = useTranslations('files');
  const sizeText = useSizeText();
  const name = shownName(content.name);
  return (
    <span className="file-row">
      {lead}
      {onShow === undefined ? (
        <bdi className="file-name">{name}</bdi>
      ) : (
        <button type="button" className="text-button file-name" aria-label={t('open', { name })} onClick={onShow}>
          <bdi>{name}</bdi>
        </button>
      )}
      <small className="file-note">{note ?? sizeText(content.bytes)}</small>
      {place !== undefined && <Coming place={place} />}
    </span>
  );
}

/** What kind of file it is, where nothing else stands before its name. */
export function FileIcon({ kind }: { readonly kind: ShownAs | undefined }): ReactNode {
  const Icon = kind === undefined ? FileText : ICONS[kind];
  return (
    <span className="file-icon">
      <Icon size={22} aria-hidden="true" />
    </span>
  );
}

/** How far it has come, or the way to have it. */
export function Coming({ place }: { readonly place: FilePlace }): ReactNode {
  const t = useTranslations('files');
  const percentText = usePercentText();
  const { opened } = useOpenApp();
  const file = useSelected(opened.files, (files) => files.get(place.messageId));
  const name = shownName(place.name);
  if (file?.state === 'coming')
    return (
      <>
        <progress max={file.bytes} value={file.done} aria-label={t('coming', { name, percent: percentText(file) })} />
        <IconButton label={t('stop', { name })} onClick={() => opened.cancel(place.messageId)}>
          <X size={18} aria-hidden="true" />
        </IconButton>
      </>
    );
  return (
    <>
      {file?.state === 'failed' && (
        <span className="file-problem" role="alert">
          {t('failed', { code: file.code })}
        </span>
      )}
      <IconButton label={t('save', { name })} onClick={() => void opened.save(place)}>
        <Download size={18} aria-hidden="true" />
      </IconButton>
    </>
  );
}
