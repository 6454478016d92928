import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

type Kind = 'primary' | 'plain' | 'danger';

interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: Kind;
  readonly isBusy?: boolean;
}

export function Button({ kind = 'plain', isBusy = false, className = '', children, ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" className={`button button-${kind} ${className}`} aria-disabled={isBusy} {...rest}>
      {isBusy && <LoaderCircle className="spinner" size={18} aria-hidden="true" />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does, for who does not see the icon. */
  readonly label: string;
}

export function IconButton({ label, className = '', children, ...rest }: IconButtonProps): ReactNode {
  return (
    <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  );
}
