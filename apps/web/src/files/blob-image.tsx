import { type ReactNode, useCallback } from 'react';

/** A picture that is in memory; it says nothing that does not stand beside it. */
export function BlobImage({ blob }: { readonly blob: Blob }): ReactNode {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = URL.createObjectURL(blob);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [blob],
  );
  return <img ref={show} alt="" decoding="async" />;
}
