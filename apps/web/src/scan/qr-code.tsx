import { encodeQR } from 'qr';
import { type ReactNode, useMemo } from 'react';

/** As many modules as the standard wants free around a code. */
const MARGIN = 4;

interface QrCodeProps {
  readonly text: string;
  /** What it is, for who does not see it. */
  readonly label: string;
}

/** A text for cameras: dark on light in all themes. */
export function QrCode({ text, label }: QrCodeProps): ReactNode {
  const { size, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg className="qr-code" viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

/** One stroke for each run of dark modules: with one for each module there would be seams between them. */
function drawn(text: string): { readonly size: number; readonly path: string } {
  const rows = encodeQR(text, 'raw', { border: MARGIN });
  const runs = rows.flatMap((row, y) =>
    [
      ...row
        .map((isDark) => (isDark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ 0: { length }, index }) => `M${String(index)} ${String(y)}h${String(length)}v1h-${String(length)}z`),
  );
  return { size: rows.length, path: runs.join('') };
}
