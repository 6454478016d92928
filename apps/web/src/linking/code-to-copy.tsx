import { Check, Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';

/** A code for those who have no camera at hand. */
export function CodeToCopy({ code }: { readonly code: string }): ReactNode {
  const t = useTranslations('linking');
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
  };
  return (
    <div className="link-code">
      <code className="code-box code-box-small" data-testid="linking-code" translate="no">
        {code}
      </code>
      <Button onClick={() => void copy()}>
        {isCopied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
        <span aria-live="polite">{isCopied ? t('copied') : t('copy')}</span>
      </Button>
    </div>
  );
}
