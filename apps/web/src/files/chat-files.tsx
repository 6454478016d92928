import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import type { ChosenWith } from './send-files-dialog.js';
import { useFileDrop } from './use-file-drop.js';

const SendFilesDialog = lazy(async () => ({ default: (await import('./send-files-dialog.js')).SendFilesDialog }));

/** What somebody has chosen, dropped or pasted, until it is sent or left. */
export function useChosenFiles(conversationId: string) {
  const { outgoing } = useOpenApp();
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const leave = useCallback(() => setChosen([]), []);
  const send = (files: readonly File[], { caption, isPlain }: ChosenWith): void => {
    leave();
    files.forEach((file, index) => {
      const words = index === 0 && caption !== '' ? { caption } : {};
      outgoing.send(conversationId, file, { words, isPlain });
    });
  };
  const dialog = chosen.length > 0 && (
    <Suspense fallback={null}>
      <SendFilesDialog chosen={chosen} onClose={leave} onSend={send} />
    </Suspense>
  );
  return { choose: setChosen, dialog };
}

/** Takes files that are dropped on the chat, and says so while they are held over it. */
export function DropZone({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const t = useTranslations('files');
  const isOver = useFileDrop(onFiles);
  return isOver && <div className="drop-zone">{t('drop')}</div>;
}
