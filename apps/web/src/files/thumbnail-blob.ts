/** @returns undefined for what is no base64url: somebody else has written it. */
export function thumbnailBlob(base64Url: string | undefined): Blob | undefined {
  if (base64Url === undefined) return undefined;
  try {
    const binary = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    // Whatever it is, it is shown as a picture or not at all.
    return new Blob([bytes], { type: 'image/jpeg' });
  } catch {
    return undefined;
  }
}
