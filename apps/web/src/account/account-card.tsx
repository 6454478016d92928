import type { ReactNode } from 'react';
import { Logo } from '../ui/logo.js';

interface AccountCardProps {
  readonly title: string;
  readonly lead: string;
  readonly children?: ReactNode;
}

/** The page before an account is open: one thing to do, in the middle. */
export function AccountCard({ title, lead, children }: AccountCardProps): ReactNode {
  return (
    <main className="account-page">
      <div className="account-card">
        <header>
          <Logo size={56} />
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
        </header>
        {children}
      </div>
    </main>
  );
}
