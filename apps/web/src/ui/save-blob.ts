/** Has the browser save something under a name, wherever it saves what is fetched. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // By then the browser has taken it up.
  setTimeout(() => URL.revokeObjectURL(url));
}
