import { FileQuestion } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { FileMessage } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useChat } from '../conversation/use-chat.js';
import { OF_ONE_VISIT } from '../conversation/use-jump.js';
import { useObservable } from '../state/observable.js';
import { Button } from '../ui/button.js';
import { EmptyState } from '../ui/empty-state.js';
import { PaneHead } from '../ui/pane-head.js';
import { FileList } from './file-list.js';
import { FileIcon, FileRow } from './file-row.js';
import { shownFile } from './file-place.js';
import { useSizeText } from './file-words.js';
import { FileViewer } from './file-viewer.js';
import { MOST_SHOWN_BYTES } from './opened-files.js';
import { type ShownAs, shownAs } from './shown-as.js';

/** Everything that was sent in a chat and is still on this device, newest first. */
export function FilesPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations('files');
  const list = useFileList(id);
  const { files, hasMore } = useObservable(list.state);
  return (
    <main className="pane">
      <PaneHead title={t('title')} back={`/chats/${id}/people`} />
      <div className="pane-body">
        {files.length === 0 && !hasMore && (
          <EmptyState icon={<FileQuestion size={48} strokeWidth={1.5} />} title={t('none')}>
            <p>{t('noneLead')}</p>
          </EmptyState>
        )}
        {files.length > 0 && (
          <ul className="card files" aria-label={t('card')}>
            {files.map((file) => (
              <li key={file.seq}>
                <FileLine conversationId={id} file={file} />
              </li>
            ))}
          </ul>
        )}
        {hasMore && files.length > 0 && <Button onClick={() => void list.more()}>{t('more')}</Button>}
      </div>
    </main>
  );
}

function FileLine({
  conversationId,
  file,
}: {
  readonly conversationId: string;
  readonly file: FileMessage;
}): ReactNode {
  const t = useTranslations('files');
  const format = useFormatter();
  const sizeText = useSizeText();
  const who = useSender(conversationId, file);
  const [shown, setShown] = useState<ShownAs>();
  const found = shownFile(conversationId, file);
  if (found === undefined) return null;
  const { content, place } = found;
  const kind = shownAs(content.mediaType);
  const isSeen = (kind === 'picture' || kind === 'film') && content.bytes <= MOST_SHOWN_BYTES;
  const at = format.dateTime(new Date(file.sentAtMs), { dateStyle: 'medium' });
  return (
    <>
      <FileRow
        file={found}
        lead={<FileIcon kind={kind} />}
        onShow={isSeen ? () => setShown(kind) : undefined}
        note={
          <>
            {t('sentBy', { size: sizeText(content.bytes), who, at })} ·{' '}
            <Link href={`/chats/${conversationId}?at=${String(file.seq)}`} state={OF_ONE_VISIT}>
              {t('inChat')}
            </Link>
          </>
        }
      />
      {shown !== undefined && place !== undefined && (
        <FileViewer place={place} kind={shown} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}

function useSender(conversationId: string, { senderAccountId }: FileMessage): string {
  const t = useTranslations('common');
  const chat = useChat(conversationId);
  const isOwn = useOpenApp().client.self.accountId === senderAccountId;
  const sender = chat?.conversation.members.find(({ accountId }) => accountId === senderAccountId);
  return isOwn ? t('you') : (sender?.username ?? '?');
}

function useFileList(id: string): FileList {
  const { client } = useOpenApp();
  const list = useMemo(() => new FileList(client, id), [client, id]);
  useEffect(() => {
    void list.start();
    return () => list.stop();
  }, [list]);
  return list;
}
