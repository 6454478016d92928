import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useMessageText } from '../conversation/message-text.js';
import { CheckField } from '../ui/check-field.js';
import type { ReportTarget } from './report-target.js';
import { useAttachable } from './use-attachable.js';

/** Enough to tell a message by. */
const MOST_CHARS = 120;

interface AttachListProps {
  readonly target: ReportTarget;
  /** Ids of messages. */
  readonly attached: ReadonlySet<string>;
  readonly onChange: (attached: ReadonlySet<string>) => void;
}

/** Which messages the operator is to read. */
export function AttachList({ target, attached, onChange }: AttachListProps): ReactNode {
  const t = useTranslations('reports');
  const words = useMessageText();
  const messages = useAttachable(target);
  const change = (id: string, isAttached: boolean): void => {
    const others = [...attached].filter((one) => one !== id);
    onChange(new Set(isAttached ? [...others, id] : others));
  };
  if (messages.length === 0) return null;
  return (
    <fieldset className="attach-list">
      <legend className="field-label">{t('attach')}</legend>
      <p className="field-hint">{t('attachNone')}</p>
      {messages.map((message) => (
        <CheckField
          key={message.id}
          label={shortened(words(message))}
          isChecked={attached.has(idOf(message))}
          onChange={(isAttached) => change(idOf(message), isAttached)}
        />
      ))}
    </fieldset>
  );
}

function idOf({ id }: MessageRecord): string {
  return id ?? '';
}

function shortened(text: string): string {
  // Not in the middle of a character.
  return text.length > MOST_CHARS ? `${text.slice(0, MOST_CHARS).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
