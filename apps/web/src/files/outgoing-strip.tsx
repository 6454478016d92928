import { Upload, X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { unlessGone } from '../client/error-code.js';
import { useOpenApp } from '../client/contexts.js';
import { useOpenChat } from '../conversation/open-chat.js';
import { useObservable } from '../state/observable.js';
import { IconButton } from '../ui/button.js';
import { FileInput } from './file-input.js';
import { usePercentText, useSizeText } from './file-words.js';
import type { OutgoingFile } from './outgoing-files.js';
import { shownName } from './shown-as.js';

/** The files of a chat that are on their way, above where one writes. */
export function OutgoingStrip(): ReactNode {
  const t = useTranslations('files');
  const { outgoing } = useOpenApp();
  const { chat, timeline } = useOpenChat();
  const { id } = chat.conversation;
  const files = useObservable(outgoing.list).filter(({ conversationId }) => conversationId === id);
  // A file that is there stands in the chat, or waits for it.
  useEffect(() => void unlessGone(timeline.readWaiting()), [timeline, files.length]);
  if (files.length === 0) return null;
  return (
    <ul className="outgoing" aria-label={t('sending')}>
      {files.map((file) => (
        <li key={file.key}>
          <OutgoingLine file={file} />
        </li>
      ))}
    </ul>
  );
}

function OutgoingLine({ file }: { readonly file: OutgoingFile }): ReactNode {
  const t = useTranslations('files');
  const percentText = usePercentText();
  const sizeText = useSizeText();
  const { outgoing } = useOpenApp();
  const { key, problem, done, bytes, needsFile } = file;
  const name = shownName(file.name);
  return (
    <span className="file-row">
      <span className="file-icon">
        <Upload size={20} aria-hidden="true" />
      </span>
      <bdi className="file-name">{name}</bdi>
      <small className="file-note">{sizeText(bytes)}</small>
      {problem === undefined && !needsFile && (
        <progress max={bytes} value={done} aria-label={t('progress', { name, percent: percentText(file) })} />
      )}
      {problem !== undefined && (
        <span className="file-problem" role="alert">
          {t('problem', { code: problem })}
        </span>
      )}
      {problem === undefined && needsFile && <span className="file-problem">{t('waitsForFile')}</span>}
      {needsFile && <FileInput label={t('chooseAgain')} onChosen={([again]) => outgoing.retry(key, again)} />}
      {problem !== undefined && !needsFile && (
        <button type="button" className="text-button" onClick={() => outgoing.retry(key)}>
          {t('retry')}
        </button>
      )}
      <IconButton label={t('cancel', { name })} onClick={() => void outgoing.cancel(key)}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
