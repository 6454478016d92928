import { useEffect, useState } from 'react';
import { useSession } from '../client/contexts.js';

/** Behind the `#`, which browsers keep to themselves: the code is in no log of a server. */
const INVITATION = /^#invite=([\w-]+)$/;

/** The code of the link by which somebody came, or nothing. */
export function linkedInvitation(): string {
  return INVITATION.exec(location.hash)?.[1] ?? '';
}

/** So that it does not stay in the address, and in what the browser keeps of it. */
export function forgetLinkedInvitation(): void {
  if (linkedInvitation() !== '') history.replaceState(history.state, '', location.pathname + location.search);
}

/** What the code of an invitation looks like: 16 bytes. */
export const INVITATION_CODE = /^[\w-]{22}$/;

/** Who may register at this relay; `open` until it has answered, since it decides itself. */
export function useRegistrationMode(): string {
  const session = useSession();
  const [mode, setMode] = useState('open');
  useEffect(() => {
    let isGone = false;
    const show = (answered: string): void => {
      if (!isGone) setMode(answered);
    };
    // Out of reach it takes no registration either, and whoever tries is told so.
    session.registration().then(show, () => undefined);
    return () => {
      isGone = true;
    };
  }, [session]);
  return mode;
}
