import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.js';

/** Puts a text where it can be pasted from, and says that it is there. @param label what is copied, if not the one thing there is. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }): ReactNode {
  const t = useTranslations('account');
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Button onClick={() => void copy()}>
      {isCopied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
      <span aria-live="polite">{isCopied ? t('copied') : (label ?? t('copy'))}</span>
    </Button>
  );
}
