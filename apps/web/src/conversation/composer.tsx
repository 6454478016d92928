import { Mic, Reply, SendHorizontal, X } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { FileInput } from '../files/file-input.js';
import { filesOf } from '../files/use-file-drop.js';
import { IconButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useErrorText } from '../ui/error-text.js';
import { Quoted } from './quote.js';
import { useTypingSignal } from './use-typing-signal.js';

/** Far below what fits into one encrypted message, in any script. */
const MOST_CHARS = 10_000;

/** What was begun and not sent, until the app is locked or closed. */
const drafts = new Map<string, string>();

interface ComposerProps {
  readonly id: string;
  /** What the next message is an answer to. */
  readonly replyTo: MessageRecord | undefined;
  readonly onCancelReply: () => void;
  readonly onSend: (text: string) => Promise<void>;
  readonly onFiles: (files: readonly File[]) => void;
  /** Somebody wants to speak instead. */
  readonly onRecord: () => void;
}

/** Enter sends, Shift+Enter begins a new line, Escape gives up the reply. */
export function Composer({ id, replyTo, onCancelReply, onSend, onFiles, onRecord }: ComposerProps): ReactNode {
  const t = useTranslations();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // A keyboard on the screen comes up when somebody wants to write, and not before.
    if (replyTo !== undefined || matchMedia('(hover: hover)').matches) field.current?.focus();
  }, [replyTo]);
  const { text, write, problem, send } = useDraft(id, onSend);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    field.current?.focus();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // In the middle of a character that is put together, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
    if (event.key !== 'Escape' || replyTo === undefined) return;
    // Nothing else is given up with it.
    event.preventDefault();
    onCancelReply();
  };
  return (
    <form className="composer" onSubmit={submit}>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {replyTo !== undefined && <ReplyTo record={replyTo} onCancel={onCancelReply} />}
      <FileInput isMultiple label={t('files.attach')} onChosen={onFiles} />
      <textarea
        ref={field}
        rows={1}
        maxLength={MOST_CHARS}
        aria-label={t('chat.write')}
        placeholder={t('chat.write')}
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => pasteFiles(event, onFiles)}
      />
      <SendButton isEmpty={text.trim() === ''} onRecord={onRecord} />
    </form>
  );
}

/** Text goes where one writes. */
function pasteFiles(event: ClipboardEvent, onFiles: ComposerProps['onFiles']): void {
  const files = filesOf(event.clipboardData);
  if (files.length === 0) return;
  event.preventDefault();
  onFiles(files);
}

/** Where nothing is written, one may speak. */
function SendButton({ isEmpty, onRecord }: { readonly isEmpty: boolean; readonly onRecord: () => void }): ReactNode {
  const t = useTranslations();
  if (isEmpty)
    return (
      <IconButton label={t('files.record')} className="send" onClick={onRecord}>
        <Mic size={20} aria-hidden="true" />
      </IconButton>
    );
  return (
    <IconButton label={t('chat.send')} type="submit" className="send">
      <SendHorizontal size={20} aria-hidden="true" />
    </IconButton>
  );
}

function ReplyTo({ record, onCancel }: { readonly record: MessageRecord; readonly onCancel: () => void }): ReactNode {
  const t = useTranslations('chat');
  return (
    <div className="reply-to">
      <Reply size={18} aria-hidden="true" />
      <div className="quote">
        <Quoted record={record} />
      </div>
      <IconButton label={t('cancelReply')} onClick={onCancel}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function useDraft(id: string, onSend: ComposerProps['onSend']) {
  const [text, setText] = useState(drafts.get(id) ?? '');
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const tellTyping = useTypingSignal(id);

  const write = (next: string): void => {
    setText(next);
    tellTyping(next !== '');
    if (next === '') drafts.delete(id);
    else drafts.set(id, next);
  };
  const send = async (): Promise<void> => {
    const written = text.trim();
    if (written === '') return;
    write('');
    setProblem(undefined);
    try {
      await onSend(written);
    } catch (error) {
      write(written);
      setProblem(errorText(error));
    }
  };
  return { text, write, problem, send };
}

/** Drafts are text of messages: a locked app has none. */
export function forgetDrafts(): void {
  drafts.clear();
}
