import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.js';
import { Notice } from './notice.js';

interface SaveButtonProps {
  readonly label: string;
  readonly isBusy: boolean;
  /** Why it could not be saved, in words. */
  readonly problem: string | undefined;
  readonly onSave: () => void;
}

/** Saves something as a file. */
export function SaveButton({ label, isBusy, problem, onSave }: SaveButtonProps): ReactNode {
  return (
    <>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button isBusy={isBusy} onClick={onSave}>
        <Download size={18} aria-hidden="true" />
        {label}
      </Button>
    </>
  );
}
