import type { ReactNode } from 'react';

type Tone = 'info' | 'warning' | 'error';

/** A sentence that is to be noticed; an error is read out at once. */
export function Notice({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
