import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useErrorText } from '../ui/error-text.js';

/** Far below what fits into one encrypted message, in any script. */
const MOST_CHARS = 10_000;

/** What was begun and not sent, until the app is locked or closed. */
const drafts = new Map<string, string>();

interface ComposerProps {
  readonly id: string;
  readonly onSend: (text: string) => Promise<void>;
}

/** Enter sends, Shift+Enter begins a new line. */
export function Composer({ id, onSend }: ComposerProps): ReactNode {
  const t = useTranslations('chat');
  const [text, setText] = useState(drafts.get(id) ?? '');
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  const write = (next: string): void => {
    setText(next);
    if (next === '') drafts.delete(id);
    else drafts.set(id, next);
  };
  const send = async (event?: SyntheticEvent): Promise<void> => {
    event?.preventDefault();
    const written = text.trim();
    if (written === '') return;
    write('');
    setProblem(undefined);
    field.current?.focus();
    try {
      await onSend(written);
    } catch (error) {
      write(written);
      setProblem(errorText(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // In the middle of a character that is put together, Enter belongs to it.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) void send(event);
  };
  return (
    <form className="composer" onSubmit={(event) => void send(event)}>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <textarea
        ref={field}
        rows={1}
        maxLength={MOST_CHARS}
        aria-label={t('write')}
        placeholder={t('write')}
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton label={t('send')} type="submit" className="send" disabled={text.trim() === ''}>
        <SendHorizontal size={20} aria-hidden="true" />
      </IconButton>
    </form>
  );
}

/** Drafts are text of messages: a locked app has none. */
export function forgetDrafts(): void {
  drafts.clear();
}
