import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { DropZone, useChosenFiles } from '../files/chat-files.js';
import { OutgoingStrip } from '../files/outgoing-strip.js';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import { ChangedKeyNotice } from './changed-key-notice.js';
import { Composer } from './composer.js';
import { Invitation } from './invitation.js';
import { useOpenChat } from './open-chat.js';

const VoiceRecorder = lazy(async () => ({ default: (await import('../files/voice-recorder.js')).VoiceRecorder }));

interface ChatFootProps {
  readonly name: string;
  readonly replyTo: MessageRecord | undefined;
  readonly onReplied: () => void;
}

/** Where one writes, or why one cannot. */
export function ChatFoot({ name, replyTo, onReplied }: ChatFootProps): ReactNode {
  const t = useTranslations('chat');
  const { chat } = useOpenChat();
  const { peers } = useOpenApp();
  const states = useObservable(peers.states);
  const { id, standing, members, isReady } = chat.conversation;
  if (standing === 'invited') return <Invitation conversation={chat.conversation} name={name} />;
  if (standing === 'left') return <Notice tone="info">{t('left')}</Notice>;
  const changed = members.find(({ accountId }) => states.get(accountId) === 'changed');
  if (changed !== undefined) return <ChangedKeyNotice key={changed.accountId} member={changed} />;
  return (
    <>
      {!isReady && <Notice tone="info">{t('notReady')}</Notice>}
      <Writing id={id} replyTo={replyTo} onReplied={onReplied} />
    </>
  );
}

/** Texts, files and what is spoken. */
function Writing({ id, replyTo, onReplied }: Omit<ChatFootProps, 'name'> & { readonly id: string }): ReactNode {
  const { timeline } = useOpenChat();
  const { outgoing } = useOpenApp();
  const { choose, dialog } = useChosenFiles(id);
  const [isRecording, setRecording] = useState(false);
  const send = async (text: string): Promise<void> => {
    await timeline.send(text, replyTo?.id ?? undefined);
    onReplied();
  };
  return (
    <>
      <OutgoingStrip />
      <DropZone onFiles={choose} />
      {dialog}
      {isRecording ? (
        <Suspense fallback={null}>
          <VoiceRecorder
            onRecorded={({ file, durationMs }) => outgoing.send(id, file, { words: { durationMs } })}
            onClose={() => setRecording(false)}
          />
        </Suspense>
      ) : (
        <Composer
          id={id}
          replyTo={replyTo}
          onCancelReply={onReplied}
          onSend={send}
          onFiles={choose}
          onRecord={() => setRecording(true)}
        />
      )}
    </>
  );
}
