import type { ReactNode } from 'react';

export function Logo({ size }: { readonly size: number }): ReactNode {
  return <img src="/icon.svg" alt="" width={size} height={size} />;
}
