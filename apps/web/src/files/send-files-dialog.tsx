import { FileText, X } from 'lucide-react';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { isPhoto } from '../photos/plain-photo.js';
import { Button, IconButton } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { BlobImage } from './blob-image.js';
import { useSizeText } from './file-words.js';
import { shownAs, shownName } from './shown-as.js';

/** More than that is a folder, and somebody's mistake. */
const MOST_FILES = 32;
/** As a message about a file may have. */
const MOST_CAPTION_CHARS = 2_000;

/** What goes for all that is sent at once. */
export interface ChosenWith {
  /** Of the first one. */
  readonly caption: string;
  /** Whether photos leave without what a camera has written into them. */
  readonly isPlain: boolean;
}

interface SendFilesDialogProps {
  readonly chosen: readonly File[];
  readonly onClose: () => void;
  readonly onSend: (files: readonly File[], chosenWith: ChosenWith) => void;
}

/** What was chosen, before it is sent. */
export function SendFilesDialog({ chosen, onClose, onSend }: SendFilesDialogProps): ReactNode {
  const t = useTranslations('files');
  const [files, setFiles] = useState(chosen.slice(0, MOST_FILES));
  const [caption, setCaption] = useState('');
  const [isPlain, setPlain] = useState(true);
  const leaveOut = (file: File): void => {
    setFiles(files.filter((other) => other !== file));
    if (files.length === 1) onClose();
  };
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    onSend(files, { caption: caption.trim(), isPlain });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('chosen', { count: files.length })}>
      <p className="lead">{t('chosenLead')}</p>
      {chosen.length > MOST_FILES && <Notice tone="warning">{t('tooMany', { count: MOST_FILES })}</Notice>}
      <ul className="chosen-files">
        {files.map((file, index) => (
          // Two of one name may have been chosen, and none of them changes.
          <li key={`${file.name} ${String(index)}`}>
            <ChosenFile file={file} onLeaveOut={() => leaveOut(file)} />
          </li>
        ))}
      </ul>
      <form onSubmit={send}>
        <TextField
          label={t('caption')}
          value={caption}
          maxLength={MOST_CAPTION_CHARS}
          autoComplete="off"
          onChange={({ target }) => setCaption(target.value)}
        />
        {hasPhoto(files) && <CheckField label={t('plain')} isChecked={isPlain} onChange={setPlain} />}
        <Button kind="primary" type="submit">
          {t('send')}
        </Button>
      </form>
    </Dialog>
  );
}

function hasPhoto(files: readonly File[]): boolean {
  return files.some(({ type }) => isPhoto(type));
}

function ChosenFile({ file, onLeaveOut }: { readonly file: File; readonly onLeaveOut: () => void }): ReactNode {
  const t = useTranslations('files');
  const sizeText = useSizeText();
  const name = shownName(file.name);
  return (
    <span className="file-row">
      <span className="file-icon">
        {shownAs(file.type) === 'picture' ? <BlobImage blob={file} /> : <FileText size={22} aria-hidden="true" />}
      </span>
      <bdi className="file-name">{name}</bdi>
      <small className="file-note">{sizeText(file.size)}</small>
      <IconButton label={t('leaveOut', { name })} onClick={onLeaveOut}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
