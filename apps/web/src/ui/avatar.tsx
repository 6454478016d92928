import { Users } from 'lucide-react';
import type { ReactNode } from 'react';

const HUES = 8;

/** The first letter of a name, on a colour that is always the same for it. Its name stands beside it. */
export function Avatar({ name, isGroup = false }: { readonly name: string; readonly isGroup?: boolean }): ReactNode {
  return (
    <span className={`avatar hue-${hueOf(name)}`} aria-hidden="true">
      {isGroup ? <Users size="55%" /> : initialOf(name)}
    </span>
  );
}

/** One of the colours of people. */
export function hueOf(name: string): number {
  return new TextEncoder().encode(name).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % HUES;
}

/** What people take for a letter may be several code points. */
function initialOf(name: string): string | undefined {
  const [first] = new Intl.Segmenter().segment(name);
  return first?.segment.toLocaleUpperCase();
}
