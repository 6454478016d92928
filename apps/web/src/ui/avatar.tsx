import { Users } from 'lucide-react';
import type { ReactNode } from 'react';

const HUES = 8;

/** The first letter of a name, on a colour that is always the same for it. Its name stands beside it. */
export function Avatar({ name, isGroup = false }: { readonly name: string; readonly isGroup?: boolean }): ReactNode {
  return (
    <span className={`avatar hue-${hueOf(name)}`} aria-hidden="true">
      {isGroup ? <Users size="55%" /> : [...name][0]?.toLocaleUpperCase()}
    </span>
  );
}

/** One of the colours of people. */
export function hueOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES;
}
