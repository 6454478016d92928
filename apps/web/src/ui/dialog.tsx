import type { ReactNode } from 'react';
import { AskedFactor } from '../mfa/asked-factor.js';
import { type DialogProps, PlainDialog } from './plain-dialog.js';

/** As {@link PlainDialog}; if what is done in it takes a second factor, that is asked for over it. */
export function Dialog({ children, ...dialog }: DialogProps): ReactNode {
  return (
    <PlainDialog {...dialog}>
      {children}
      <AskedFactor />
    </PlainDialog>
  );
}
